// Looking for keys, and fetching values: copied out, as the extension does with short strings, or
// pinned and used where they are.
#include <array>
#include <cstring>

#include <benchmark/benchmark.h>

#include "bench/micro/filled_cache.h"

namespace nitro::bench {
namespace {

constexpr std::uint32_t kFew = 1'000;
constexpr std::uint32_t kMany = 100'000;

// What a request gets before its pins are dropped.
constexpr std::uint32_t kGetsOfARequest = 100;

void find_hit(benchmark::State& state) {
  FilledCache cache(static_cast<std::uint32_t>(state.range(0)), 32);
  for (auto _ : state) {
    benchmark::DoNotOptimize(cache.session().find(cache.keys().next()));
    cache.session().release();
  }
}
BENCHMARK(find_hit)->ArgName("keys")->Arg(kFew)->Arg(kMany);

void find_miss(benchmark::State& state) {
  const auto count = static_cast<std::uint32_t>(state.range(0));
  FilledCache cache(count, 32);
  KeyRound absent(count, count);
  for (auto _ : state) {
    benchmark::DoNotOptimize(cache.session().find(absent.next()));
  }
}
BENCHMARK(find_miss)->ArgName("keys")->Arg(kFew)->Arg(kMany);

void get_copied(benchmark::State& state) {
  FilledCache cache(kFew, static_cast<std::size_t>(state.range(0)));
  std::array<std::byte, kLongestValue> copy;
  for (auto _ : state) {
    if (const auto entry = cache.session().find(cache.keys().next())) {
      std::memcpy(copy.data(), entry->bytes.data(), entry->bytes.size());
    }
    cache.session().release();
    benchmark::DoNotOptimize(copy.data());
    benchmark::ClobberMemory();
  }
}
BENCHMARK(get_copied)->ArgName("bytes")->Arg(32)->Arg(1024);

void get_in_place(benchmark::State& state) {
  FilledCache cache(kFew, static_cast<std::size_t>(state.range(0)));
  std::uint32_t gets = 0;
  for (auto _ : state) {
    const auto entry = cache.session().find(cache.keys().next());
    if (entry && cache.session().try_pin(*entry)) {
      benchmark::DoNotOptimize(cache.session().in_place(*entry));
    }
    cache.session().release();
    if (++gets == kGetsOfARequest) {
      gets = 0;
      cache.session().drop_pins();
    }
  }
}
BENCHMARK(get_in_place)->ArgName("bytes")->Arg(32)->Arg(1024);

}  // namespace
}  // namespace nitro::bench
