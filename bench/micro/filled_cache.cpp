#include "bench/micro/filled_cache.h"

#include "bench/support/nameless_store.h"
#include "bench/support/random.h"

namespace nitro::bench {

namespace {

// Room for 100 000 entries of 1 KB without eviction.
StoreOptions roomy(const Clock& clock) {
  StoreOptions options;
  options.size = 256_MiB;
  options.clock = &clock;
  return options;
}

}  // namespace

KeyRound::KeyRound(std::uint32_t count, std::uint32_t first, std::uint64_t seed) {
  keys_.reserve(count);
  Random random(seed);
  for (std::uint32_t i = 0; i < count; ++i) {
    keys_.emplace_back(first + i);
    std::swap(keys_.back(), keys_[random.below(keys_.size())]);
  }
}

FilledCache::FilledCache(std::uint32_t key_count, std::size_t value_size, const Clock& clock)
    : store_(open_nameless_store(roomy(clock))),
      session_(store_),
      keys_(key_count),
      value_size_(value_size) {
  fill();
}

void FilledCache::fill(MonotonicTime deadline) noexcept {
  do {
    static_cast<void>(session_.put(keys_.next(), value_of(value_size_), deadline));
  } while (!keys_.is_at_start());
}

}  // namespace nitro::bench
