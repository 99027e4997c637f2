#include "ext/codec/dates.h"

#include <cstdint>
#include <cstring>

namespace nitro::php {
namespace {

// A number with leading zeros, and what follows it. Gives where it ends.
char* put(char* to, std::int64_t number, int digits, char separator) {
  for (int i = digits - 1; i >= 0; --i) {
    to[i] = static_cast<char>('0' + number % 10);
    number /= 10;
  }
  to[digits] = separator;
  return to + digits + 1;
}

bool is_plain_date(const zend_object* object) {
  const bool is_date =
      object->ce == php_date_get_immutable_ce() || object->ce == php_date_get_date_ce();
  return is_date && (object->properties == nullptr || object->properties->nNumOfElements == 0);
}

// "2026-11-22 21:42:03.500000"
zend_string* text_of(const timelib_time& time) {
  constexpr std::size_t kLength = sizeof("2026-11-22 21:42:03.500000") - 1;
  zend_string* text = zend_string_alloc(kLength, /*persistent=*/false);
  char* to = ZSTR_VAL(text);
  to = put(to, time.y, 4, '-');
  to = put(to, time.m, 2, '-');
  to = put(to, time.d, 2, ' ');
  to = put(to, time.h, 2, ':');
  to = put(to, time.i, 2, ':');
  to = put(to, time.s, 2, '.');
  put(to, time.us, 6, '\0');
  return text;
}

// nullptr: it has no name, but an offset.
const char* name_of_zone(const timelib_time& time) {
  switch (time.zone_type) {
    case TIMELIB_ZONETYPE_ID:
      return time.tz_info->name;
    case TIMELIB_ZONETYPE_ABBR:
      return time.tz_abbr;
    default:
      return nullptr;
  }
}

// PHP writes years outside with a sign.
bool has_four_digits(const timelib_time& time) { return time.y >= 0 && time.y <= 9999; }

}  // namespace

bool describe_date(zend_object* object, zval* data) {
  const timelib_time* time = is_plain_date(object) ? php_date_obj_from_obj(object)->time : nullptr;
  const char* zone = time != nullptr && time->is_localtime ? name_of_zone(*time) : nullptr;
  if (zone == nullptr || !has_four_digits(*time)) {
    return false;
  }
  array_init_size(data, 3);
  add_assoc_str(data, "date", text_of(*time));
  add_assoc_long(data, "timezone_type", static_cast<zend_long>(time->zone_type));
  add_assoc_string(data, "timezone", zone);
  return true;
}

}  // namespace nitro::php
