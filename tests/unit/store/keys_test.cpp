#include "core/store/keys.h"

#include <map>
#include <set>

#include "tests/support/catch.h"
#include "tests/support/flood.h"
#include "tests/support/temporary_store.h"

namespace nitro {

using test::TemporaryStore;

namespace {
std::multiset<std::string> keys_with(TemporaryStore& cache, std::string_view prefix) {
  std::multiset<std::string> keys;
  for_each_key(cache.session(), prefix, [&](const KeyListing& entry) { keys.emplace(entry.key); });
  return keys;
}
}  // namespace

TEST_CASE("keys: every live key is listed once") {
  TemporaryStore cache;
  std::multiset<std::string> expected;
  for (int i = 0; i < 1000; ++i) {
    expected.insert("key-" + std::to_string(i));
    REQUIRE(cache.put("key-" + std::to_string(i), "value") == PutOutcome::kStored);
  }
  CHECK(keys_with(cache, "") == expected);
}

TEST_CASE("keys: a prefix chooses, NUL bytes and all") {
  TemporaryStore cache;
  const std::string with_nul("a\0b", 3);
  for (const std::string& key :
       {std::string("a"), std::string("ab"), std::string("b"), with_nul, std::string()}) {
    REQUIRE(cache.put(key, "value") == PutOutcome::kStored);
  }
  CHECK(keys_with(cache, "a") == std::multiset<std::string>{"a", "ab", with_nul});
  CHECK(keys_with(cache, std::string_view("a\0", 2)) == std::multiset<std::string>{with_nul});
  CHECK(keys_with(cache, "").size() == 5);
  CHECK(keys_with(cache, "c").empty());
}

TEST_CASE("keys: expired and erased ones are not listed") {
  TemporaryStore cache;
  REQUIRE(cache.put("expired", "value", cache.in(10)) == PutOutcome::kStored);
  REQUIRE(cache.put("erased", "value") == PutOutcome::kStored);
  REQUIRE(cache.put("there", "value") == PutOutcome::kStored);
  REQUIRE(cache.session().erase("erased") == EraseOutcome::kErased);
  cache.clock().advance(Milliseconds{10});
  CHECK(keys_with(cache, "") == std::multiset<std::string>{"there"});
}

TEST_CASE("keys: a listing says what the entry is") {
  TemporaryStore cache;
  const MonotonicTime deadline = cache.in(1000);
  REQUIRE(cache.put("key", "value", deadline) == PutOutcome::kStored);
  for_each_key(cache.session(), "", [&](const KeyListing& entry) {
    CHECK(entry.key == "key");
    CHECK(entry.kind == ValueKind::kShortString);
    CHECK(entry.value_size == ByteCount{5});
    CHECK(entry.deadline == deadline);
  });
}

TEST_CASE("keys: the visitor may use the session, and erase what it sees") {
  TemporaryStore cache;
  for (int i = 0; i < 500; ++i) {
    REQUIRE(cache.put("key-" + std::to_string(i), "value") == PutOutcome::kStored);
  }
  int visited = 0;
  for_each_key(cache.session(), "", [&](const KeyListing& entry) {
    ++visited;
    CHECK(cache.session().erase(entry.key) == EraseOutcome::kErased);
  });
  CHECK(visited == 500);
  CHECK(cache.store().statistics().entries == 0);
}

TEST_CASE("keys: listing neither counts as reading nor pins anything") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "value") == PutOutcome::kStored);
  CHECK(keys_with(cache, "").size() == 1);
  CHECK(cache.store().statistics().hits == 0);
  CHECK(cache.store().statistics().misses == 0);
  CHECK(cache.session().pin_count() == 0);
}

TEST_CASE("keys: what is there all the time is found once, whatever happens between two steps") {
  TemporaryStore cache;
  std::multiset<std::string> expected;
  for (int i = 0; i < 300; ++i) {
    expected.insert("stays-" + std::to_string(i));
    REQUIRE(cache.put("stays-" + std::to_string(i), "value") == PutOutcome::kStored);
    REQUIRE(cache.put("goes-" + std::to_string(i), "value") == PutOutcome::kStored);
  }
  std::multiset<std::string> found;
  KeyCursor cursor;
  int step = 0;
  while (const auto next = cursor.next(cache.session(), "stays-")) {
    found.emplace(next->key);
    cache.session().release();
    // Overwrites them all several times, one here, one there; each in another place of its ring.
    const std::string key = "stays-" + std::to_string(step * 7 % 300);
    REQUIRE(cache.put(key, std::string(1 + step % 50, 'x')) == PutOutcome::kStored);
    REQUIRE(cache.session().erase("goes-" + std::to_string(step)) == EraseOutcome::kErased);
    REQUIRE(cache.put("comes-" + std::to_string(step), "value") == PutOutcome::kStored);
    ++step;
  }
  CHECK(found == expected);
  CHECK(cache.store().statistics().evictions == 0);
}

TEST_CASE("keys: entries that are moved to make room are found once") {
  TemporaryStore cache;
  std::multiset<std::string> expected;
  for (int i = 0; i < 100; ++i) {
    expected.insert("stays-" + std::to_string(i));
    REQUIRE(cache.put("stays-" + std::to_string(i), "value") == PutOutcome::kStored);
    test::flood(cache, 10_KiB);
  }
  std::multiset<std::string> found;
  KeyCursor cursor;
  while (const auto next = cursor.next(cache.session(), "stays-")) {
    found.emplace(next->key);
    cache.session().release();
    for (const std::string& key : expected) {
      REQUIRE(cache.get(key) == "value");  // so that it stays
    }
    test::flood(cache, 100_KiB);
  }
  CHECK(cache.store().statistics().moved_bytes > 0);
  CHECK(found == expected);
}

TEST_CASE("keys: a cursor ends when everything goes, and stays at the end") {
  TemporaryStore cache;
  for (int i = 0; i < 100; ++i) {
    REQUIRE(cache.put("key-" + std::to_string(i), "value") == PutOutcome::kStored);
  }
  KeyCursor cursor;
  REQUIRE(cursor.next(cache.session(), ""));
  REQUIRE(cache.session().clear());
  CHECK_FALSE(cursor.next(cache.session(), ""));
  REQUIRE(cache.put("new", "value") == PutOutcome::kStored);
  CHECK_FALSE(cursor.next(cache.session(), ""));
  CHECK(StoreInspector::writer(cache.session()).row->hazard.load() == 0);
}

TEST_CASE("keys: what a cursor finds can be read and pinned") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "value") == PutOutcome::kStored);
  KeyCursor cursor;
  const auto found = cursor.next(cache.session(), "");
  REQUIRE(found);
  CHECK(found->key == "key");
  CHECK(test::text_in(found->entry) == "value");
  REQUIRE(cache.session().try_pin(found->entry));
  cache.session().release();
  REQUIRE(cache.session().clear());
  CHECK(test::text_in(found->entry) == "value");
}

}  // namespace nitro
