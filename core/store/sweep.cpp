#include "core/store/sweep.h"

#include "core/store/inspector.h"

namespace nitro {

namespace {

// A little is one short hold of each of so many stripes at the most.
constexpr std::uint32_t kLittleSteps = 16;

void add(SweepReport& report, const Stripe::SweepStep& step) noexcept {
  report.looked_at += step.looked_at;
  report.expired += step.expired;
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
    Stripe::SweepStep step;
    do {
      step = stripe.sweep_step(writer);
      add(report, step);
      ++steps;
    } while (step.has_more && steps < kLittleSteps);
  }
  report.dead_rows = StoreInspector::table(session.store()).reclaim_dead_rows();
  StoreInspector::end_call(session);
  return report;
}

}  // namespace nitro
