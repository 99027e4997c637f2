// The lock of one stripe, taken and given back by one thread or by several that want the same one.
#include <benchmark/benchmark.h>

#include "core/store/inspector.h"

#include "bench/support/nameless_store.h"

namespace nitro::bench {
namespace {

void lock_stripe(benchmark::State& state) {
  static const auto store = open_nameless_store({});
  Session session(store);
  static_cast<void>(StoreInspector::begin_call(session));
  const Writer& writer = StoreInspector::writer(session);
  Stripe& stripe = StoreInspector::stripes(*store).front();
  for (auto _ : state) {
    const StripeGuard held(stripe, writer);
    if (!held.has_lock()) {
      state.SkipWithError("It was held for too long.");
      break;
    }
    benchmark::ClobberMemory();
  }
}
BENCHMARK(lock_stripe)->ThreadRange(1, 8)->UseRealTime();

}  // namespace
}  // namespace nitro::bench
