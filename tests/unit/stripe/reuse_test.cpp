// What entries leave behind, and who gets it.
#include <algorithm>
#include <set>

#include "tests/support/catch.h"
#include "tests/support/temporary_store.h"

namespace nitro {

using test::get_text;
using test::put_text;
using test::TemporaryStore;

namespace {

std::uint64_t place_of(TemporaryStore& cache, std::string_view key) {
  const auto entry = cache.session().peek(key);  // leaves its mark as it is
  REQUIRE(entry);
  cache.session().release();
  return entry->block;
}

// Where a key's value comes to lie when it is stored so often.
std::set<std::uint64_t> places_of(TemporaryStore& cache, std::string_view key, int times,
                                  std::size_t size = 100) {
  std::set<std::uint64_t> places;
  for (int i = 0; i < times; ++i) {
    REQUIRE(cache.put(key, std::string(size, 'v')) == PutOutcome::kStored);
    places.insert(place_of(cache, key));
  }
  return places;
}

}  // namespace

TEST_CASE("reuse: a key that is stored again and again takes turns with its former places") {
  TemporaryStore cache;
  const std::size_t size = GENERATE(1, 100, 1000, 20'000);
  CAPTURE(size);
  CHECK(places_of(cache, "key", 1000, size).size() <= kSparesPerClass + 1);
  CHECK(cache.findings() == "");
}

TEST_CASE("reuse: many keys of many sizes do not fill the memory with what they leave behind") {
  TemporaryStore cache;
  std::vector<std::string> keys;
  for (int i = 0; i < 500; ++i) {
    keys.push_back("key-" + std::to_string(i));
  }
  for (int round = 0; round < 50; ++round) {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const std::size_t size = 50 + (i * 37 + static_cast<std::size_t>(round) * 11) % 1500;
      REQUIRE(cache.put(keys[i], std::string(size, 'v')) == PutOutcome::kStored);
    }
  }
  const Statistics statistics = cache.store().statistics();
  CHECK(statistics.evictions == 0);
  CHECK(statistics.entries == keys.size());
  // Beside 9 MB that were written, and 1.6 MB that are there.
  CHECK(statistics.moved_bytes < 500'000);
  CHECK(cache.findings() == "");
}

TEST_CASE("reuse: what is erased goes to the next new key") {
  TemporaryStore cache;
  const auto keys = test::keys_of_stripe(cache, 0, 200);
  for (const std::string& key : keys) {
    REQUIRE(cache.put(key, std::string(300, 'v')) == PutOutcome::kStored);
  }
  std::set<std::uint64_t> left;
  for (std::size_t i = 50; i < 80; ++i) {
    left.insert(place_of(cache, keys[i]));
    REQUIRE(cache.session().erase(keys[i]) == EraseOutcome::kErased);
  }
  const auto fresh = test::keys_of_stripe(cache, 0, 210);
  std::size_t in_them = 0;
  for (std::size_t i = 200; i < 210; ++i) {
    REQUIRE(cache.put(fresh[i], std::string(300, 'n')) == PutOutcome::kStored);
    in_them += left.count(place_of(cache, fresh[i]));
  }
  CHECK(in_them == 10);
  CHECK(cache.findings() == "");
}

TEST_CASE("reuse: a new key does not come where the hand comes soon") {
  TemporaryStore cache;
  const auto keys = test::keys_of_stripe(cache, 0, 4000);
  std::size_t next = 0;
  const auto put_next = [&] {
    REQUIRE(cache.put(keys.at(next), std::string(300, 'v')) == PutOutcome::kStored);
    REQUIRE(cache.get(keys[next]));  // so that they stay
    return place_of(cache, keys[next++]);
  };
  while (cache.store().statistics().evictions == 0) {
    static_cast<void>(put_next());
  }
  const Ring& ring = cache.stripes()[0].ring();
  test::forget_spares(cache.stripes()[0]);
  const std::uint64_t soon = ring.hand(Queue::kMain) + ring.size() / 10;
  std::set<std::uint64_t> left;
  for (std::size_t i = 0; i < next && left.size() < 15; ++i) {
    if (cache.session().has(keys[i])) {
      const std::uint64_t place = place_of(cache, keys[i]);
      const std::uint64_t position = place - ring.start();
      if (position > ring.hand(Queue::kMain) && position < soon) {
        left.insert(place);
        REQUIRE(cache.session().erase(keys[i]) == EraseOutcome::kErased);
      }
    }
  }
  REQUIRE(left.size() == 15);
  for (int i = 0; i < 10; ++i) {
    CHECK(left.count(put_next()) == 0);
  }
  // For one that is in use they are good enough.
  REQUIRE(cache.session().has(keys[next - 1]));
  CHECK(places_of(cache, keys[next - 1], 30, 300).size() < 20);
}

TEST_CASE("reuse: a place behind probation does not become the place of its hand") {
  TemporaryStore cache;
  const auto keys = test::keys_of_stripe(cache, 0, 4000);
  Stripe& stripe = cache.stripes()[0];
  const Ring& ring = stripe.ring();
  std::size_t next = 0;
  // The key whose entry lies where the main queue begins, and for which its hand comes late.
  const auto key_at_border = [&]() -> const std::string* {
    const std::uint64_t distance = ring.hand(Queue::kMain) - ring.border();
    if (ring.border() == 0 || distance > ring.size_of(Queue::kMain) / 2) {
      return nullptr;
    }
    const auto found = std::find_if(keys.begin(), keys.begin() + next, [&](const auto& key) {
      return cache.session().has(key) && place_of(cache, key) == ring.start() + ring.border();
    });
    return found == keys.begin() + next ? nullptr : &*found;
  };
  const std::string* key = nullptr;
  for (; key == nullptr || ring.hand(Queue::kMain) == ring.border(); key = key_at_border()) {
    REQUIRE(cache.put(keys.at(next), std::string(300, 'v')) == PutOutcome::kStored);
    REQUIRE(cache.session().find(keys[next++]));  // so that the main queue goes on, too
    cache.session().release();
  }
  const std::uint64_t border = ring.border();
  test::forget_spares(stripe);
  for (const std::string& other : keys) {
    if (stripe.state().spares.classes[3].count_retired() == kSparesPerClass - 1) {
      break;
    }
    if (cache.session().has(other) && place_of(cache, other) > ring.start() + border) {
      REQUIRE(cache.session().erase(other) == EraseOutcome::kErased);
    }
  }
  REQUIRE(cache.session().erase(*key) == EraseOutcome::kErased);
  // Its lap is over.
  auto& hand = stripe.state().ring.hands[static_cast<std::size_t>(Queue::kProbation)];
  hand.store(border, std::memory_order_relaxed);
  REQUIRE(cache.put(keys.at(next), std::string(300, 'n')) == PutOutcome::kStored);
  REQUIRE(place_of(cache, keys[next]) == ring.start() + border);
  CHECK(hand.load(std::memory_order_relaxed) == border);
  CHECK(cache.findings() == "");
}

TEST_CASE("reuse: a key that comes back counts as read where its place is on probation") {
  TemporaryStore cache;
  const auto keys = test::keys_of_stripe(cache, 0, 6000);
  const Ring& ring = cache.stripes()[0].ring();
  std::size_t next = 0;
  const auto put = [&](const std::string& key) {
    REQUIRE(cache.put(key, std::string(300, 'v')) == PutOutcome::kStored);
  };
  const auto position_of = [&](const std::string& key) {
    return place_of(cache, key) - ring.start();
  };
  const auto is_marked = [&](const std::string& key) {
    return ring.at(position_of(key))->mark.load() != 0;
  };
  while (next < 4000) {
    put(keys[next++]);
  }
  // The latest one that probation has evicted, and some that are in the half of it that its hand
  // has just passed.
  std::size_t evicted = next - 1;
  while (cache.session().has(keys[evicted])) {
    --evicted;
  }
  test::forget_spares(cache.stripes()[0]);
  const std::uint64_t hand = ring.hand(Queue::kProbation);
  const std::uint64_t border = ring.border();
  std::set<std::uint64_t> left;
  for (std::size_t i = next - 1; i > evicted && left.size() < 14; --i) {
    const std::uint64_t position = position_of(keys[i]);
    const std::uint64_t behind = (hand + border - position) % border;
    if (position < border && behind < border / 2) {
      left.insert(position);
      REQUIRE(cache.session().erase(keys[i]) == EraseOutcome::kErased);
    }
  }
  REQUIRE(left.size() == 14);
  put(keys[next]);
  REQUIRE(left.count(position_of(keys[next])) == 1);
  CHECK_FALSE(is_marked(keys[next]));
  put(keys[evicted]);
  REQUIRE(left.count(position_of(keys[evicted])) == 1);
  CHECK(is_marked(keys[evicted]));
}

TEST_CASE("reuse: what somebody reads or holds is left alone") {
  TemporaryStore cache;
  Session reader(cache.shared());
  Session holder(cache.shared());
  const std::string value(100, 'o');
  for (const char* key : {"read", "held"}) {
    REQUIRE(cache.put(key, value) == PutOutcome::kStored);
  }
  const auto read = reader.find("read");
  const auto held = holder.find("held");
  REQUIRE(read);
  REQUIRE(held);
  REQUIRE(holder.try_pin(*held));
  holder.release();
  CHECK(places_of(cache, "read", 200).count(read->block) == 0);
  CHECK(places_of(cache, "held", 200).count(held->block) == 0);
  CHECK(test::text_in(*read) == value);
  CHECK(test::text_in(*held) == value);
  CHECK(cache.findings() == "");
}

TEST_CASE("reuse: an entry that comes back to its former place is another one") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", std::string(100, 'v')) == PutOutcome::kStored);
  const auto before = cache.session().find_version("key");
  REQUIRE(before);
  cache.session().release();
  const std::uint64_t place = before->entry.block;
  int tries = 0;
  do {
    REQUIRE(cache.put("key", std::string(100, 'v')) == PutOutcome::kStored);
  } while (place_of(cache, "key") != place && ++tries < 1000);
  REQUIRE(place_of(cache, "key") == place);
  Condition unchanged{Condition::Kind::kUnchanged, before->version};
  CHECK(cache.session().put("key", test::text_value("new"), {kNever, &unchanged, {}}) ==
        PutOutcome::kConditionFailed);
}

TEST_CASE("reuse: a condition does not fail for what others of another size make free") {
  TemporaryStore cache;
  const auto keys = test::keys_of_stripe(cache, 0, 2);
  REQUIRE(cache.put(keys[0], std::string(5000, 'v')) == PutOutcome::kStored);
  const auto before = cache.session().find_version(keys[0]);
  REQUIRE(before);
  cache.session().release();
  places_of(cache, keys[1], 200);
  Condition unchanged{Condition::Kind::kUnchanged, before->version};
  CHECK(cache.session().put(keys[0], test::text_value("new"), {kNever, &unchanged, {}}) ==
        PutOutcome::kStored);
}

TEST_CASE("reuse: a condition does not fail for the room that was made for it") {
  TemporaryStore cache;
  const std::size_t size = GENERATE(100, 20'000);
  for (int i = 0; i < 100; ++i) {
    REQUIRE(cache.put("key", std::string(size, 'v')) == PutOutcome::kStored);
    const auto before = cache.session().find_version("key");
    REQUIRE(before);
    cache.session().release();
    Condition unchanged{Condition::Kind::kUnchanged, before->version};
    CHECK(cache.session().put("key", test::text_value(std::string(size, 'n')),
                              {kNever, &unchanged, {}}) == PutOutcome::kStored);
  }
}

TEST_CASE("reuse: what a large value leaves whose condition fails goes to the next try") {
  TemporaryStore cache;
  Session other(cache.shared());
  Session* const context = &other;
  const auto change = [](const void* of, std::span<std::byte>, std::uint64_t) noexcept {
    return put_text(**static_cast<Session* const*>(of), "key", "changed") == PutOutcome::kStored;
  };
  const Ring& ring = cache.stripe_of("key").ring();
  REQUIRE(cache.put("key", "old") == PutOutcome::kStored);
  const auto try_once = [&] {
    const auto before = cache.session().find_version("key");
    REQUIRE(before);
    cache.session().release();
    Condition unchanged{Condition::Kind::kUnchanged, before->version};
    const Value value{ValueKind::kShortString, {}, {change, &context, 100'000}};
    REQUIRE(cache.session().put("key", value, {kNever, &unchanged, {}}) ==
            PutOutcome::kConditionFailed);
  };
  try_once();
  const std::uint64_t hand = ring.hand(Queue::kMain);
  try_once();
  CHECK(ring.hand(Queue::kMain) - hand < 1000);
  CHECK(cache.findings() == "");
}

TEST_CASE("reuse: an entry may have a little more than it needs, and can be moved so") {
  TemporaryStore cache;
  const auto keys = test::keys_of_stripe(cache, 0, 2000);
  // The second value takes the first one's place, which is 16 bytes larger.
  places_of(cache, keys[0], 40, 1016);
  places_of(cache, keys[0], 40, 1000);
  const std::string last(1000, 'v');
  CHECK(cache.get(keys[0]) == last);
  CHECK(cache.findings() == "");
  for (std::size_t i = 1; i < keys.size(); ++i) {
    REQUIRE(cache.put(keys[i], std::string(1000, 'n')) == PutOutcome::kStored);
    REQUIRE(cache.get(keys[0]) == last);
  }
  CHECK(cache.store().statistics().evictions > 0);
  CHECK(cache.findings() == "");
}

TEST_CASE("reuse: where buckets are full, of keys that are all in use another one goes each time") {
  TemporaryStore cache;
  const auto keys = test::keys_of_two_buckets(cache, 0, 18);
  const auto is_there = [&](std::size_t i) { return cache.session().has(keys[i]); };
  for (std::size_t i = 0; i < 16; ++i) {
    REQUIRE(cache.put(keys[i], "value") == PutOutcome::kStored);
    REQUIRE(cache.get(keys[i]) == "value");
  }
  REQUIRE(cache.put(keys[16], "value") == PutOutcome::kStored);
  // All but the latest of those that are left are read again; it goes next.
  std::size_t unread = 15;
  while (!is_there(unread)) {
    --unread;
  }
  for (std::size_t i = 0; i < 17; ++i) {
    if (i != unread && is_there(i)) {
      REQUIRE(cache.get(keys[i]) == "value");
    }
  }
  REQUIRE(cache.put(keys[17], "value") == PutOutcome::kStored);
  CHECK_FALSE(is_there(unread));
  CHECK(is_there(16));
  CHECK(is_there(17));
}

}  // namespace nitro
