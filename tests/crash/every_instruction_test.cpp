// A writer's death at each of its instructions.
//
// The writer is run one instruction at a time. Whenever it has changed the segment, a copy is made
// of it: that is what a death at this point leaves, since in the copy nobody is alive. Then a
// survivor attaches to the copy and goes on.
#include <algorithm>
#include <cstring>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "core/store/sweep.h"
#include "core/store/verify.h"

#include "tests/support/aftermath.h"
#include "tests/support/catch.h"
#include "tests/support/flood.h"
#include "tests/support/temporary_segment.h"
#include "tests/support/temporary_store.h"
#include "tests/support/traced_child.h"

namespace nitro {

using test::Aftermath;
using test::get_text;
using test::joined;
using test::put_text;
using test::TemporaryStore;
using test::TracedChild;

namespace {

// A key's value, or that it is not there.
using Seen = std::optional<std::string>;

class Walk {
 public:
  explicit Walk(StoreOptions options = {}) : cache_(small(std::move(options))) {}

  TemporaryStore& cache() { return cache_; }

  // Notes what the survivors must find: the keys as they are now, whatever happens to `changing`.
  void remember(const std::vector<std::string>& keys) {
    for (const std::string& key : keys) {
      seen_[key] = {cache_.get(key)};
    }
  }
  // This is also right for that key.
  void allow(const std::string& key, Seen value) { seen_[key].push_back(std::move(value)); }
  void allow_loss_of_all() {
    for (auto& [key, values] : seen_) {
      values.emplace_back(std::nullopt);
    }
  }

  // Looks also after each change of what rows hold.
  void look_at_rows() { looks_at_rows_ = true; }

  // False: tracing is forbidden here.
  [[nodiscard]] bool run(const std::function<void(Session&)>& operation) {
    TracedChild writer([&] {
      const auto store = cache_.attach();
      Session session(store);
      static_cast<void>(session.has("so that it has a row"));
      TracedChild::mark();
      operation(session);
      TracedChild::mark();
      return 0;
    });
    if (!writer.is_available()) {
      return false;
    }
    REQUIRE(writer.run_to_mark());
    last_.assign(begin(), end());
    while (writer.step()) {
      ++instructions_;
      look();
    }
    REQUIRE(writer.is_at_mark());
    REQUIRE(states_ > 3);
    return true;
  }

 private:
  // After so many changes of a ring's bytes in a row a value is being copied: then only some of
  // them are looked at, and the last one, which may be more than that.
  static constexpr std::uint64_t kLongCopy = 24;
  static constexpr std::uint64_t kOneOf = 256;

  static StoreOptions small(StoreOptions options) {
    options.size = kSmallestSegment;
    return options;
  }

  [[nodiscard]] const std::byte* begin() const {
    return StoreInspector::segment(cache_.store()).base();
  }
  [[nodiscard]] const std::byte* end() const { return begin() + kSmallestSegment.value; }

  [[nodiscard]] bool is_changed(std::uint64_t offset, std::uint64_t length) const {
    return std::memcmp(begin() + offset, last_.data() + offset, length) != 0;
  }

  // What rows count and name is not looked at as a rule: it matters together with the rest only.
  void look() {
    const Geometry& geometry = StoreInspector::geometry(cache_.store());
    const std::uint64_t from = looks_at_rows_ ? geometry.table_offset : geometry.stripes_offset;
    const bool is_index_changed = is_changed(from, geometry.rings_offset - from);
    const auto stripes = cache_.stripes();
    const bool is_ring_changed =
        std::any_of(stripes.begin(), stripes.end(), [this](const Stripe& stripe) {
          return is_changed(stripe.ring().start(), stripe.ring().extent());
        });
    if (!is_index_changed && !is_ring_changed) {
      return;
    }
    if (is_index_changed && is_last_skipped_) {
      go_on_after_death();
    }
    last_.assign(begin(), end());
    ring_changes_ = is_index_changed ? 0 : ring_changes_ + 1;
    is_last_skipped_ = ring_changes_ >= kLongCopy && ring_changes_ % kOneOf != 0;
    if (!is_last_skipped_) {
      go_on_after_death();
    }
  }

