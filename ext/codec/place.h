// Where in a value the walk is: value['handler'][2]. A chain of the frames on the stack, written
// out only when something is refused.
#pragma once

#include <cstdint>

#include "ext/zend_headers.h"

namespace nitro::php {

struct Place {
  enum class Step : std::uint8_t { kRoot, kKey, kIndex, kProperty, kSerialized };

  const Place* above = nullptr;
  Step step = Step::kRoot;
  std::uint32_t depth = 0;
  union {
    zend_string* name = nullptr;  // kKey, kProperty (mangled)
    zend_ulong index;             // kIndex
  };

  [[nodiscard]] Place below(Step next) const noexcept {
    Place place;
    place.above = this;
    place.step = next;
    place.depth = depth + 1;
    return place;
  }
};

// Throws: "A Closure cannot be stored: value['handler'][2]".
void throw_refused(const char* what, const Place& place);
// "A Closure", "An anonymous class".
void throw_refused_object(const zend_class_entry* class_entry, const Place& place);
// For those nested too deeply.
void throw_too_deep(const Place& place);

}  // namespace nitro::php
