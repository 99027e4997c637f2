// What goes through all of a stripe's entries, in short holds of its lock.
#include <algorithm>

#include "core/stripe/stripe.h"

namespace nitro {

namespace {

// Buckets that clear() and a sweep look at in one hold: some 256 entries, so some 25 µs when none
// of them is in the processor's cache.
constexpr std::uint64_t kBucketsPerHold = 32;

}  // namespace

bool Stripe::clear(const Writer& writer) noexcept {
  std::uint64_t bucket = 0;
  for (; bucket < index_.bucket_count(); let_others_in(state_->lock)) {
    StripeGuard held(*this, writer);
    if (!held.has_lock()) {
      return false;
    }
    const std::uint64_t end = std::min(bucket + kBucketsPerHold, index_.bucket_count());
    for (; bucket < end; ++bucket) {
      for (Slot& slot : index_.bucket(bucket).slots) {
        if (slot.load(std::memory_order_relaxed) != 0) {
          unlink(held, slot, block_of(slot));
        }
      }
    }
  }
  return reclaim(writer);
}

Stripe::SweepStep Stripe::sweep_step(const Writer& writer) noexcept {
  SweepStep step;
  const MonotonicTime now = writer.clock->now();
  const auto is_due = [&] {
    const std::int64_t next = state_->next_deadline.load(std::memory_order_relaxed);
    return next != 0 && next <= now.value;
  };
  // Memory may have become free since.
  ring_.set_stuck(false);
  // Without the lock first: most looks end here. A late value makes a sweep late.
  if (!is_due()) {
    return step;
  }
  StripeGuard held(*this, writer);
  if (!held.has_lock() || !is_due()) {
    return step;
  }
  std::uint64_t bucket = state_->sweep_bucket.load(std::memory_order_relaxed);
  if (bucket == 0) {
    state_->sweep_deadline.store(0, std::memory_order_relaxed);
  }
  const std::uint64_t end = std::min(bucket + kBucketsPerHold, index_.bucket_count());
  for (; bucket < end; ++bucket) {
    for (Slot& slot : index_.bucket(bucket).slots) {
      if (slot.load(std::memory_order_relaxed) == 0) {
        continue;
      }
      Block* block = block_of(slot);
      ++step.looked_at;
      if (block == nullptr) [[unlikely]] {
        continue;
      }
      if (is_over(*block, *writer.tags, *writer.clock)) {
        unlink(held, slot, block);
        writer.row->count(Counter::kExpired);
        ++step.expired;
      } else {
        note_deadline(held, end_of(*block));
      }
    }
  }
  step.has_more = bucket < index_.bucket_count();
  if (!step.has_more) {
    state_->next_deadline.store(state_->sweep_deadline.load(std::memory_order_relaxed),
                                std::memory_order_relaxed);
    bucket = 0;
  }
  state_->sweep_bucket.store(bucket, std::memory_order_relaxed);
  return step;
}

}  // namespace nitro
