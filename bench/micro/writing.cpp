// Storing and deleting.
#include <benchmark/benchmark.h>

#include "bench/micro/filled_cache.h"
#include "bench/support/nameless_store.h"

namespace nitro::bench {
namespace {

constexpr std::uint32_t kKeys = 1'000;

void overwrite(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  FilledCache cache(kKeys, size);
  for (auto _ : state) {
    benchmark::DoNotOptimize(cache.session().put(cache.keys().next(), value_of(size), kNever));
  }
}
BENCHMARK(overwrite)->ArgName("bytes")->Arg(32)->Arg(1024);

StoreOptions small(ByteCount entry_size) {
  StoreOptions options;
  options.size = 16_MiB;
  options.entry_size = entry_size;
  return options;
}

// A cache in which each new entry is another one's end.
class FullCache {
 public:
  FullCache(std::size_t value_size, ByteCount entry_size)
      : store_(open_nameless_store(small(entry_size))), session_(store_), value_size_(value_size) {
    do {
      for (int i = 0; i < 1'000; ++i) {
        static_cast<void>(put_next());
      }
    } while (store_->statistics().evictions < store_->entry_count());
  }

  [[nodiscard]] PutOutcome put_next() noexcept {
    return session_.put(KeyText(next_++).view(), value_of(value_size_), kNever);
  }

 private:
  std::shared_ptr<Store> store_;
  Session session_;
  std::size_t value_size_;
  std::uint32_t next_ = 0;
};

// With an index for larger entries than there are it is the buckets that are full, not the ring.
void add_while_evicting(benchmark::State& state) {
  FullCache cache(static_cast<std::size_t>(state.range(0)),
                  ByteCount{static_cast<std::uint64_t>(state.range(1))});
  for (auto _ : state) {
    benchmark::DoNotOptimize(cache.put_next());
  }
}
BENCHMARK(add_while_evicting)
    ->ArgNames({"bytes", "entry_size"})
    ->Args({32, 64})
    ->Args({32, 224})
    ->Args({1024, 224});

void erase(benchmark::State& state) {
  FilledCache cache(static_cast<std::uint32_t>(state.range(0)), 32);
  for (auto _ : state) {
    benchmark::DoNotOptimize(cache.session().erase(cache.keys().next()));
    if (cache.keys().is_at_start()) {
      state.PauseTiming();
      cache.fill();
      state.ResumeTiming();
    }
  }
}
BENCHMARK(erase)->ArgName("keys")->Arg(1'000)->Arg(100'000);

}  // namespace
}  // namespace nitro::bench
