// Values that know to whom they belong: a checksum of key and content comes first, so whoever reads
// one can tell whether each byte is what some writer stored under this key.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "core/base/hash.h"

namespace nitro::test {

[[nodiscard]] inline std::uint64_t seal_of(std::string_view key, std::string_view content) {
  return hash_key(content, hash_key(key, 1).value).value;
}

// `size` bytes of content that differ with `salt`, behind their seal.
[[nodiscard]] inline std::string sealed_value(std::string_view key, std::size_t size,
                                              std::uint64_t salt) {
  std::string content(size, '\0');
  for (std::size_t i = 0; i < size; ++i) {
    content[i] = static_cast<char>(i * 31 + salt);
  }
  const std::uint64_t seal = seal_of(key, content);
  std::string value(sizeof(seal), '\0');
  std::memcpy(value.data(), &seal, sizeof(seal));
  return value + content;
}

[[nodiscard]] inline bool is_intact(std::string_view key, std::string_view value) {
  std::uint64_t seal = 0;
  if (value.size() < sizeof(seal)) {
    return false;
  }
  std::memcpy(&seal, value.data(), sizeof(seal));
  return seal == seal_of(key, value.substr(sizeof(seal)));
}

}  // namespace nitro::test
