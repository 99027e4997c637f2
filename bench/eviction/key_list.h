// Keys in an order, newest first. Lists whose keys are different may share their links.
#pragma once

#include <vector>

#include "bench/eviction/trace.h"

namespace nitro::bench {

inline constexpr Key kNoKey = UINT32_MAX;

struct KeyLink {
  Key newer = kNoKey;
  Key older = kNoKey;
};

class KeyList {
 public:
  [[nodiscard]] bool is_empty() const noexcept { return oldest_ == kNoKey; }
  // Requires: it is not empty.
  [[nodiscard]] Key oldest() const noexcept { return oldest_; }

  void push(std::vector<KeyLink>& links, Key key) {
    links[key] = {kNoKey, newest_};
    (newest_ == kNoKey ? oldest_ : links[newest_].newer) = key;
    newest_ = key;
  }

  // Requires: it is in this list.
  void remove(std::vector<KeyLink>& links, Key key) {
    const auto [newer, older] = links[key];
    (newer == kNoKey ? newest_ : links[newer].older) = older;
    (older == kNoKey ? oldest_ : links[older].newer) = newer;
  }

 private:
  Key newest_ = kNoKey;
  Key oldest_ = kNoKey;
};

}  // namespace nitro::bench
