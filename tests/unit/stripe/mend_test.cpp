// What a dying writer leaves, written by hand; and what its successor makes of it.
#include <cstring>

#include "core/store/verify.h"

#include "tests/support/catch.h"
#include "tests/support/temporary_store.h"

namespace nitro {

using test::TemporaryStore;

namespace {

// A cache with one entry, whose stripe a dead process holds.
struct Fixture {
  Fixture() {
    REQUIRE(cache.put("key", "value") == PutOutcome::kStored);
    REQUIRE(cache.put(neighbour, "value") == PutOutcome::kStored);
  }

  KeyHash hash(std::string_view key) { return hash_key(key, stripe.seed()); }
  Slot& slot_of(std::string_view key) {
    StripeGuard held(stripe, writer());
    Slot* slot = stripe.find(held, hash(key), key);
    REQUIRE(slot != nullptr);
    return *slot;
  }
  const Writer& writer() {
    REQUIRE(StoreInspector::begin_call(cache.session()));
    return StoreInspector::writer(cache.session());
  }
  // An owner that never was is as dead as one that is no more.
  void die_with_lock() { stripe.state().lock.owner.store(std::uint64_t{77} << 32 | 200); }
  // The first who comes afterwards takes over.
  void take_over() {
    const std::uint64_t before = cache.store().statistics().recoveries;
    StripeGuard held(stripe, writer());
    REQUIRE(held.has_lock());
    REQUIRE(cache.store().statistics().recoveries == before + 1);
  }
  void write_journal(const Slot& slot, std::uint64_t word, std::uint64_t bytes,
                     std::uint64_t entries) {
    Journal& journal = state.journal;
    journal.word.store(word);
    journal.live_bytes.store(bytes);
    journal.live_entries.store(entries);
    journal.slot.store(stripe.index().number_of(slot) + 1);
  }

