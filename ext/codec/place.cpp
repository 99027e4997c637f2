#include "ext/codec/place.h"

#include <algorithm>
#include <string_view>

#include "ext/codec/graph.h"
#include "ext/errors.h"

namespace nitro::php {
namespace {

// Of a long way, the beginning and the end say enough.
constexpr std::uint32_t kShownSteps = 32;
constexpr std::size_t kShownNameBytes = 64;

void append_name(smart_str& text, const char* name, std::size_t length) {
  smart_str_append_escaped(&text, name, std::min(length, kShownNameBytes));
  if (length > kShownNameBytes) {
    smart_str_appends(&text, "...");
  }
}

// The name in "\0Class\0name". PHP's own function reports names that are none as it is; an error
// handler would run then.
std::string_view without_scope(std::string_view mangled) {
  const std::size_t end = mangled.starts_with('\0') ? mangled.find('\0', 1) : mangled.npos;
  return end == mangled.npos ? mangled : mangled.substr(end + 1);
}

void append_step(smart_str& text, const Place& place) {
  switch (place.step) {
    case Place::Step::kRoot:
      smart_str_appends(&text, "value");
      break;
    case Place::Step::kKey:
      smart_str_appends(&text, "['");
      append_name(text, ZSTR_VAL(place.name), ZSTR_LEN(place.name));
      smart_str_appends(&text, "']");
      break;
    case Place::Step::kIndex:
      smart_str_appendc(&text, '[');
      smart_str_append_long(&text, static_cast<zend_long>(place.index));
      smart_str_appendc(&text, ']');
      break;
    case Place::Step::kProperty: {
      const std::string_view name = without_scope({ZSTR_VAL(place.name), ZSTR_LEN(place.name)});
      smart_str_appends(&text, "->");
      append_name(text, name.data(), name.size());
      break;
    }
    case Place::Step::kSerialized:
      smart_str_appends(&text, "->__serialize()");
      break;
  }
}

void append_way(smart_str& text, const Place& place, std::uint32_t length) {
  if (place.above != nullptr) {
    append_way(text, *place.above, length);
  }
  if (place.depth < kShownSteps / 2 || place.depth + kShownSteps / 2 > length) {
    append_step(text, place);
  } else if (place.depth == kShownSteps / 2) {
    smart_str_appends(&text, "...");
  }
}

// Owned by the caller.
zend_string* way_to(const Place& place) {
  smart_str text = {};
  append_way(text, place, place.depth);
  smart_str_0(&text);
  return text.s;
}

}  // namespace

void throw_refused(const char* what, const Place& place) {
  zend_string* way = way_to(place);
  zend_throw_exception_ex(exception_class, 0, "%s cannot be stored: %s", what, ZSTR_VAL(way));
  zend_string_release(way);
}

void throw_refused_object(const zend_class_entry* class_entry, const Place& place) {
  if ((class_entry->ce_flags & ZEND_ACC_ANON_CLASS) != 0) {
    throw_refused("An object of an anonymous class", place);
    return;
  }
  zend_string* what = zend_string_concat2(ZEND_STRL("An object of class "),
                                          ZSTR_VAL(class_entry->name), ZSTR_LEN(class_entry->name));
  throw_refused(ZSTR_VAL(what), place);
  zend_string_release(what);
}

void throw_too_deep(const Place& place) {
  zend_string* way = way_to(place);
  zend_throw_exception_ex(exception_class, 0, "Values of more than %u levels cannot be stored: %s",
                          kMaxDepth, ZSTR_VAL(way));
  zend_string_release(way);
}

}  // namespace nitro::php
