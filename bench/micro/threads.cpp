// Threads that read and write the same thousand keys, each with a session of its own, as processes
// do. The time is the clock's on the wall, divided by the operations of all threads: it halves when
// two threads get twice as much done.
#include <benchmark/benchmark.h>

#include "bench/micro/filled_cache.h"

namespace nitro::bench {
namespace {

constexpr std::uint32_t kKeys = 1'000;
constexpr std::size_t kValueSize = 32;

// Of each hundred operations so many are puts, at even distances.
void get_and_set(benchmark::State& state) {
  static FilledCache cache(kKeys, kValueSize);
  const std::int64_t puts = state.range(0);
  Session session(cache.store());
  KeyRound keys(kKeys, 0, static_cast<std::uint64_t>(state.thread_index()));
  std::int64_t owed = 0;
  for (auto _ : state) {
    owed += puts;
    if (owed >= 100) {
      owed -= 100;
      benchmark::DoNotOptimize(session.put(keys.next(), value_of(kValueSize), kNever));
    } else {
      benchmark::DoNotOptimize(session.find(keys.next()));
      session.release();
    }
  }
}
BENCHMARK(get_and_set)->ArgName("puts")->Arg(0)->Arg(5)->Arg(50)->ThreadRange(1, 8)->UseRealTime();

}  // namespace
}  // namespace nitro::bench
