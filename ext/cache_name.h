// What a cache may be called, for the constructor and for nitro.name.
#pragma once

#include <string>
#include <string_view>

#include "core/store/options.h"

namespace nitro::php {

inline constexpr char kNameRule[] =
    "1 to 64 characters of A-Z a-z 0-9 . _ - that do not begin with a dot";

[[nodiscard]] inline bool is_good_name(std::string_view name) {
  return why_name_is_bad(std::string(name)).empty();
}

}  // namespace nitro::php