  void go_on_after_death() {
    ++states_;
    CAPTURE(instructions_, states_);
    const Aftermath aftermath(last_, cache_.options());
    const auto store = aftermath.attach();
    Session survivor(store);

    // Readers take no lock: nothing has been mended yet.
    std::uint64_t found = 0;
    for (const auto& [key, values] : seen_) {
      const Seen value = get_text(survivor, key);
      CAPTURE(key, value.value_or("(absent)").substr(0, 20));
      REQUIRE(std::find(values.begin(), values.end(), value) != values.end());
      found += value.has_value() ? 1 : 0;
    }
    REQUIRE(joined(verify(survivor)) == "");
    REQUIRE(store->statistics().entries >= found);

    for (const auto& [key, values] : seen_) {
      REQUIRE(put_text(survivor, key, "new") == PutOutcome::kStored);
      REQUIRE(get_text(survivor, key) == "new");
    }
    REQUIRE(joined(verify(survivor)) == "");

    sweep(survivor);
    REQUIRE(survivor.clear());
    REQUIRE(store->statistics().usage == ByteCount{0});
    REQUIRE(store->statistics().rows_used == 1);
    for (const Stripe& stripe : StoreInspector::stripes(*store)) {
      REQUIRE(stripe.state().pinned_bytes.load() == 0);
    }
  }

