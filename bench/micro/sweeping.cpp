// A sweep of the whole cache, stripe by stripe: the time is for all of its entries, of which
// items_per_second counts each.
#include <benchmark/benchmark.h>

#include "core/store/inspector.h"
#include "core/store/sweep.h"

#include "bench/micro/filled_cache.h"

namespace nitro::bench {
namespace {

constexpr std::uint32_t kKeys = 100'000;
constexpr Milliseconds kLifetime{1'000};

void sweep_and_keep_all(benchmark::State& state) {
  FilledCache cache(kKeys, 32);
  std::uint64_t looked_at = 0;
  for (auto _ : state) {
    for (Stripe& stripe : StoreInspector::stripes(*cache.store())) {
      stripe.ask_for_sweep();
    }
    looked_at += sweep(cache.session()).looked_at;
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(looked_at));
}
BENCHMARK(sweep_and_keep_all);

void sweep_what_expired(benchmark::State& state) {
  ManualClock clock;
  FilledCache cache(kKeys, 32, clock);
  std::uint64_t expired = 0;
  for (auto _ : state) {
    state.PauseTiming();
    cache.fill(deadline_after(clock.now(), kLifetime));
    clock.advance(kLifetime);
    state.ResumeTiming();
    expired += sweep(cache.session()).expired;
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(expired));
}
BENCHMARK(sweep_what_expired);

}  // namespace
}  // namespace nitro::bench
