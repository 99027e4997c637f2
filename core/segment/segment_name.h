// What a segment is called, and how that becomes the name of a file.
//
// Where the system cannot tell one shared-memory object from the next of the same name (Windows,
// macOS), a small file stands for the name, and each object that has had the name, one after the
// other, is told by a number of its own: its generation.
#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>

#include "core/segment/platform.h"

namespace nitro::platform {

[[nodiscard]] inline std::string sixteen_digits(std::uint64_t number) {
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(number));
  return text.data();
}

// nullopt: not exactly sixteen hexadecimal digits.
[[nodiscard]] inline std::optional<std::uint64_t> number_of_sixteen_digits(
    const std::string& text) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number, 16);
  if (text.size() != 16 || error != std::errc() || rest != end) {
    return std::nullopt;
  }
  return number;
}

// nitro.<user>.<cache>.<core layout>-<value ABI>
[[nodiscard]] inline std::string make_segment_name(std::uint64_t user, const std::string& cache,
                                                   std::uint64_t core_layout,
                                                   std::uint64_t value_abi) {
  return "nitro." + std::to_string(user) + '.' + cache + '.' + sixteen_digits(core_layout) + '-' +
         sixteen_digits(value_abi);
}

// The way back. nullopt: a name of something else, of another user, or of another layout.
[[nodiscard]] inline std::optional<NamedSegment> read_segment_name(const std::string& name,
                                                                   std::uint64_t user,
                                                                   std::uint64_t core_layout) {
  const std::string prefix = "nitro." + std::to_string(user) + '.';
  const std::string suffix = '.' + sixteen_digits(core_layout) + '-';
  const std::size_t end = name.rfind(suffix);
  if (name.rfind(prefix, 0) != 0 || end == std::string::npos || end < prefix.size()) {
    return std::nullopt;
  }
  const auto value_abi = number_of_sixteen_digits(name.substr(end + suffix.size()));
  if (!value_abi) {
    return std::nullopt;
  }
  return NamedSegment{name.substr(prefix.size(), end - prefix.size()), *value_abi, name};
}

// Cache names tell 'A' from 'a', file names on Windows and macOS do not: "App" is "+app" there.
[[nodiscard]] inline std::string file_name_of(const std::string& name) {
  std::string file;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') {
      file += '+';
      file += static_cast<char>(c - 'A' + 'a');
    } else {
      file += c;
    }
  }
  return file;
}

[[nodiscard]] inline std::string name_of_file(const std::string& file) {
  std::string name;
  bool is_capital = false;
  for (const char c : file) {
    if (c == '+') {
      is_capital = true;
    } else {
      name += is_capital && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      is_capital = false;
    }
  }
  return name;
}

// One of the objects that have had a segment's name. This is what SharedObject::name() says there,
// so that a LockFile can tell them apart, too.
struct ObjectName {
  std::string segment;
  std::uint64_t generation = 0;

  [[nodiscard]] std::string text() const { return segment + '.' + sixteen_digits(generation); }

  // Requires: the text of an ObjectName.
  [[nodiscard]] static ObjectName parse(const std::string& text) {
    const std::size_t dot = text.rfind('.');
    return {text.substr(0, dot), number_of_sixteen_digits(text.substr(dot + 1)).value_or(0)};
  }
};

// Random, so that no two objects ever share one, and nobody can guess the next. Never 0, which
// means "none", and small enough to be multiplied by the number of lock bytes of an object.
[[nodiscard]] inline std::uint64_t new_generation() noexcept { return (random_number() >> 12) | 1; }

}  // namespace nitro::platform
