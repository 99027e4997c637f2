// Bélády's policy: evict what is asked for furthest in the future, the newcomer included. No policy
// has a better hit ratio when all sizes are equal. With unequal sizes it is a good guess only: to
// let one large entry go for many small ones may be better.
#pragma once

#include <cstdint>
#include <queue>
#include <utility>
#include <vector>

#include "bench/eviction/trace.h"

namespace nitro::bench {

class Belady {
 public:
  Belady(std::uint64_t capacity, Key key_count) : capacity_(capacity), entries_(key_count) {}

  [[nodiscard]] bool get(Key key, Tick next_get) {
    if (entries_[key].size == 0) {
      return false;
    }
    plan(key, next_get);
    return true;
  }

  void set(Key key, std::uint64_t size, Tick next_get) {
    erase(key);
    entries_[key].size = size;
    used_ += size;
    plan(key, next_get);
    while (used_ > capacity_) {
      evict_furthest();
    }
  }

  void erase(Key key) {
    used_ -= entries_[key].size;
    entries_[key].size = 0;
  }

 private:
  struct Entry {
    std::uint64_t size = 0;  // 0: not stored
    Tick next_get = kNoTick;
  };

  void plan(Key key, Tick next_get) {
    entries_[key].next_get = next_get;
    planned_.push({next_get, key});
  }

  void evict_furthest() {
    const auto [next_get, key] = planned_.top();
    planned_.pop();
    if (entries_[key].next_get == next_get) {
      erase(key);
    }
  }

  std::uint64_t capacity_;
  std::uint64_t used_ = 0;
  std::vector<Entry> entries_;
  // Furthest first; with plans that were changed since, which come too early to get to the top.
  std::priority_queue<std::pair<Tick, Key>> planned_;
};

}  // namespace nitro::bench
