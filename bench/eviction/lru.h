// Exact LRU.
#pragma once

#include <cstdint>
#include <vector>

#include "bench/eviction/key_list.h"

namespace nitro::bench {

class Lru {
 public:
  Lru(std::uint64_t capacity, Key key_count)
      : capacity_(capacity), sizes_(key_count), links_(key_count) {}

  [[nodiscard]] bool get(Key key, Tick) {
    if (sizes_[key] == 0) {
      return false;
    }
    list_.remove(links_, key);
    list_.push(links_, key);
    return true;
  }

  void set(Key key, std::uint64_t size, Tick) {
    erase(key);
    if (size > capacity_) {
      return;
    }
    while (used_ + size > capacity_) {
      erase(list_.oldest());
    }
    sizes_[key] = size;
    used_ += size;
    list_.push(links_, key);
  }

  void erase(Key key) {
    if (sizes_[key] != 0) {
      list_.remove(links_, key);
      used_ -= sizes_[key];
      sizes_[key] = 0;
    }
  }

 private:
  std::uint64_t capacity_;
  std::uint64_t used_ = 0;
  std::vector<std::uint64_t> sizes_;  // 0: not stored
  std::vector<KeyLink> links_;
  KeyList list_;
};

}  // namespace nitro::bench
