#include "core/store/sweep.h"

#include <algorithm>
#include <array>

#include "core/store/inspector.h"

namespace nitro {

namespace {

// Buckets by the hundred, entries by the thousand: well below a millisecond.
constexpr std::uint32_t kLittleSteps = 16;

void add(SweepReport& report, const Stripe::SweepStep& step) noexcept {
  report.looked_at += step.looked_at;
  report.expired += step.expired;
}

// What the dead had pinned is still counted. Pins that come or go meanwhile are counted wrongly
// until the next sweep.
void count_pins_anew(Store& store) noexcept {
  const ProcessTable& table = StoreInspector::table(store);
  const Geometry& geometry = StoreInspector::geometry(store);
  std::array<std::int64_t, 64> pinned{};
  for (std::uint32_t i = 0; i < table.rows_in_use(); ++i) {
    const Row& row = table.row(i);
    const std::uint32_t count = std::min(row.pin_count.load(std::memory_order_acquire), kMaxPins);
    for (std::uint32_t pin = 0; pin < count; ++pin) {
      const std::uint64_t offset = row.pins[pin].load(std::memory_order_relaxed) * kPinUnit;
      const std::uint64_t stripe = (offset - geometry.rings_offset) / geometry.ring_size;
      if (offset >= geometry.rings_offset && stripe < geometry.stripe_count) {
        const Block* block = StoreInspector::segment(store).at(Offset<Block>(offset));
        const std::uint64_t size = std::min(block->load_word().size(), geometry.ring_size);
        pinned[stripe] += static_cast<std::int64_t>(size);
      }
    }
  }
  for (Stripe& stripe : StoreInspector::stripes(store)) {
    stripe.state().pinned_bytes.store(pinned[stripe.number()], std::memory_order_relaxed);
  }
}

}  // namespace

SweepReport sweep(Session& session) noexcept {
  SweepReport report;
  if (!StoreInspector::begin_call(session)) {
    return report;
  }
  const Writer& writer = StoreInspector::writer(session);
  for (Stripe& stripe : StoreInspector::stripes(session.store())) {
    // Ends: a pass has a step for every so many buckets, and no other pass begins in this loop.
    Stripe::SweepStep step;
    do {
      step = stripe.sweep_step(writer);
      add(report, step);
      let_others_in(stripe.state().lock);
    } while (step.has_more);
  }
  report.dead_rows = StoreInspector::table(session.store()).reclaim_dead_rows();
  count_pins_anew(session.store());
  StoreInspector::end_call(session);
  return report;
}

SweepReport sweep_a_little(Session& session) noexcept {
  SweepReport report;
  if (!StoreInspector::begin_call(session)) {
    return report;
  }
  const Writer& writer = StoreInspector::writer(session);
  std::uint32_t steps = 0;
  for (Stripe& stripe : StoreInspector::stripes(session.store())) {
    // A pass that is under way goes on where it stopped, whoever began it.
    Stripe::SweepStep step;
    do {
      step = stripe.sweep_step(writer);
      add(report, step);
    } while (step.has_more && ++steps < kLittleSteps);
  }
  report.dead_rows = StoreInspector::table(session.store()).reclaim_dead_rows();
  count_pins_anew(session.store());
  StoreInspector::end_call(session);
  return report;
}

}  // namespace nitro
