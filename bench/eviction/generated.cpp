#include "bench/eviction/generated.h"

#include <array>

#include "bench/support/random.h"

namespace nitro::bench {

namespace {

constexpr std::uint64_t kSeed = 20260722;
constexpr std::size_t kRequests = 1'000'000;
constexpr std::uint64_t kKeys = 100'000;
constexpr double kExponent = 0.99;
// Keys of different parts of a workload lie apart.
constexpr std::uint64_t kPart = std::uint64_t{1} << 32;

Trace zipf(const std::string& name) {
  Random random(kSeed);
  const Zipf ranks(kKeys, kExponent);
  TraceBuilder trace(name);
  while (trace.size() < kRequests) {
    trace.get(ranks.draw(random));
  }
  return trace.finish();
}

Trace scan(const std::string& name) {
  constexpr std::size_t kBetweenScans = 60'000;
  constexpr std::size_t kScanLength = 15'000;
  Random random(kSeed + 1);
  const Zipf ranks(kKeys / 2, kExponent);
  TraceBuilder trace(name);
  std::uint64_t never_seen = kPart;
  while (trace.size() < kRequests) {
    for (std::size_t i = 0; i < kBetweenScans; ++i) {
      trace.get(ranks.draw(random));
    }
    for (std::size_t i = 0; i < kScanLength; ++i) {
      trace.get(never_seen++);
    }
  }
  return trace.finish();
}

void add_loop(TraceBuilder& trace, std::uint64_t first, std::uint64_t keys, int rounds) {
  for (int round = 0; round < rounds; ++round) {
    for (std::uint64_t key = 0; key < keys; ++key) {
      trace.get(first + key);
    }
  }
}

Trace loop(const std::string& name) {
  constexpr std::uint64_t kAll = 60'000;
  TraceBuilder trace(name);
  add_loop(trace, 0, kAll, 1);
  add_loop(trace, 0, kAll * 11 / 1000, 150);
  add_loop(trace, 0, kAll * 11 / 100, 30);
  add_loop(trace, 0, kAll * 33 / 100, 15);
  return trace.finish();
}

Trace mixed(const std::string& name) {
  constexpr std::size_t kPhase = 5'000;
  Random random(kSeed + 2);
  const Zipf ranks(kKeys / 2, kExponent);
  TraceBuilder trace(name);
  std::uint64_t never_seen = kPart;
  while (trace.size() < kRequests) {
    const double phase = random.fraction();
    if (phase < 0.1) {
      for (std::size_t i = 0; i < kPhase; ++i) {
        trace.get(never_seen++);
      }
    } else if (phase < 0.2) {
      add_loop(trace, 2 * kPart + random.below(20) * kPhase, kPhase / 4, 4);
    } else {
      for (std::size_t i = 0; i < kPhase; ++i) {
        trace.get(ranks.draw(random));
      }
    }
  }
  return trace.finish();
}

// A key is hottest when it appears, and slowly forgotten.
Trace shifting(const std::string& name) {
  constexpr std::size_t kRequestsPerNewKey = 20;
  Random random(kSeed + 3);
  const Zipf ranks(kKeys / 2, kExponent);
  TraceBuilder trace(name);
  while (trace.size() < kRequests) {
    trace.get(kPart + trace.size() / kRequestsPerNewKey - ranks.draw(random));
  }
  return trace.finish();
}

Trace changing(const std::string& name) {
  constexpr std::uint64_t kSizes = 4;
  Random random(kSeed + 4);
  const Zipf ranks(kKeys, kExponent);
  TraceBuilder trace(name);
  while (trace.size() < kRequests) {
    const std::uint64_t key = ranks.draw(random);
    const std::uint32_t size = value_size_of(key + random.below(kSizes) * kPart);
    const double what = random.fraction();
    if (what < 0.10) {
      trace.add(key, {0, size, kNoTick, Operation::kSet});
    } else if (what < 0.13) {
      trace.add(key, {0, size, kNoTick, Operation::kErase});
    } else {
      trace.get(key);
    }
  }
  return trace.finish();
}

Trace lifetimes(const std::string& name) {
  constexpr std::array<Tick, 4> kLifetimes{5'000, 60'000, 600'000, kNoTick};
  Random random(kSeed + 5);
  const Zipf ranks(kKeys, kExponent);
  TraceBuilder trace(name);
  while (trace.size() < kRequests) {
    const std::uint64_t key = ranks.draw(random);
    const Tick lifetime = kLifetimes[key % kLifetimes.size()];
    trace.add(key, {0, value_size_of(key), lifetime, Operation::kGet});
  }
  return trace.finish();
}

Trace get_or_set(const std::string& name) {
  constexpr std::size_t kGets = 2'000'000;
  Random random(kSeed + 6);
  const Zipf ranks(500'000, kExponent);
  TraceBuilder trace(name);
  while (trace.size() < kGets) {
    trace.add(ranks.draw(random), {0, 1024, kNoTick, Operation::kGet});
  }
  return trace.finish(64_MiB);
}

}  // namespace

const std::vector<Generator>& generators() {
  static const std::vector<Generator> all{
      {"zipf", "Zipf(0.99) over 100 000 keys", zipf},
      {"scan", "Zipf(0.99) over 50 000 keys, and now and then 15 000 keys that come once", scan},
      {"loop", "loops over 1.1 %, 11 % and 33 % of 60 000 keys, in turn", loop},
      {"mixed", "Zipf(0.99), one-time scans, and loops, in phases", mixed},
      {"shifting", "Zipf(0.99) by age: a new key every 20 requests", shifting},
      {"changing", "Zipf(0.99), 10 % overwrites with other sizes, 3 % deletes", changing},
      {"lifetimes", "Zipf(0.99), a quarter of the keys each for 5 s, 60 s, 600 s, ever", lifetimes},
      {"get-or-set", "Zipf(0.99) over 500 000 keys with values of 1 KB, in 64 MB", get_or_set},
  };
  return all;
}

}  // namespace nitro::bench
