#include <limits>

#include "core/store/keys.h"
#include "core/store/store.h"
#include "core/store/sweep.h"

#include "tests/support/catch.h"
#include "tests/support/flood.h"
#include "tests/support/temporary_store.h"

namespace nitro {

using test::TemporaryStore;
using test::text_in;
using test::text_value;

namespace {

PutOutcome put_with(TemporaryStore& cache, std::string_view key, std::string_view text,
                    const ExtrasContent& content, MonotonicTime deadline = kNever) {
  alignas(8) std::array<std::byte, 512> bytes;
  REQUIRE(content.size() <= bytes.size());
  content.write(bytes.data());
  return cache.session().put(key, text_value(text),
                             PutTerms{deadline, nullptr, {bytes.data(), content.size()}});
}

PutOutcome put_tagged(TemporaryStore& cache, std::string_view key, std::string_view text,
                      std::initializer_list<std::string_view> tags,
                      MonotonicTime deadline = kNever) {
  std::vector<TagMark> marks;
  std::string names;
  for (const std::string_view tag : tags) {
    marks.push_back(cache.store().mark_of(tag));
    names += tag;
  }
  ExtrasContent content;
  content.marks = marks;
  content.text = names;
  return put_with(cache, key, text, content, deadline);
}

std::optional<std::string> stale_text(TemporaryStore& cache, std::string_view key) {
  const auto found = cache.session().find_stale(key);
  const auto text = found ? std::optional(std::string(text_in(found->entry))) : std::nullopt;
  cache.session().release();
  return text;
}

std::string extras_text(TemporaryStore& cache, std::string_view key) {
  const auto entry = cache.session().find(key);
  REQUIRE(entry.has_value());
  const Extras* extras = cache.session().extras_of(*entry);
  std::string text(extras == nullptr ? "none" : extras->text());
  cache.session().release();
  return text;
}

}  // namespace

TEST_CASE("tags: an entry counts until one of its tags is invalidated") {
  TemporaryStore cache;
  REQUIRE(put_tagged(cache, "ab", "value", {"a", "b"}) == PutOutcome::kStored);
  REQUIRE(put_tagged(cache, "b", "value", {"b"}) == PutOutcome::kStored);
  REQUIRE(cache.put("none", "value") == PutOutcome::kStored);
  CHECK(cache.get("ab") == "value");
  cache.store().invalidate_tag("a");
  CHECK(cache.get("ab") == std::nullopt);
  CHECK_FALSE(cache.session().has("ab"));
  CHECK(cache.get("b") == "value");
  cache.store().invalidate_tag("b");
  CHECK(cache.get("b") == std::nullopt);
  CHECK(cache.get("none") == "value");
  CHECK(cache.findings() == "");
}

TEST_CASE("tags: what is stored after an invalidation counts again") {
  TemporaryStore cache;
  REQUIRE(put_tagged(cache, "key", "old", {"tag"}) == PutOutcome::kStored);
  cache.store().invalidate_tag("tag");
  REQUIRE(put_tagged(cache, "key", "new", {"tag"}) == PutOutcome::kStored);
  CHECK(cache.get("key") == "new");
  REQUIRE(cache.put("key", "untagged") == PutOutcome::kStored);
  cache.store().invalidate_tag("tag");
  CHECK(cache.get("key") == "untagged");
}

TEST_CASE("tags: deadlines go on counting") {
  TemporaryStore cache;
  REQUIRE(put_tagged(cache, "key", "value", {"tag"}, cache.in(10)) == PutOutcome::kStored);
  CHECK(cache.get("key") == "value");
  CHECK(cache.session().find("key")->deadline == cache.in(10));
  cache.clock().advance(Milliseconds{10});
  CHECK(cache.get("key") == std::nullopt);
  CHECK(sweep(cache.session()).expired == 1);
}

TEST_CASE("tags: the memory of what was invalidated is free after a sweep") {
  TemporaryStore cache;
  for (int i = 0; i < 100; ++i) {
    REQUIRE(put_tagged(cache, std::to_string(i), "value", {"tag"}) == PutOutcome::kStored);
  }
  REQUIRE(cache.put("other", "value") == PutOutcome::kStored);
  CHECK(sweep(cache.session()).expired == 0);
  cache.store().invalidate_tag("tag");
  CHECK(sweep(cache.session()).expired == 100);
  CHECK(cache.store().statistics().entries == 1);
  CHECK(cache.findings() == "");
}

TEST_CASE("tags: stay with large values, and with those that are moved") {
  TemporaryStore cache;
  const std::string large(100'000, 'l');
  flood(cache, 64_KiB);  // what lies first in a ring is not moved
  REQUIRE(put_tagged(cache, "small", "value", {"tag", "other"}) == PutOutcome::kStored);
  flood(cache, 64_KiB);  // nor is what lies behind one that is jumped over
  REQUIRE(put_tagged(cache, "large", large, {"tag", "other"}) == PutOutcome::kStored);
  const auto first = cache.session().find("small")->block;
  bool was_moved = false;
  for (int i = 0; i < 100 && !was_moved; ++i) {
    flood(cache, 256_KiB, 300, [&] {
      CHECK(cache.session().find("small").has_value());
      CHECK(cache.session().find("large").has_value());
    });
    was_moved = cache.session().find("small")->block != first;
    cache.session().release();
  }
  REQUIRE(was_moved);
  CHECK(extras_text(cache, "small") == "tagother");
  CHECK(extras_text(cache, "large") == "tagother");
  CHECK(cache.get("large") == large);
  cache.store().invalidate_tag("tag");
  CHECK(cache.get("small") == std::nullopt);
  CHECK(cache.get("large") == std::nullopt);
  CHECK(cache.findings() == "");
}

TEST_CASE("tags: a counter keeps them, also when it becomes a float") {
  TemporaryStore cache;
  std::int64_t number = 1;
  const TagMark mark = cache.store().mark_of("tag");
  ExtrasContent content;
  content.marks = {&mark, 1};
  alignas(8) std::array<std::byte, 64> bytes;
  content.write(bytes.data());
  const Value value{ValueKind::kInteger, std::as_bytes(std::span(&number, 1)), {}};
  REQUIRE(
      cache.session().put("n", value, PutTerms{kNever, nullptr, {bytes.data(), content.size()}}) ==
      PutOutcome::kStored);
  const auto add = [&](Number by) {
    return cache.session().add_to_counter("n", by, Number::of(std::int64_t{100}), kNever);
  };
  CHECK(add(Number::of(std::int64_t{1})).value.integer == 2);
  CHECK(add(Number::of(0.5)).value.real == 2.5);
  CHECK(add(Number::of(0.5)).value.real == 3.0);
  cache.store().invalidate_tag("tag");
  CHECK(add(Number::of(std::int64_t{1})).value.integer == 101);
}

TEST_CASE("tags: keys that were invalidated are not listed") {
  TemporaryStore cache;
  REQUIRE(put_tagged(cache, "key", "value", {"tag"}) == PutOutcome::kStored);
  int seen = 0;
  for_each_key(cache.session(), "", [&](const KeyListing&) { ++seen; });
  CHECK(seen == 1);
  cache.store().invalidate_tag("tag");
  for_each_key(cache.session(), "", [&](const KeyListing&) { ++seen; });
  CHECK(seen == 1);
}

TEST_CASE("stale: past its deadline only who asks for it finds an entry") {
  TemporaryStore cache;
  ExtrasContent content;
  content.stale_for = Milliseconds{20};
  content.making_ms = 7;
  REQUIRE(put_with(cache, "key", "value", content, cache.in(10)) == PutOutcome::kStored);
  {
    const auto found = cache.session().find_stale("key");
    REQUIRE(found.has_value());
    CHECK(found->is_live);
    CHECK(found->making_ms == 7);
    cache.session().release();
  }
  cache.clock().advance(Milliseconds{10});
  CHECK(cache.get("key") == std::nullopt);
  CHECK(stale_text(cache, "key") == "value");
  CHECK(sweep(cache.session()).expired == 0);
  cache.clock().advance(Milliseconds{20});
  CHECK(stale_text(cache, "key") == std::nullopt);
  CHECK(sweep(cache.session()).expired == 1);
  CHECK(cache.findings() == "");
}

TEST_CASE("stale: an invalidated tag ends that, too") {
  TemporaryStore cache;
  const TagMark mark = cache.store().mark_of("tag");
  ExtrasContent content;
  content.stale_for = Milliseconds{20};
  content.marks = {&mark, 1};
  REQUIRE(put_with(cache, "key", "value", content, cache.in(10)) == PutOutcome::kStored);
  cache.clock().advance(Milliseconds{10});
  CHECK(stale_text(cache, "key") == "value");
  cache.store().invalidate_tag("tag");
  CHECK(stale_text(cache, "key") == std::nullopt);
}

TEST_CASE("stale: touching gives as much time after the new deadline") {
  TemporaryStore cache;
  ExtrasContent content;
  content.stale_for = Milliseconds{20};
  REQUIRE(put_with(cache, "key", "value", content, cache.in(10)) == PutOutcome::kStored);
  REQUIRE(cache.session().touch("key", cache.in(100)) == TouchOutcome::kTouched);
  cache.clock().advance(Milliseconds{100});
  CHECK(cache.get("key") == std::nullopt);
  cache.clock().advance(Milliseconds{19});
  CHECK(stale_text(cache, "key") == "value");
  cache.clock().advance(Milliseconds{1});
  CHECK(stale_text(cache, "key") == std::nullopt);
}

TEST_CASE("extras: of a damaged block are none") {
  TemporaryStore cache;
  REQUIRE(put_tagged(cache, "key", "value", {"tag"}) == PutOutcome::kStored);
  const auto entry = cache.session().find("key");
  Block* block = StoreInspector::segment(cache.store()).at(Offset<Block>(entry->block));
  block->extras()->mark_count = std::numeric_limits<std::uint16_t>::max();
  CHECK(cache.session().extras_of(*entry) == nullptr);
  CHECK(cache.get("key") == std::nullopt);
  CHECK(cache.findings() != "");
}

}  // namespace nitro
