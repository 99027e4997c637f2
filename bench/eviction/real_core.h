// The real core: a cache of its own, with a clock that goes with the trace.
#pragma once

#include <memory>

#include "core/base/clock.h"
#include "core/store/store.h"

#include "bench/eviction/cache.h"

namespace nitro::bench {

struct CoreOptions {
  ByteCount segment;
  ByteCount entry_size = StoreOptions{}.entry_size;
  bool has_lifetimes = false;  // sweep, as the janitor does
};

// The smallest segment whose rings have so much room. nullopt: there is none.
[[nodiscard]] std::optional<ByteCount> segment_with_capacity(ByteCount capacity,
                                                             ByteCount entry_size);

class RealCore final : public Cache {
 public:
  // Throws std::runtime_error.
  explicit RealCore(const CoreOptions& options);

  [[nodiscard]] bool get(const Access& access) override;
  void set(const Access& access) override;
  void erase(const Access& access) override;

  [[nodiscard]] Statistics statistics() const noexcept { return store_->statistics(); }
  // Of all that was stored, headers and keys included.
  [[nodiscard]] ByteCount written() const noexcept { return written_; }

 private:
  void go_to(Tick now);

  ManualClock clock_;
  bool has_lifetimes_;
  std::shared_ptr<Store> store_;
  std::unique_ptr<Session> session_;
  Tick now_ = 0;
  Tick swept_ = 0;
  ByteCount written_;
};

}  // namespace nitro::bench
