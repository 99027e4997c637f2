// The $tags of set(): names under which entries are invalidated together.
#pragma once

#include <cstddef>
#include <cstdint>

#include "ext/zend_headers.h"

namespace nitro::php {

inline constexpr std::uint32_t kMostTags = 64;
inline constexpr std::size_t kLongestTag = 250;

// False: an exception was thrown that names argument `position`, or says which element is wrong.
[[nodiscard]] bool check_tag(const zval* tag, std::uint32_t position);
// The same for an array of them.
[[nodiscard]] bool check_tags(const zend_array* tags, std::uint32_t position);

}  // namespace nitro::php
