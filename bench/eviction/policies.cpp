#include "bench/eviction/policies.h"

#include <chrono>
#include <stdexcept>

#include "bench/eviction/belady.h"
#include "bench/eviction/lru.h"
#include "bench/eviction/real_core.h"
#include "bench/eviction/s3_fifo.h"
#include "bench/eviction/simulated.h"

namespace nitro::bench {

namespace {

Outcome timed_replay(const Conditions& conditions, Cache& cache) {
  using Clock = std::chrono::steady_clock;
  Outcome outcome;
  const auto start = Clock::now();
  outcome.count = replay(conditions.trace, conditions.copies, cache);
  outcome.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return outcome;
}

template <typename Rule>
Outcome simulate(const Conditions& conditions) {
  Simulated<Rule> cache(conditions.memory, conditions.trace.key_count * conditions.copies);
  return timed_replay(conditions, cache);
}

CoreFacts facts_of(const RealCore& core) {
  const Statistics statistics = core.statistics();
  CoreFacts facts;
  facts.segment = statistics.segment_size;
  facts.capacity = statistics.capacity;
  facts.moved_per_written = static_cast<double>(statistics.moved_bytes) /
                            static_cast<double>(std::max<std::uint64_t>(1, core.written().value));
  facts.evictions = statistics.evictions;
  facts.evictions_full_bucket = statistics.evictions_full_bucket;
  facts.failed_sets = statistics.failed_sets;
  return facts;
}

Outcome run_core(const Conditions& conditions, ByteCount segment) {
  CoreOptions options;
  options.segment = segment;
  options.entry_size = conditions.core_entry_size;
  options.has_lifetimes = conditions.trace.has_lifetimes;
  RealCore core(options);
  Outcome outcome = timed_replay(conditions, core);
  outcome.core = facts_of(core);
  return outcome;
}

Outcome run_core_of_capacity(const Conditions& conditions) {
  const auto segment = segment_with_capacity(conditions.memory, conditions.core_entry_size);
  if (!segment) {
    throw std::runtime_error("No segment has a capacity of " +
                             std::to_string(conditions.memory.value) + " bytes");
  }
  return run_core(conditions, *segment);
}

Outcome run_core_of_size(const Conditions& conditions) {
  return run_core(conditions, conditions.memory);
}

}  // namespace

const std::vector<Policy>& policies() {
  static const std::vector<Policy> all{
      {"lru", "exact LRU with ideal memory", simulate<Lru>},
      {"s3-fifo", "S3-FIFO with ideal memory", simulate<S3Fifo>},
      {"belady", "Bélády with ideal memory: the limit, but for unequal sizes", simulate<Belady>},
      {"core", "the real core; its rings have the memory", run_core_of_capacity},
      {"segment", "the real core; its whole segment has the memory", run_core_of_size},
  };
  return all;
}

}  // namespace nitro::bench
