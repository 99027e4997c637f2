// A cache with keys in it, and the order in which they are asked for.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "core/store/store.h"

#include "bench/support/entries.h"

namespace nitro::bench {

// The numbers from `first` on as keys, in an order that no processor can guess; over and over.
class KeyRound {
 public:
  explicit KeyRound(std::uint32_t count, std::uint32_t first = 0, std::uint64_t seed = 1);

  [[nodiscard]] std::string_view next() noexcept {
    const std::string_view key = keys_[at_].view();
    at_ = at_ + 1 == keys_.size() ? 0 : at_ + 1;
    return key;
  }
  [[nodiscard]] bool is_at_start() const noexcept { return at_ == 0; }

 private:
  std::vector<KeyText> keys_;
  std::size_t at_ = 0;
};

class FilledCache {
 public:
  FilledCache(std::uint32_t key_count, std::size_t value_size, const Clock& clock = system_clock());

  [[nodiscard]] const std::shared_ptr<Store>& store() const noexcept { return store_; }
  [[nodiscard]] Session& session() noexcept { return session_; }
  // All of the keys that are in it.
  [[nodiscard]] KeyRound& keys() noexcept { return keys_; }
  // Puts each of them.
  void fill(MonotonicTime deadline = kNever) noexcept;

 private:
  std::shared_ptr<Store> store_;
  Session session_;
  KeyRound keys_;
  std::size_t value_size_;
};

}  // namespace nitro::bench
