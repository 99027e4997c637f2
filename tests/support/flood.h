// Fills caches past their limit.
#pragma once

#include <string>

#include "tests/support/temporary_store.h"

namespace nitro::test {

// Stores new keys, never seen before and never read, of together `bytes`, each with a value of
// `value_size`. `between` is called after each.
template <typename Between>
void flood(TemporaryStore& cache, ByteCount bytes, std::size_t value_size, Between between) {
  static std::uint64_t number = 0;
  const std::string value(value_size, 'f');
  for (std::uint64_t stored = 0; stored < bytes.value;) {
    const std::string key = "flood-" + std::to_string(++number);
    stored += Block::size_for(key.size(), value.size());
    static_cast<void>(cache.put(key, value));
    between();
  }
}
inline void flood(TemporaryStore& cache, ByteCount bytes, std::size_t value_size = 300) {
  flood(cache, bytes, value_size, [] {});
}

[[nodiscard]] inline ByteCount times(std::uint64_t factor, ByteCount bytes) {
  return ByteCount{factor * bytes.value};
}

}  // namespace nitro::test
