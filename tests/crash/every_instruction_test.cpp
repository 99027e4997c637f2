// A writer's death at each of its instructions.
#include <cstring>

#include "core/store/sweep.h"

#include "tests/crash/walk.h"
#include "tests/support/catch.h"

namespace nitro {

using test::put_text;
using test::TemporaryStore;
using test::Walk;

namespace {

// The bytes of a counter, which have a kind but are compared as text.
std::string bytes_of(std::int64_t number) {
  std::string bytes(sizeof(number), '\0');
  std::memcpy(bytes.data(), &number, sizeof(number));
  return bytes;
}
std::string bytes_of(double number) {
  std::string bytes(sizeof(number), '\0');
  std::memcpy(bytes.data(), &number, sizeof(number));
  return bytes;
}

}  // namespace

TEST_CASE("death at any instruction: of the very first put") {
  Walk walk;
  walk.remember({"key"});
  walk.allow("key", "value");
  NITRO_WALK(walk, [](Session& session) { put_text(session, "key", "value"); })
}

TEST_CASE("death at any instruction: of a put of a new key") {
  Walk walk;
  auto keys = walk.store(3);
  keys.push_back("key");
  walk.remember(keys);
  walk.allow("key", "value");
  NITRO_WALK(walk, [](Session& session) { put_text(session, "key", "value"); })
}

TEST_CASE("death at any instruction: of an overwriting put") {
  Walk walk;
  const auto keys = walk.store(3);
  walk.remember(keys);
  walk.allow(keys[0], "value");
  const MonotonicTime deadline = walk.cache().in(1000);
  NITRO_WALK(walk, [&](Session& session) { put_text(session, keys[0], "value", deadline); })
}

// The rows are looked at; a block is taken as it is, with a little more than is needed, and in
// part; one is held.
TEST_CASE("death at any instruction: of puts in what other entries have left behind") {
  Walk walk;
  auto keys = walk.store(10, 700);
  walk.pin(keys.back());
  TemporaryStore& cache = walk.cache();
  for (int i = 0; i < 5; ++i) {
    REQUIRE(cache.session().erase(keys.back()) == EraseOutcome::kErased);
    keys.pop_back();
  }
  walk.remember(keys);
  const std::uint64_t unused = cache.store().statistics().free.value;
  const std::string values[] = {std::string(700, 'a'), std::string(690, 'b'), std::string(560, 'c'),
                                std::string(700, 'd')};
  for (std::size_t i = 0; i < std::size(values); ++i) {
    walk.allow(keys[i], values[i]);
  }
  NITRO_WALK(walk, [&](Session& session) {
    for (std::size_t i = 0; i < std::size(values); ++i) {
      put_text(session, keys[i], values[i]);
    }
  })
  // None of them has come out of a window.
  CHECK(cache.store().statistics().free.value >= unused);
}

TEST_CASE("death at any instruction: of a put that is filled without the lock") {
  Walk walk;
  const auto keys = walk.store(3);
  walk.remember(keys);
  const std::string large(9000, 'l');
  walk.allow(keys[0], large);
  NITRO_WALK(walk, [&](Session& session) { put_text(session, keys[0], large); })
}

TEST_CASE("death at any instruction: of an erase") {
  Walk walk;
  const auto keys = walk.store(3);
  walk.remember(keys);
  walk.allow(keys[0], std::nullopt);
  NITRO_WALK(walk, [&](Session& session) { static_cast<void>(session.erase(keys[0])); })
}

TEST_CASE("death at any instruction: of a counter's creation, addition and change of kind") {
  Walk walk;
  auto keys = walk.store(3);
  keys.push_back("n");
  walk.remember(keys);
  walk.allow("n", bytes_of(std::int64_t{1}));
  walk.allow("n", bytes_of(std::int64_t{3}));
  walk.allow("n", bytes_of(3.5));
  NITRO_WALK(walk, [&](Session& session) {
    for (const Number by :
         {Number::of(std::int64_t{1}), Number::of(std::int64_t{2}), Number::of(0.5)}) {
      static_cast<void>(session.add_to_counter("n", by, Number::of(std::int64_t{0}), kNever));
    }
  })
}

TEST_CASE("death at any instruction: of a clear") {
  Walk walk;
  const auto keys = walk.store(5);
  walk.remember(keys);
  walk.clears(keys);
  NITRO_WALK(walk, [&](Session& session) { static_cast<void>(session.clear()); })
}

TEST_CASE("death at any instruction: of a sweep") {
  Walk walk;
  const auto keys = walk.store(3);
  walk.remember(keys);
  for (int i = 0; i < 5; ++i) {
    const std::string key = "dying-" + std::to_string(i);
    REQUIRE(walk.cache().put(key, "value", walk.cache().in(10)) == PutOutcome::kStored);
  }
  walk.cache().clock().advance(Milliseconds{10});
  NITRO_WALK(walk, [&](Session& session) { sweep(session); })
}

TEST_CASE("death at any instruction: of a put into full buckets") {
  StoreOptions options;
  options.entry_size = 16_KiB;  // few buckets, so that such keys are soon found
  Walk walk(options);
  auto keys = test::keys_of_two_buckets(walk.cache(), 0, 2 * kSlotsPerBucket + 1);
  const std::string fresh = keys.back();
  keys.pop_back();
  for (const std::string& key : keys) {
    REQUIRE(walk.cache().put(key, std::string(40, 'o')) == PutOutcome::kStored);
  }
  REQUIRE(walk.cache().store().statistics().entries == 2 * kSlotsPerBucket);
  walk.remember(keys);
  walk.may_evict(keys, 1);
  walk.remember({fresh});
  walk.allow(fresh, "value");
  NITRO_WALK(walk, [&](Session& session) { put_text(session, fresh, "value"); })
}

}  // namespace nitro