  TemporaryStore cache;
  Stripe& stripe = cache.stripe_of("key");
  StripeState& state = stripe.state();
  const std::string neighbour = test::keys_of_stripe(cache, stripe.number(), 1).front();
  const std::uint64_t size = Block::size_for(3, 5);
};

}  // namespace

TEST_CASE("mend: a dead owner with nothing under way leaves nothing to do") {
  Fixture f;
  f.die_with_lock();
  f.take_over();
  CHECK(f.cache.findings() == "");
  CHECK(f.cache.get("key") == "value");
}

TEST_CASE("mend: a withdrawal that was only announced has not happened") {
  Fixture f;
  const std::uint64_t bytes = f.state.live_bytes;
  f.write_journal(f.slot_of("key"), 0, bytes - f.size, 1);
  f.die_with_lock();
  f.take_over();
  CHECK(f.state.live_bytes == bytes);
  CHECK(f.state.live_entries == 2);
  CHECK(f.state.journal.slot == 0);
  CHECK(f.cache.findings() == "");
  CHECK(f.cache.get("key") == "value");
}

TEST_CASE("mend: a withdrawal after which the totals are missing is counted") {
  Fixture f;
  Slot& slot = f.slot_of("key");
  f.write_journal(slot, 0, f.state.live_bytes - f.size, 1);
  slot.store(0);
  f.die_with_lock();
  f.take_over();
  CHECK(f.state.live_entries == 1);
  CHECK(f.state.journal.slot == 0);
  CHECK(f.cache.findings() == "");
  CHECK(f.cache.get("key") == std::nullopt);
}

TEST_CASE("mend: a withdrawal that lacks one of the totals is counted") {
  Fixture f;
  Slot& slot = f.slot_of("key");
  const std::uint64_t bytes = f.state.live_bytes - f.size;
  f.write_journal(slot, 0, bytes, 1);
  slot.store(0);
  f.state.live_bytes.store(bytes);
  f.die_with_lock();
  f.take_over();
  CHECK(f.cache.findings() == "");
}

TEST_CASE("mend: a withdrawal that lacks only the end of its announcement is counted once") {
  Fixture f;
  Slot& slot = f.slot_of("key");
  const std::uint64_t bytes = f.state.live_bytes - f.size;
  f.write_journal(slot, 0, bytes, 1);
  slot.store(0);
  f.state.live_bytes.store(bytes);
  f.state.live_entries.store(1);
  f.die_with_lock();
  f.take_over();
  CHECK(f.state.live_entries == 1);
  CHECK(f.cache.findings() == "");
}

TEST_CASE("mend: a new block that was stored but not linked is garbage") {
  Fixture f;
  BlockContent content;
  content.key = "new";
  const std::uint64_t new_size = content.block_size();
  {
    StripeGuard held(f.stripe, f.writer());
    Ring ring = f.stripe.ring();
    Block* block = ring.front(Queue::kMain, new_size);
    REQUIRE(fill(*block, content, 0));
    block->deadline.store(0);
    ring.commit(block, BlockState::kStored, new_size);
  }
  Slot* empty = f.stripe.index().find_empty(f.hash("new"));
  REQUIRE(empty != nullptr);
  f.write_journal(*empty, 12345, f.state.live_bytes + new_size, 3);
  f.die_with_lock();
  f.take_over();
  CHECK(f.state.live_entries == 2);
  CHECK(f.cache.findings() == "");
  CHECK_FALSE(f.cache.session().has("new"));
}

TEST_CASE("mend: a new block that was linked but not counted is counted") {
  Fixture f;
  BlockContent content;
  content.key = "new";
  const std::uint64_t new_size = content.block_size();
  const KeyHash hash = f.hash("new");
  Slot* empty = f.stripe.index().find_empty(hash);
  REQUIRE(empty != nullptr);
  std::uint64_t word = 0;
  {
    StripeGuard held(f.stripe, f.writer());
    Ring ring = f.stripe.ring();
    Block* block = ring.front(Queue::kMain, new_size);
    REQUIRE(fill(*block, content, 0));
    block->deadline.store(0);
    ring.commit(block, BlockState::kStored, new_size);
    word = IndexWord::of(hash, ring.offset_of(block)).value;
  }
  f.write_journal(*empty, word, f.state.live_bytes + new_size, 3);
  empty->store(word);
  f.die_with_lock();
  f.take_over();
  CHECK(f.state.live_entries == 3);
  CHECK(f.cache.findings() == "");
}

TEST_CASE("mend: fresh memory that was half filled at the hand is one free block again") {
  Fixture f;
  Ring ring = f.stripe.ring();
  {
    StripeGuard held(f.stripe, f.writer());
    // As fill() leaves it: everything but the block's word.
    std::memset(
        reinterpret_cast<std::byte*>(ring.at(ring.hand(Queue::kMain))) + sizeof(std::uint32_t),
        0xab, 300);
  }
  f.die_with_lock();
  f.take_over();
  CHECK(ring.window(Queue::kMain) == ring.extent() - ring.hand(Queue::kMain));
  CHECK(f.cache.findings() == "");
  // What is written there next ends in the middle of the remains.
  for (int i = 0; i < 20; ++i) {
    REQUIRE(f.cache.put("key", std::string(static_cast<std::size_t>(i) * 8, 'v')) ==
            PutOutcome::kStored);
    REQUIRE(f.cache.findings() == "");
  }
}

TEST_CASE("mend: a block that was committed while the hand still points at it is walked over") {
  Fixture f;
  Ring ring = f.stripe.ring();
  {
    StripeGuard held(f.stripe, f.writer());
    const std::uint64_t hand = ring.hand(Queue::kMain);
    BlockContent content;
    content.key = "new";
    Block* block = ring.front(Queue::kMain, content.block_size());
    REQUIRE(fill(*block, content, 0));
    block->deadline.store(0);
    ring.commit(block, BlockState::kStored, content.block_size());
    ring.set_hand(Queue::kMain, hand);
  }
  f.die_with_lock();
  f.take_over();
  CHECK(f.cache.findings() == "");
  CHECK(f.cache.put("key", "after") == PutOutcome::kStored);
  CHECK(f.cache.get("key") == "after");
  CHECK(f.cache.findings() == "");
}

TEST_CASE("mend: a journal that names no slot of this stripe is dropped") {
  Fixture f;
  f.state.journal.slot.store(f.stripe.index().slot_count() + 1);
  f.die_with_lock();
  f.take_over();
  CHECK(f.state.journal.slot == 0);
  CHECK(f.cache.findings() == "");
}

TEST_CASE("mend: happens once, however often the successor dies in the middle of it") {
  Fixture f;
  Slot& slot = f.slot_of("key");
  f.write_journal(slot, 0, f.state.live_bytes - f.size, 1);
  slot.store(0);
  f.state.live_bytes.store(f.state.live_bytes - f.size);
  for (int i = 0; i < 3; ++i) {
    f.die_with_lock();
  }
  f.take_over();
  f.stripe.mend();
  CHECK(f.cache.findings() == "");
}

}  // namespace nitro
