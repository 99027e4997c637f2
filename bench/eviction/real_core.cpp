#include "bench/eviction/real_core.h"

#include "core/store/layout.h"
#include "core/store/sweep.h"

#include "bench/support/entries.h"
#include "bench/support/nameless_store.h"

namespace nitro::bench {

namespace {

// As often as the janitor does.
constexpr Tick kSweepEvery = 1000;

}  // namespace

std::optional<ByteCount> segment_with_capacity(ByteCount capacity, ByteCount entry_size) {
  constexpr std::uint64_t kStep = 4096;
  std::uint64_t low = kSmallestSegment.value / kStep;
  std::uint64_t high = kLargestSegment.value / kStep;
  const auto suffices = [&](std::uint64_t steps) {
    const auto geometry = geometry_for(ByteCount{steps * kStep}, entry_size.value);
    return geometry && geometry->ring_size * geometry->stripe_count >= capacity.value;
  };
  if (suffices(low) || !suffices(high)) {
    return std::nullopt;  // it would be too large, or is too small
  }
  while (low + 1 < high) {
    const std::uint64_t middle = (low + high) / 2;
    (suffices(middle) ? high : low) = middle;
  }
  return ByteCount{high * kStep};
}

RealCore::RealCore(const CoreOptions& options) : has_lifetimes_(options.has_lifetimes) {
  StoreOptions store;
  store.size = options.segment;
  store.entry_size = options.entry_size;
  store.clock = &clock_;
  store_ = open_nameless_store(store);
  session_ = std::make_unique<Session>(store_);
}

void RealCore::go_to(Tick now) {
  clock_.advance(Milliseconds{std::int64_t{now} - now_});
  now_ = now;
  if (has_lifetimes_ && now - swept_ >= kSweepEvery) {
    swept_ = now;
    sweep(*session_);
  }
}

bool RealCore::get(const Access& access) {
  go_to(access.now);
  const bool is_hit = session_->find(KeyText(access.key).view()).has_value();
  session_->release();
  return is_hit;
}

void RealCore::set(const Access& access) {
  go_to(access.now);
  const MonotonicTime deadline = access.lifetime == kNoTick
                                     ? kNever
                                     : deadline_after(clock_.now(), Milliseconds{access.lifetime});
  const auto outcome =
      session_->put(KeyText(access.key).view(), value_of(access.value_size), deadline);
  if (outcome == PutOutcome::kStored) {
    written_ = written_ + ByteCount{stored_size(access.value_size)};
  }
}

void RealCore::erase(const Access& access) {
  go_to(access.now);
  static_cast<void>(session_->erase(KeyText(access.key).view()));
}

}  // namespace nitro::bench
