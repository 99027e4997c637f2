#include "core/store/store.h"

#include "tests/support/catch.h"
#include "tests/support/flood.h"
#include "tests/support/temporary_store.h"

namespace nitro {

using test::put_text;
using test::TemporaryStore;
using test::text_value;
using Kind = Condition::Kind;

namespace {

PutOutcome put_if(TemporaryStore& cache, const Condition& condition, std::string_view key,
                  std::string_view text, MonotonicTime deadline = kNever) {
  return cache.session().put(key, text_value(text), PutTerms{deadline, &condition, {}});
}

Condition unchanged(TemporaryStore& cache, std::string_view key) {
  const auto found = cache.session().find_version(key);
  REQUIRE(found.has_value());
  cache.session().release();
  return {Kind::kUnchanged, found->version};
}

constexpr Condition kIfAbsent{Kind::kAbsent, {}};
constexpr Condition kIfPresent{Kind::kPresent, {}};

}  // namespace

TEST_CASE("conditions: only if absent") {
  TemporaryStore cache;
  CHECK(put_if(cache, kIfAbsent, "key", "first") == PutOutcome::kStored);
  CHECK(put_if(cache, kIfAbsent, "key", "second") == PutOutcome::kConditionFailed);
  CHECK(cache.get("key") == "first");
  CHECK(cache.store().statistics().failed_sets == 0);
}

TEST_CASE("conditions: what has expired is absent") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "old", cache.in(10)) == PutOutcome::kStored);
  cache.clock().advance(Milliseconds{10});
  CHECK(put_if(cache, kIfPresent, "key", "new") == PutOutcome::kConditionFailed);
  CHECK(put_if(cache, kIfAbsent, "key", "new") == PutOutcome::kStored);
  CHECK(cache.get("key") == "new");
}

TEST_CASE("conditions: only if present") {
  TemporaryStore cache;
  CHECK(put_if(cache, kIfPresent, "key", "first") == PutOutcome::kConditionFailed);
  CHECK(cache.get("key") == std::nullopt);
  REQUIRE(cache.put("key", "first") == PutOutcome::kStored);
  CHECK(put_if(cache, kIfPresent, "key", "second") == PutOutcome::kStored);
  CHECK(cache.get("key") == "second");
}

TEST_CASE("conditions: hold for large values as well, and leave nothing when they fail") {
  TemporaryStore cache;
  const std::string large(100'000, 'l');
  REQUIRE(cache.put("key", "small") == PutOutcome::kStored);
  const auto usage = cache.store().statistics().usage;
  CHECK(put_if(cache, kIfAbsent, "key", large) == PutOutcome::kConditionFailed);
  CHECK(cache.get("key") == "small");
  CHECK(cache.store().statistics().usage == usage);
  CHECK(put_if(cache, kIfPresent, "key", large) == PutOutcome::kStored);
  CHECK(cache.get("key") == large);
  CHECK(cache.findings() == "");
}

TEST_CASE("conditions: a deadline in the past removes, but only if they hold") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "value") == PutOutcome::kStored);
  CHECK(put_if(cache, kIfAbsent, "key", "", MonotonicTime{1}) == PutOutcome::kConditionFailed);
  CHECK(cache.get("key") == "value");
  CHECK(put_if(cache, kIfPresent, "key", "", MonotonicTime{1}) == PutOutcome::kStored);
  CHECK(cache.get("key") == std::nullopt);
  CHECK(put_if(cache, kIfPresent, "key", "", MonotonicTime{1}) == PutOutcome::kConditionFailed);
}

TEST_CASE("conditions: only if unchanged") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "first") == PutOutcome::kStored);
  const Condition seen = unchanged(cache, "key");
  REQUIRE(cache.put("other", "value") == PutOutcome::kStored);
  CHECK(put_if(cache, seen, "key", "second") == PutOutcome::kStored);
  CHECK(put_if(cache, seen, "key", "third") == PutOutcome::kConditionFailed);
  CHECK(cache.get("key") == "second");
  CHECK(cache.session().erase("key", &seen) == EraseOutcome::kConditionFailed);
  const Condition now = unchanged(cache, "key");
  CHECK(cache.session().erase("key", &now) == EraseOutcome::kErased);
}

TEST_CASE("conditions: a counter changes where it is, and that counts") {
  TemporaryStore cache;
  const auto add = [&](std::int64_t by) {
    return cache.session().add_to_counter("n", Number::of(by), Number::of(std::int64_t{0}), kNever);
  };
  REQUIRE(add(1).value.integer == 1);
  const Condition seen = unchanged(cache, "n");
  REQUIRE(add(1).value.integer == 2);
  CHECK(put_if(cache, seen, "n", "text") == PutOutcome::kConditionFailed);
  CHECK(cache.session().erase("n", &seen) == EraseOutcome::kConditionFailed);
  CHECK(add(0).value.integer == 2);
}

// The same key at the same place of the ring, a lap later.
TEST_CASE("conditions: an entry that lies where another one lay is not that one") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "first") == PutOutcome::kStored);
  const Condition seen = unchanged(cache, "key");
  const std::uint64_t word = seen.version.index_word;
  bool has_come_back = false;
  for (int i = 0; i < 200'000 && !has_come_back; ++i) {
    REQUIRE(cache.session().erase("key") == EraseOutcome::kErased);
    REQUIRE(cache.put("key", "other") == PutOutcome::kStored);
    has_come_back = unchanged(cache, "key").version.index_word == word;
  }
  REQUIRE(has_come_back);
  CHECK(put_if(cache, seen, "key", "third") == PutOutcome::kConditionFailed);
  CHECK(cache.get("key") == "other");
}

TEST_CASE("conditions: do not fail for the room that had to be made") {
  const std::size_t size = GENERATE(300, 20'000, 60'000);
  CAPTURE(size);
  TemporaryStore cache;
  REQUIRE(cache.put("key", "value") == PutOutcome::kStored);
  int failures = 0;
  for (int i = 0; i < 1000; ++i) {
    const Condition condition = unchanged(cache, "key");
    const PutOutcome outcome = put_if(cache, condition, "key", std::string(size, 'v'));
    REQUIRE((outcome == PutOutcome::kStored || outcome == PutOutcome::kConditionFailed));
    failures += outcome == PutOutcome::kStored ? 0 : 1;
  }
  // Where the entry itself was in the way.
  CHECK(failures < 20);
  CHECK(cache.findings() == "");
}

TEST_CASE("touch: gives another deadline, or none, and leaves the value") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "value", cache.in(10)) == PutOutcome::kStored);
  CHECK(cache.session().touch("key", cache.in(1000)) == TouchOutcome::kTouched);
  cache.clock().advance(Milliseconds{999});
  CHECK(cache.get("key") == "value");
  CHECK(cache.session().touch("key", kNever) == TouchOutcome::kTouched);
  cache.clock().advance(Milliseconds{100'000});
  CHECK(cache.get("key") == "value");
  CHECK(cache.session().touch("key", cache.in(10)) == TouchOutcome::kTouched);
  CHECK(cache.findings() == "");
  cache.clock().advance(Milliseconds{10});
  CHECK(cache.get("key") == std::nullopt);
  CHECK(cache.session().touch("key", cache.in(10)) == TouchOutcome::kAbsent);
  CHECK(cache.session().touch("absent", kNever) == TouchOutcome::kAbsent);
}

}  // namespace nitro
