// The one hash of a key, by the key's length.
#include <string>

#include <benchmark/benchmark.h>

#include "core/base/hash.h"

namespace nitro::bench {
namespace {

void hash(benchmark::State& state) {
  const std::string key(static_cast<std::size_t>(state.range(0)), 'k');
  std::uint64_t seed = 1;
  for (auto _ : state) {
    benchmark::DoNotOptimize(seed);
    benchmark::DoNotOptimize(hash_key(key, seed).value);
  }
}
BENCHMARK(hash)->ArgName("bytes")->Arg(8)->Arg(32)->Arg(250);

}  // namespace
}  // namespace nitro::bench
