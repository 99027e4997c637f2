#include "ext/ttl.h"

#include <cmath>
#include <ctime>

#include "ext/globals.h"
#include "ext/type_names.h"

namespace nitro::php {
namespace {

bool from_float(double seconds, std::uint32_t position, Milliseconds& lifetime) {
  if (std::isnan(seconds)) {
    zend_argument_value_error(position, "must be a number of seconds, NAN given");
    return false;
  }
  // Rounded up: what is to live shortly is not to be dead at once.
  const double milliseconds = std::ceil(seconds * 1000);
  constexpr double kMost = 9e18;  // INT64_MAX is no double
  if (milliseconds >= kMost) {
    lifetime = kForever;
  } else {
    lifetime = Milliseconds{milliseconds > 0 ? static_cast<std::int64_t>(milliseconds) : 0};
  }
  return true;
}

bool leads_back(const timelib_rel_time& interval) {
  return interval.invert != 0 || interval.y < 0 || interval.m < 0 || interval.d < 0 ||
         interval.h < 0 || interval.i < 0 || interval.s < 0 || interval.us < 0 ||
         interval.have_weekday_relative != 0 || interval.have_special_relative != 0;
}

Milliseconds milliseconds_between(const timelib_time& start, const timelib_time& end,
                                  const timelib_rel_time& interval) {
  constexpr timelib_sll kMost = INT64_MAX / 1000 - 1;
  const timelib_sll seconds = end.sse - start.sse;
  // Less than nothing, although all of it is forward: beyond what PHP's calendar can count.
  if (seconds > kMost || (seconds < 0 && !leads_back(interval))) {
    return kForever;
  }
  if (seconds < 0) {
    return Milliseconds{0};
  }
  return Milliseconds{seconds * 1000 + (end.us - start.us + 999) / 1000};
}

// By the calendar, from now on: a month has as many days as this one. In UTC, where every day has
// 24 hours.
bool from_interval(zval* interval, Milliseconds& lifetime) {
  zval start;
  zval end;
  php_date_instantiate(php_date_get_immutable_ce(), &start);
  zend_string* now =
      zend_strpprintf(0, "@" ZEND_LONG_FMT, static_cast<zend_long>(std::time(nullptr)));
  php_date_initialize(Z_PHPDATE_P(&start), ZSTR_VAL(now), ZSTR_LEN(now), nullptr, nullptr, 0);
  zend_string_release(now);
  ZVAL_UNDEF(&end);
  // Throws if a subclass of DateInterval did not call its parent's constructor.
  zend_call_method_with_1_params(Z_OBJ(start), Z_OBJCE(start), nullptr, "add", &end, interval);
  const bool is_added = EG(exception) == nullptr && Z_TYPE(end) == IS_OBJECT;
  if (is_added) {
    lifetime = milliseconds_between(*Z_PHPDATE_P(&start)->time, *Z_PHPDATE_P(&end)->time,
                                    *Z_PHPINTERVAL_P(interval)->diff);
  }
  zval_ptr_dtor(&end);
  zval_ptr_dtor(&start);
  return is_added;
}

}  // namespace

bool parse_ttl_slowly(zval* ttl, std::uint32_t position, Milliseconds& lifetime) {
  if (Z_TYPE_P(ttl) == IS_NULL) {
    lifetime = NITRO_G(settings).default_lifetime;
    return true;
  }
  if (Z_TYPE_P(ttl) == IS_OBJECT &&
      instanceof_function(Z_OBJCE_P(ttl), php_date_get_interval_ce())) {
    return from_interval(ttl, lifetime);
  }
  // What PHP takes for an int or a float: in weak mode numeric strings and bools, too.
  zval* number = nullptr;
  if (!zend_parse_arg_number(ttl, &number, /*check_null=*/false, position)) {
    if (EG(exception) == nullptr) {
      zend_argument_type_error(position, "must be of type DateInterval|int|float|null, %s given",
                               type_name(ttl));
    }
    return false;
  }
  if (Z_TYPE_P(number) == IS_LONG) {
    lifetime = lifetime_of_seconds(Z_LVAL_P(number));
    return true;
  }
  return from_float(Z_DVAL_P(number), position, lifetime);
}

}  // namespace nitro::php
