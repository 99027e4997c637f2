#include "core/store/options.h"

#include <algorithm>

namespace nitro {

std::string why_name_is_bad(const std::string& name) {
  constexpr std::size_t kLongest = 64;
  const auto is_allowed = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  };
  if (name.empty() || name.size() > kLongest) {
    return "must have 1 to 64 characters";
  }
  if (name.front() == '.') {
    return "must not begin with a dot";
  }
  if (!std::all_of(name.begin(), name.end(), is_allowed)) {
    return "may contain letters, digits, dot, underscore and hyphen only";
  }
  return {};
}

}  // namespace nitro
