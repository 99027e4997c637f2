// Deaths while room is made: the hand clears a stretch, that is it evicts, moves, jumps, joins,
// leaves holes.
#include <algorithm>

#include "tests/crash/walk.h"
#include "tests/support/catch.h"

namespace nitro {

using test::put_text;
using test::TemporaryStore;
using test::Walk;

namespace {

// Too large for probation, and not.
const std::string kLarge(4'000, 'n');
const std::string kSmall(1'500, 'n');

// A stripe with more than fits: values of two sizes; some are read, some held, some erased, some of
// both, some expired; no spare blocks. Gives so many keys that are not in it, of the same stripe.
std::vector<std::string> fill_stripe(Walk& walk, const std::string& value,
                                     std::size_t fresh_count) {
  TemporaryStore& cache = walk.cache();
  // So many that the hand stands before some that may go; run() says so when it does not.
  constexpr std::size_t kStored = 114;
  auto keys = test::keys_of_stripe(cache, 0, kStored + fresh_count);
  const std::vector<std::string> fresh(keys.begin() + kStored, keys.end());
  keys.resize(kStored);
  std::vector<std::string> unheld;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string& key = keys[i];
    const std::size_t size = i % 7 == 3 ? 9'000 : 1500 + i;
    REQUIRE(cache.put(key, std::string(size, 'v'), i % 5 == 4 ? cache.in(10) : kNever) ==
            PutOutcome::kStored);
    const bool is_held = i % 12 == 1 || i % 24 == 5;
    if (is_held) {
      walk.pin(key);
    }
    if (i % 6 == 5) {
      REQUIRE(cache.session().erase(key) == EraseOutcome::kErased);
    } else if (!is_held) {
      unheld.push_back(key);
    }
    test::forget_spares(cache.stripes()[0]);
  }
  REQUIRE(cache.store().statistics().evictions > 0);
  for (std::size_t i = 0; i < keys.size(); i += 3) {
    static_cast<void>(cache.get(keys[i]));  // read while it is still there
  }
  cache.clock().advance(Milliseconds{10});
  walk.remember(keys);
  walk.remember(fresh);
  // What nobody has read since the hand was there, and nobody holds. The walks are shorter than a
  // lap, so nothing else may go.
  std::erase_if(unheld, [&](const std::string& key) {
    return !cache.session().has(key) || walk.is_marked(key);
  });
  walk.may_evict(unheld, unheld.size());
  for (const std::string& key : fresh) {
    walk.allow(key, value);
  }
  return fresh;
}

// All that the hand does with a block has been done.
void require_all_was_met(const Statistics& before, const Statistics& after) {
  REQUIRE(after.evictions > before.evictions);
  REQUIRE(after.moved_bytes > before.moved_bytes);
  REQUIRE(after.expired > before.expired);
}

}  // namespace

TEST_CASE("death at any instruction: of puts that make room") {
  Walk walk;
  const auto fresh = fill_stripe(walk, kLarge, 3);
  const Statistics before = walk.cache().store().statistics();
  NITRO_WALK(walk, [&](Session& session) {
    for (const std::string& key : fresh) {
      put_text(session, key, kLarge);
    }
  })
  require_all_was_met(before, walk.cache().store().statistics());
}

TEST_CASE("death at any instruction: of puts that make room on probation") {
  Walk walk;
  const auto fresh = fill_stripe(walk, kSmall, 6);
  const Statistics before = walk.cache().store().statistics();
  NITRO_WALK(walk, [&](Session& session) {
    for (const std::string& key : fresh) {
      put_text(session, key, kSmall);
    }
  })
  require_all_was_met(before, walk.cache().store().statistics());
}

// The border moves for the first time.
TEST_CASE("death at any instruction: of the put that makes probation") {
  const auto fill = [](TemporaryStore& cache, std::size_t most) {
    const auto keys = test::keys_of_stripe(cache, 0, 400);
    std::size_t count = 0;
    while (count < most && cache.stripes()[0].ring().border() == 0) {
      REQUIRE(cache.put(keys[count++], kSmall) == PutOutcome::kStored);
    }
    return std::vector<std::string>(keys.begin(),
                                    keys.begin() + static_cast<std::ptrdiff_t>(count) + 1);
  };
  std::size_t count = 0;
  {
    Walk tried;
    count = fill(tried.cache(), 399).size() - 1;
  }
  Walk walk;
  auto keys = fill(walk.cache(), count - 1);
  walk.remember(keys);
  const std::string fresh = keys.back();
  keys.pop_back();
  walk.may_evict(keys, keys.size());
  walk.allow(fresh, kSmall);
  REQUIRE(walk.cache().stripes()[0].ring().border() == 0);
  NITRO_WALK(walk, [&](Session& session) { put_text(session, fresh, kSmall); })
  CHECK(walk.cache().stripes()[0].ring().border() > 0);
}

TEST_CASE("death at any instruction: of puts that move the border over a hand, and back") {
  Walk walk;
  TemporaryStore& cache = walk.cache();
  const Ring& ring = cache.stripes()[0].ring();
  auto& wanted = cache.stripes()[0].state().ring.wanted_border;
  auto keys = test::keys_of_stripe(cache, 0, 500);
  const std::vector<std::string> fresh(keys.end() - 2, keys.end());
  keys.resize(keys.size() - 2);
  std::size_t next = 0;
  const auto put_next = [&](const std::string& value) {
    REQUIRE(cache.put(keys.at(next++), value) == PutOutcome::kStored);
  };
  while (ring.border() == 0) {
    put_next(kSmall);
  }
  // Round the main queue, until its hand is near its begin.
  const auto is_near = [&] { return ring.hand(Queue::kMain) < ring.border() + ring.size() / 8; };
  while (!is_near()) {
    put_next(kLarge);
  }
  wanted.store(ring.size() / 2);
  const bool there_and_back = GENERATE(false, true);
  if (there_and_back) {
    while (ring.border() < ring.size() / 2) {
      put_next(kSmall);
    }
    wanted.store(ring.size() / 10);
  }
  test::forget_spares(cache.stripes()[0]);
  walk.remember(keys);
  walk.remember(fresh);
  std::erase_if(keys, [&](const std::string& key) { return !cache.session().has(key); });
  walk.may_evict(keys, keys.size());
  for (const std::string& key : fresh) {
    walk.allow(key, kSmall);
  }
  const std::uint64_t border = ring.border();
  const std::uint64_t hand = ring.hand(Queue::kMain);
  NITRO_WALK(walk, [&](Session& session) {
    for (int i = 0; i < 14; ++i) {
      put_text(session, fresh[static_cast<std::size_t>(i) % 2], kSmall);
      test::forget_spares(cache.stripes()[0]);
    }
  })
  CHECK((there_and_back ? ring.border() < border : ring.border() > hand));
}

TEST_CASE("death at any instruction: of puts that make room, and of who takes over") {
  Walk walk;
  const auto fresh = fill_stripe(walk, kLarge, 4);
  NITRO_WALK(walk, {{[&](Session& session) {
                       for (std::size_t i = 0; i < 3; ++i) {
                         put_text(session, fresh[i], kLarge);
                       }
                     },
                     89},
                    {[&](Session& session) { put_text(session, fresh[3], kLarge); }}})
}

}  // namespace nitro
