// Each invariant is broken on purpose, so that no check can be empty.
#include "core/store/verify.h"

#include "tests/support/catch.h"
#include "tests/support/temporary_store.h"

namespace nitro {

using test::TemporaryStore;

namespace {

// A sound cache, with one entry and garbage in the stripe that is broken.
struct Fixture {
  Fixture() {
    REQUIRE(cache.put("key", "old value") == PutOutcome::kStored);
    REQUIRE(cache.put("key", "value", cache.in(1000)) == PutOutcome::kStored);
    REQUIRE(StoreInspector::begin_call(cache.session()));
    {
      StripeGuard held(stripe, StoreInspector::writer(cache.session()));
      slot = stripe.find(held, hash, "key");
    }
    REQUIRE(slot != nullptr);
    REQUIRE(findings() == "");
  }
  std::string findings() { return cache.findings(); }

  // Exactly this is found, and nothing when it is undone.
  void check_names(const std::string& sentence) {
    const std::string found = findings();
    INFO(found);
    CHECK(found.find(sentence) != std::string::npos);
  }
  Block& block() { return *stripe.block_of(*slot); }
  std::uint64_t position() { return stripe.ring().position_of(&block()); }
  Row& own_row() { return *StoreInspector::writer(cache.session()).row; }

  TemporaryStore cache;
  Stripe& stripe = cache.stripe_of("key");
  StripeState& state = stripe.state();
  KeyHash hash = hash_key("key", stripe.seed());
  Slot* slot = nullptr;
};

// Changes a shared word for as long as it lives.
template <typename T>
class Changed {
 public:
  Changed(SharedAtomic<T>& word, T value) : word_(word), before_(word.exchange(value)) {}
  ~Changed() { word_.store(before_); }
  Changed(const Changed&) = delete;
  Changed& operator=(const Changed&) = delete;

