#include "bench/eviction/belady.h"
#include "bench/eviction/lru.h"
#include "bench/eviction/replay.h"
#include "bench/eviction/s3_fifo.h"
#include "bench/eviction/simulated.h"
#include "bench/support/random.h"
#include "tests/support/catch.h"
#include "tests/support/seed.h"

namespace nitro::bench {

namespace {

constexpr Request kGetOfOneByte{0, 1, kNoTick, Operation::kGet};

// Gets of these keys, with values of one byte each that take one byte each.
Trace gets_of(const std::vector<std::uint64_t>& keys) {
  TraceBuilder trace("a test");
  for (const std::uint64_t key : keys) {
    trace.add(key, kGetOfOneByte);
  }
  return trace.finish(ByteCount{1});
}

template <typename Rule>
std::uint64_t hits_of(const Trace& trace, std::uint64_t capacity) {
  Simulated<Rule> cache(ByteCount{capacity}, trace.key_count);
  return replay(trace, 1, cache).hits;
}

std::vector<std::uint64_t> zipf_keys(std::uint64_t seed) {
  Random random(seed);
  const Zipf ranks(200, 0.9);
  std::vector<std::uint64_t> keys(3000);
  for (std::uint64_t& key : keys) {
    key = ranks.draw(random);
  }
  return keys;
}

void add_each_once(std::vector<std::uint64_t>& keys, std::uint64_t first, std::uint64_t count) {
  for (std::uint64_t key = first; key < first + count; ++key) {
    keys.push_back(key);
  }
}

}  // namespace

TEST_CASE("lru: evicts what was used least recently, not what came first") {
  // The second 1 and the third hit; 4 evicts 2, 2 evicts 3, 3 evicts 4. A FIFO would have 3 hits.
  CHECK(hits_of<Lru>(gets_of({1, 2, 3, 1, 4, 2, 1, 3}), 3) == 2);
}

TEST_CASE("lru: counts bytes") {
  Lru lru(10, 4);
  lru.set(0, 4, kNoTick);
  lru.set(1, 6, kNoTick);
  CHECK(lru.get(0, kNoTick));
  CHECK(lru.get(1, kNoTick));
  lru.set(1, 5, kNoTick);
  lru.set(2, 1, kNoTick);
  CHECK(lru.get(0, kNoTick));
  lru.set(3, 11, kNoTick);
  CHECK_FALSE(lru.get(3, kNoTick));
  CHECK(lru.get(0, kNoTick));
  lru.set(3, 1, kNoTick);
  CHECK_FALSE(lru.get(1, kNoTick));
  CHECK(lru.get(2, kNoTick));
  CHECK(lru.get(0, kNoTick));
}

TEST_CASE("belady: does not keep what nobody asks for") {
  const Trace trace = gets_of({1, 2, 3, 1, 2});
  CHECK(hits_of<Belady>(trace, 2) == 2);
  CHECK(hits_of<Lru>(trace, 2) == 0);
}

TEST_CASE("belady: what is asked for after an overwrite is of no use before it") {
  TraceBuilder builder("a test");
  builder.add(1, kGetOfOneByte);
  builder.add(2, kGetOfOneByte);
  builder.add(1, {0, 1, kNoTick, Operation::kSet});
  builder.add(1, kGetOfOneByte);
  builder.add(2, kGetOfOneByte);
  const Trace trace = builder.finish(ByteCount{1});
  CHECK(trace.next_gets == std::vector<Tick>{kNoTick, 4, 3, kNoTick, kNoTick});
  // 2 is kept at first; then 1, which comes sooner, evicts it.
  CHECK(hits_of<Belady>(trace, 1) == 1);
}

TEST_CASE("belady: is never worse than the others when all sizes are equal") {
  const std::uint64_t seed = test::test_seed();
  INFO("NITRO_SEED=" << seed);
  for (std::uint64_t round = 0; round < 20; ++round) {
    const Trace trace = gets_of(zipf_keys(seed + round));
    for (const std::uint64_t capacity : {3, 10, 20, 60, 150}) {
      const std::uint64_t limit = hits_of<Belady>(trace, capacity);
      CHECK(limit >= hits_of<Lru>(trace, capacity));
      CHECK(limit >= hits_of<S3Fifo>(trace, capacity));
    }
  }
}

TEST_CASE("s3-fifo: keeps a hot set through a scan") {
  std::vector<std::uint64_t> keys;
  for (int round = 0; round < 3; ++round) {
    add_each_once(keys, 0, 50);
  }
  add_each_once(keys, 1000, 500);
  add_each_once(keys, 0, 50);
  const Trace trace = gets_of(keys);
  CHECK(hits_of<S3Fifo>(trace, 100) == 150);
  CHECK(hits_of<Lru>(trace, 100) == 100);
}

TEST_CASE("s3-fifo: what comes back soon after it was evicted is kept through a scan") {
  std::vector<std::uint64_t> keys{0};
  add_each_once(keys, 1000, 150);
  keys.push_back(0);
  add_each_once(keys, 2000, 500);
  keys.push_back(0);
  CHECK(hits_of<S3Fifo>(gets_of(keys), 100) == 1);
}

TEST_CASE("s3-fifo: counts bytes through overwrites and deletes") {
  S3Fifo cache(100, 3);
  cache.set(0, 50, kNoTick);
  cache.set(1, 50, kNoTick);
  cache.set(0, 20, kNoTick);
  cache.set(2, 30, kNoTick);
  CHECK(cache.get(0, kNoTick));
  CHECK(cache.get(1, kNoTick));
  CHECK(cache.get(2, kNoTick));
  cache.erase(1);
  cache.set(0, 70, kNoTick);
  CHECK(cache.get(0, kNoTick));
  CHECK_FALSE(cache.get(1, kNoTick));
  CHECK(cache.get(2, kNoTick));
}

TEST_CASE("simulated: an entry is gone at its deadline, and its memory with it") {
  constexpr Tick kLifetime = 3;
  TraceBuilder builder("a test");
  builder.add(1, {0, 1, kLifetime, Operation::kGet});
  builder.add(2, kGetOfOneByte);
  builder.add(1, kGetOfOneByte);
  builder.add(3, kGetOfOneByte);
  builder.add(2, kGetOfOneByte);  // would have been evicted for 3
  builder.add(1, kGetOfOneByte);
  const Trace trace = builder.finish(ByteCount{1});
  CHECK(trace.has_lifetimes);
  CHECK(hits_of<Lru>(trace, 2) == 2);
}

TEST_CASE("simulated: an overwrite takes the old deadline away") {
  TraceBuilder builder("a test");
  builder.add(1, {0, 1, 2, Operation::kGet});
  builder.add(1, {0, 1, kNoTick, Operation::kSet});
  builder.add(1, kGetOfOneByte);
  CHECK(hits_of<Lru>(builder.finish(ByteCount{1}), 2) == 1);
}

TEST_CASE("replay: with copies of all keys, and as many times the memory, an LRU hits as often") {
  const Trace trace = gets_of(zipf_keys(1));
  constexpr std::uint32_t kCopies = 5;
  Simulated<Lru> cache(ByteCount{30 * kCopies}, trace.key_count * kCopies);
  const HitCount count = replay(trace, kCopies, cache);
  CHECK(count.gets == trace.requests.size() * kCopies);
  CHECK(count.hits == hits_of<Lru>(trace, 30) * kCopies);
}

}  // namespace nitro::bench
