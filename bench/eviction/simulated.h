// A policy with ideal memory: byte-exact, no fragmentation, and what expires is gone at once.
#pragma once

#include <functional>
#include <queue>
#include <utility>
#include <vector>

#include "bench/eviction/cache.h"

namespace nitro::bench {

// A policy has
//   Policy(capacity, key_count);
//   bool get(key, next_get);
//   void set(key, size, next_get);  // sizes over the capacity are not stored
//   void erase(key);
template <typename Policy>
class Simulated final : public Cache {
 public:
  Simulated(ByteCount capacity, Key key_count)
      : policy_(capacity.value, key_count), deadlines_(key_count, kNoTick) {}

  [[nodiscard]] bool get(const Access& access) override {
    expire(access.now);
    return policy_.get(access.key, useful_next_get(access));
  }

  void set(const Access& access) override {
    expire(access.now);
    Tick& deadline = deadlines_[access.key];
    deadline = access.lifetime == kNoTick ? kNoTick : access.now + access.lifetime;
    if (deadline != kNoTick) {
      due_.push({deadline, access.key});
    }
    policy_.set(access.key, access.entry_size, useful_next_get(access));
  }

  void erase(const Access& access) override { policy_.erase(access.key); }

 private:
  using Due = std::pair<Tick, Key>;

  void expire(Tick now) {
    while (!due_.empty() && due_.top().first <= now) {
      const auto [deadline, key] = due_.top();
      due_.pop();
      if (deadlines_[key] == deadline) {
        policy_.erase(key);
      }
    }
  }

  // An entry that will have expired is of no use.
  [[nodiscard]] Tick useful_next_get(const Access& access) const {
    return access.next_get < deadlines_[access.key] ? access.next_get : kNoTick;
  }

  Policy policy_;
  std::vector<Tick> deadlines_;  // of what was stored last, gone or not
  std::priority_queue<Due, std::vector<Due>, std::greater<>> due_;
};

}  // namespace nitro::bench