 private:
  SharedAtomic<T>& word_;
  T before_;
};

}  // namespace

TEST_CASE("verify: an empty cache is sound") {
  TemporaryStore cache;
  CHECK(cache.findings() == "");
}

TEST_CASE("verify: a sound one stays sound when what was broken is undone") {
  Fixture f;
  {
    const Changed change(f.state.live_entries, std::uint64_t{9});
    CHECK(f.findings() != "");
  }
  CHECK(f.findings() == "");
}

TEST_CASE("verify: header with another magic number or layout") {
  Fixture f;
  SegmentHeader& header = StoreInspector::segment(f.cache.store()).header();
  std::uint64_t& field = GENERATE(0, 1) == 0 ? header.magic : header.core_layout;
  field += 1;
  f.check_names("magic or layout number has changed");
  field -= 1;
}

TEST_CASE("verify: header with another size") {
  Fixture f;
  SegmentHeader& header = StoreInspector::segment(f.cache.store()).header();
  header.size += 4096;
  f.check_names("The header says 2101248 bytes, but 2097152 were mapped");
  header.size -= 4096;
}

TEST_CASE("verify: header with an unknown state") {
  Fixture f;
  const Changed change(StoreInspector::segment(f.cache.store()).header().state, 3U);
  f.check_names("unknown state 3");
}

TEST_CASE("verify: more rows in use than there are") {
  Fixture f;
  auto& table =
      *StoreInspector::segment(f.cache.store())
           .at(Offset<ProcessTableState>(StoreInspector::geometry(f.cache.store()).table_offset));
  const Changed change(table.rows_in_use, kRowCount + 1);
  f.check_names("257 of 256 rows are in use");
}

TEST_CASE("verify: a hazard outside the rings") {
  Fixture f;
  Session other(f.cache.shared());
  REQUIRE(StoreInspector::begin_call(other));
  Row& row = *StoreInspector::writer(other).row;
  for (const std::uint64_t offset : {std::uint64_t{64}, (2_MiB).value}) {
    const Changed change(row.hazard, offset);
    f.check_names("Row 1: the hazard " + std::to_string(offset) + " lies outside the rings");
  }
}

TEST_CASE("verify: a pin outside the rings") {
  Fixture f;
  const Changed pin(f.own_row().pins[0], 4U);
  const Changed count(f.own_row().pin_count, 1U);
  f.check_names("Row 0: the pin 64 lies outside the rings");
}

TEST_CASE("verify: more pins than a row can hold") {
  Fixture f;
  const Changed count(f.own_row().pin_count, kMaxPins + 1);
  f.check_names("Row 0: 257 pins of at most 256");
}

TEST_CASE("verify: a hand or an extent outside the ring") {
  Fixture f;
  {
    const Changed change(f.state.ring.hands[1], f.stripe.ring().extent() + 16);
    f.check_names("is no block's start");
  }
  const Changed change(f.state.ring.extent, f.stripe.ring().size() + 16);
  f.check_names("lies outside the ring");
}

TEST_CASE("verify: a hand that is no block's start") {
  Fixture f;
  const Changed change(f.state.ring.hands[1], f.position() + 16);
  f.check_names("is no block's start");
}

TEST_CASE("verify: a spare block that is no block's start") {
  Fixture f;
  SpareClass& spares = f.state.spares.classes[1];
  const Changed word(spares.words[0], (f.position() + 16) / kBlockUnit << 32);
  const Changed change(spares.free_count, 1U);
  f.check_names("spare block at " + std::to_string(f.position() + 16) + " is no block's start");
}

TEST_CASE("verify: a block without a size, or one that leaves the ring") {
  Fixture f;
  const std::string sentence =
      "the block at " + std::to_string(f.position()) + " has a size of 0 or leaves the ring";
  {
    const Changed change(f.block().word, BlockWord::of(BlockState::kStored, 0).value);
    f.check_names(sentence);
  }
  const Changed change(f.block().word,
                       BlockWord::of(BlockState::kStored, f.stripe.ring().size()).value);
  f.check_names(sentence);
}

TEST_CASE("verify: a block with an unknown state") {
  Fixture f;
  const Changed change(
      f.block().word,
      BlockWord::of(static_cast<BlockState>(9), f.block().load_word().size()).value);
  f.check_names("has the unknown state 9");
}

TEST_CASE("verify: a key or a value that does not fit its block") {
  Fixture f;
  std::uint32_t& length = GENERATE(0, 1) == 0 ? f.block().key_length : f.block().value_length;
  const std::uint32_t before = std::exchange(length, 5000);
  f.check_names("do not fit the block");
  length = before;
}

TEST_CASE("verify: a slot that leads to no block's start") {
  Fixture f;
  const std::uint64_t off_by_a_unit = f.slot->load() + kBlockUnit;
  const Changed change(*f.slot, off_by_a_unit);
  f.check_names("where no block begins");
}

TEST_CASE("verify: a slot that leads to a block that is not stored") {
  Fixture f;
  for (const BlockState state : {BlockState::kFree, BlockState::kBuilding, BlockState::kRetired}) {
    const Changed change(f.block().word, BlockWord::of(state, f.block().load_word().size()).value);
    f.check_names("which has state " + std::to_string(static_cast<int>(state)));
  }
}

TEST_CASE("verify: a tag that is not its key's") {
  Fixture f;
  const Changed change(*f.slot, f.slot->load() ^ (std::uint64_t{1} << 63));
  f.check_names("is not that of its key");
}

TEST_CASE("verify: a word in neither of its key's buckets") {
  Fixture f;
  const auto buckets = f.stripe.index().buckets_of(f.hash);
  std::uint64_t number = 0;
  while (&f.stripe.index().bucket(number) == buckets[0] ||
         &f.stripe.index().bucket(number) == buckets[1]) {
    ++number;
  }
  Slot& wrong = f.stripe.index().bucket(number).slots[0];
  REQUIRE(wrong.load() == 0);
  const Changed there(wrong, f.slot->load());
  const Changed here(*f.slot, std::uint64_t{0});
  f.check_names("is in neither of its key's buckets");
}

TEST_CASE("verify: two words of one key") {
  Fixture f;
  // The older block of the same key, linked once more.
  const Ring& ring = f.stripe.ring();
  Block* old = ring.at(0);
  REQUIRE(old->key() == "key");
  REQUIRE(old != &f.block());
  const Changed state(old->word, BlockWord::of(BlockState::kStored, old->load_word().size()).value);
  Slot* empty = f.stripe.index().find_empty(f.hash);
  REQUIRE(empty != nullptr);
  const Changed change(*empty, IndexWord::of(f.hash, ring.offset_of(old)).value);
  f.check_names("is a second word of its key");
}

TEST_CASE("verify: a block that is linked twice") {
  Fixture f;
  Slot* empty = f.stripe.index().find_empty(f.hash);
  const Changed change(*empty, f.slot->load());
  f.check_names("is linked twice");
}

TEST_CASE("verify: a deadline before the stripe's next one") {
  Fixture f;
  {
    const Changed change(f.state.next_deadline, f.state.next_deadline.load() + 1);
    f.check_names("lies before the stripe's next one");
  }
  const Changed change(f.state.next_deadline, std::int64_t{0});
  f.check_names("lies before the stripe's next one");
}

TEST_CASE("verify: live bytes that are not those of the linked blocks") {
  Fixture f;
  const Changed change(f.state.live_bytes, f.state.live_bytes.load() + 16);
  f.check_names("live bytes are counted");
}

TEST_CASE("verify: a number of entries that is not that of the linked blocks") {
  Fixture f;
  const Changed change(f.state.live_entries, std::uint64_t{2});
  f.check_names("2 entries are counted, 1 are linked");
}

TEST_CASE("verify: a change that is under way although nobody is writing") {
  Fixture f;
  const Changed change(f.state.journal.slot, std::uint64_t{1});
  f.check_names("the journal names a change");
}

TEST_CASE("verify: a stripe that cannot be locked") {
  StoreOptions options;
  options.lock_timeout = Milliseconds{10};
  TemporaryStore cache(options);
  Session other(cache.shared());
  REQUIRE(StoreInspector::begin_call(other));
  StripeLockWord& lock = cache.stripes()[2].state().lock;
  REQUIRE(try_lock(lock, StoreInspector::writer(other).owner));
  CHECK(cache.findings().find("Stripe 2: the lock could not be had") != std::string::npos);
  unlock(lock);
}

TEST_CASE("verify: names a hundred findings, and counts the others") {
  Fixture f;
  // Every entry of the stripe is wrong.
  for (const std::string& key : test::keys_of_stripe(f.cache, f.stripe.number(), 150)) {
    REQUIRE(f.cache.put(key, "value", f.cache.in(5)) == PutOutcome::kStored);
  }
  const Changed change(f.state.next_deadline, INT64_MAX);
  const auto lines = verify(f.cache.session());
  REQUIRE(lines.size() == 101);
  CHECK(lines.back() == "\u2026 and 51 more.");
}

}  // namespace nitro