  TemporaryStore cache_;
  std::map<std::string, std::vector<Seen>> seen_;
  std::vector<std::byte> last_;
  std::uint64_t instructions_ = 0;
  std::uint64_t states_ = 0;
  std::uint64_t ring_changes_ = 0;
  bool is_last_skipped_ = false;
  bool looks_at_rows_ = false;
};

// `count` keys of one stripe, stored, of which the first is "the" key.
std::vector<std::string> store_some(Walk& walk, std::size_t count, std::size_t value_size = 40) {
  auto keys = test::keys_of_stripe(walk.cache(), 0, count);
  for (const std::string& key : keys) {
    REQUIRE(walk.cache().put(key, std::string(value_size, 'o')) == PutOutcome::kStored);
  }
  return keys;
}

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

#define NITRO_WALK(walk, operation)                 \
  if (!(walk).run(operation)) {                     \
    NITRO_SKIP("processes may not be traced here"); \
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
  auto keys = store_some(walk, 3);
  keys.push_back("key");
  walk.remember(keys);
  walk.allow("key", "value");
  NITRO_WALK(walk, [](Session& session) { put_text(session, "key", "value"); })
}

TEST_CASE("death at any instruction: of an overwriting put") {
  Walk walk;
  const auto keys = store_some(walk, 3);
  walk.remember(keys);
  walk.allow(keys[0], "value");
  const MonotonicTime deadline = walk.cache().in(1000);
  NITRO_WALK(walk, [&](Session& session) { put_text(session, keys[0], "value", deadline); })
}

TEST_CASE("death at any instruction: of a put that is filled without the lock") {
  Walk walk;
  const auto keys = store_some(walk, 3);
  walk.remember(keys);
  const std::string large(9000, 'l');
  walk.allow(keys[0], large);
  NITRO_WALK(walk, [&](Session& session) { put_text(session, keys[0], large); })
}

TEST_CASE("death at any instruction: of an erase") {
  Walk walk;
  const auto keys = store_some(walk, 3);
  walk.remember(keys);
  walk.allow(keys[0], std::nullopt);
  NITRO_WALK(walk, [&](Session& session) { static_cast<void>(session.erase(keys[0])); })
}

TEST_CASE("death at any instruction: of a counter's creation, addition and change of kind") {
  Walk walk;
  auto keys = store_some(walk, 3);
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
  const auto keys = store_some(walk, 5);
  walk.remember(keys);
  walk.allow_loss_of_all();
  NITRO_WALK(walk, [&](Session& session) { static_cast<void>(session.clear()); })
}

TEST_CASE("death at any instruction: of a sweep") {
  Walk walk;
  const auto keys = store_some(walk, 3);
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
  const auto keys = test::keys_of_two_buckets(walk.cache(), 0, 2 * kSlotsPerBucket + 1);
  const std::string& fresh = keys.back();
  for (const std::string& key : keys) {
    if (&key != &fresh) {
      REQUIRE(walk.cache().put(key, std::string(40, 'o')) == PutOutcome::kStored);
    }
  }
  REQUIRE(walk.cache().store().statistics().entries == 2 * kSlotsPerBucket);
  walk.remember(keys);
  walk.allow_loss_of_all();
  walk.allow(fresh, "value");
  NITRO_WALK(walk, [&](Session& session) { put_text(session, fresh, "value"); })
}

TEST_CASE("death at any instruction: of attaching, taking a row, pinning, and giving all back") {
  Walk walk;
  const auto keys = store_some(walk, 3, 3000);
  walk.remember(keys);
  walk.look_at_rows();
  NITRO_WALK(walk, [&](Session&) {
    Session second(walk.cache().attach());
    for (const std::string& key : keys) {
      const auto entry = second.find(key);
      static_cast<void>(entry && second.try_pin(*entry));
      second.release();
    }
    second.drop_pins();
  })
}

namespace {

// As if the owner of the key's stripe had died when it had unlinked the key, and had not changed
// the totals yet.
void die_while_erasing(TemporaryStore& cache, const std::string& key) {
  Stripe& stripe = cache.stripe_of(key);
  StripeState& state = stripe.state();
  std::uint64_t slot = 0;
  {
    const StripeGuard held(stripe, StoreInspector::writer(cache.session()));
    slot = stripe.index().number_of(*stripe.find(held, hash_key(key, stripe.seed()), key));
  }
  const std::uint64_t bytes = state.live_bytes.load();
  const std::uint64_t entries = state.live_entries.load();
  REQUIRE(cache.session().erase(key) == EraseOutcome::kErased);
  state.journal.word.store(0);
  state.journal.live_bytes.store(state.live_bytes.load());
  state.journal.live_entries.store(state.live_entries.load());
  state.journal.slot.store(slot + 1);
  state.live_bytes.store(bytes);
  state.live_entries.store(entries);
  constexpr std::uint64_t kGeneration = 77;  // which no row has had
  state.lock.owner.store(kGeneration << 32 | 1);
}

}  // namespace

TEST_CASE("death at any instruction: of taking over from a dead owner, and mending") {
  Walk walk;
  const auto keys = store_some(walk, 4);
  die_while_erasing(walk.cache(), keys[3]);
  walk.remember(keys);
  walk.allow(keys[0], "value");
  NITRO_WALK(walk, [&](Session& session) { put_text(session, keys[0], "value"); })
}

// The hand clears a stretch: evicts, moves, jumps, joins, leaves holes.
TEST_CASE("death at any instruction: of a put that makes room") {
  Walk walk;
  TemporaryStore& cache = walk.cache();
  const auto keys = test::keys_of_stripe(cache, 0, 120);
  Session reader(cache.attach());
  for (std::size_t i = 0; i < keys.size() - 1; ++i) {
    const std::size_t size = i % 7 == 3 ? 9'000 : 1500 + i;
    REQUIRE(cache.put(keys[i], std::string(size, 'v'), i % 5 == 4 ? cache.in(10) : kNever) ==
            PutOutcome::kStored);
    if (i % 3 == 0) {
      REQUIRE(cache.get(keys[i]).has_value());
    }
    if (i % 12 == 1) {
      REQUIRE(reader.find(keys[i]).has_value());
      REQUIRE(reader.try_pin(*reader.find(keys[i])));
    }
    if (i % 6 == 5) {
      REQUIRE(cache.session().erase(keys[i]) == EraseOutcome::kErased);
    }
  }
  REQUIRE(cache.store().statistics().evictions > 0);
  cache.clock().advance(Milliseconds{10});
  walk.remember(keys);
  walk.allow_loss_of_all();
  const std::string value(4'000, 'n');
  for (const std::string& key : {keys.back(), keys[0]}) {
    walk.allow(key, value);
  }
  NITRO_WALK(walk, [&](Session& session) {
    for (int i = 0; i < 4; ++i) {
      put_text(session, i % 2 == 0 ? keys.back() : keys[0], value);
    }
  })
}

}  // namespace nitro
