#include "tests/crash/walk.h"

#include <algorithm>
#include <cstring>
#include <ctime>

#include "core/segment/header.h"
#include "core/store/sweep.h"
#include "core/store/verify.h"

#include "tests/support/aftermath.h"
#include "tests/support/catch.h"
#include "tests/support/traced_child.h"

namespace nitro::test {

// What the dead have left.
struct DeadState {
  std::vector<std::byte> bytes;
  std::set<std::string> there;  // the keys that a living reader found at this instant
  std::uint64_t deaths;
};

namespace {

// Of processor time, whatever else the machine does. Far more than it takes under a sanitizer.
constexpr double kLongestRecovery = 1;

double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

StoreOptions smallest(StoreOptions options) {
  options.size = kSmallestSegment;
  return options;
}

std::uint64_t distance(std::uint64_t a, std::uint64_t b) { return a > b ? a - b : b - a; }

std::uint64_t evictions_in(Store& store) {
  return StoreInspector::table(store).sum(Counter::kEvictions);
}

std::int64_t pinned_bytes_in(Store& store) {
  std::int64_t sum = 0;
  for (const Stripe& stripe : StoreInspector::stripes(store)) {
    sum += stripe.state().pinned_bytes.load();
  }
  return sum;
}

// By their own word: the dead's are taken, too, until somebody reclaims them.
std::uint32_t taken_rows_of(Store& store) {
  const ProcessTable& table = StoreInspector::table(store);
  std::uint32_t taken = 0;
  for (std::uint32_t i = 0; i < table.rows_in_use(); ++i) {
    taken += (table.row(i).identity.load() & 1) != 0 ? 1 : 0;
  }
  return taken;
}

// Without marking it, as a reader would.
Block* block_of(const TemporaryStore& cache, const std::string& key) {
  const Stripe& stripe = cache.stripe_of(key);
  REQUIRE(StoreInspector::begin_call(cache.session()));
  const StripeGuard held(cache.stripe_of(key), StoreInspector::writer(cache.session()));
  const Slot* slot = stripe.find(held, hash_key(key, stripe.seed()), key);
  REQUIRE(slot != nullptr);
  return stripe.block_of(*slot);
}

bool is_locked(Store& store) {
  const auto stripes = StoreInspector::stripes(store);
  return std::any_of(stripes.begin(), stripes.end(),
                     [](const Stripe& stripe) { return stripe.state().lock.owner.load() != 0; });
}

}  // namespace

// The segment as the dead have left it, attached. Of its processes the walk's reader is alive: the
// kernel has a lock on its row's byte.
class Copy {
 public:
  Copy(const Walk& walk, const DeadState& state)
      : aftermath_(state.bytes, walk.cache_.options()), store_(aftermath_.attach()) {
    if (walk.reader_) {
      auto locks = LockFile::duplicate(StoreInspector::segment(*store_).locks());
      REQUIRE(locks);
      reader_ = std::move(locks).value();
      REQUIRE(reader_->try_lock(kFirstRowByte + StoreInspector::writer(*walk.reader_).owner.row()));
    }
  }

  [[nodiscard]] const StoreOptions& options() const { return aftermath_.options(); }
  [[nodiscard]] const std::shared_ptr<Store>& store() const { return store_; }
  [[nodiscard]] bool has_reader() const { return reader_.has_value(); }
  void end_reader() { reader_.reset(); }

 private:
  Aftermath aftermath_;
  std::shared_ptr<Store> store_;
  std::optional<LockFile> reader_;
};

// One process that is run by the instruction, and what it leaves.
class Scene {
 public:
  // `witness`: a living reader of the segment that `options` lead to. `lost`: what was missing
  // when this process came.
  Scene(Walk& walk, const StoreOptions& options, Session& witness, std::set<std::string> lost,
        std::uint64_t earlier_deaths)
      : walk_(walk),
        options_(options),
        witness_(witness),
        earlier_deaths_(earlier_deaths),
        lost_(std::move(lost)) {
    options_.create = false;
    state_.deaths = earlier_deaths + 1;
  }

  // False: tracing is forbidden here.
  [[nodiscard]] bool play(std::span<const Walk::Death> deaths) {
    TracedChild actor([&] {
      const auto store = open_or_fail(options_);
      Session session(store);
      static_cast<void>(session.has("so that it has a row"));
      TracedChild::mark();
      deaths.front().operation(session);
      TracedChild::mark();
      return 0;
    });
    if (!actor.is_available()) {
      return false;
    }
    REQUIRE(actor.run_to_mark());
    note();
    while (actor.step()) {
      ++instructions_;
      look(deaths);
    }
    REQUIRE(actor.is_at_mark());
    REQUIRE(states_ > 3);
    walk_.check_losses(witness_.store(), lost_, earlier_deaths_);
    return true;
  }

  [[nodiscard]] const std::set<std::string>& lost() const { return lost_; }

 private:
  // After so many changes of a ring's bytes in a row a value is being copied: then only some of
  // them are looked at, and the last one, which may be more than that.
  static constexpr std::uint64_t kLongCopy = 24;
  static constexpr std::uint64_t kOneOf = 256;

  [[nodiscard]] const std::byte* begin() const {
    return StoreInspector::segment(witness_.store()).base();
  }

  void note() {
    state_.bytes.assign(begin(), begin() + kSmallestSegment.value);
    state_.there.clear();
    for (const auto& [key, values] : walk_.seen_) {
      if (witness_.has(key)) {  // sets no mark
        state_.there.insert(key);
      }
    }
  }

  [[nodiscard]] bool is_changed(std::uint64_t offset, std::uint64_t length) const {
    return std::memcmp(begin() + offset, state_.bytes.data() + offset, length) != 0;
  }

  // What rows count and name is not looked at as a rule: it matters together with the rest only.
  void look(std::span<const Walk::Death> deaths) {
    const Geometry& geometry = StoreInspector::geometry(witness_.store());
    const std::uint64_t from =
        walk_.looks_at_rows_ ? geometry.table_offset : geometry.stripes_offset;
    const bool is_index_changed = is_changed(from, geometry.rings_offset - from);
    const auto stripes = StoreInspector::stripes(witness_.store());
    const bool is_ring_changed =
        std::any_of(stripes.begin(), stripes.end(), [this](const Stripe& stripe) {
          return is_changed(stripe.ring().start(), stripe.ring().extent());
        });
    if (!is_index_changed && !is_ring_changed) {
      return;
    }
    if (is_index_changed && is_last_skipped_) {
      leave(deaths);
    }
    note();
    ring_changes_ = is_index_changed ? 0 : ring_changes_ + 1;
    is_last_skipped_ = ring_changes_ >= kLongCopy && ring_changes_ % kOneOf != 0;
    if (!is_last_skipped_) {
      leave(deaths);
    }
  }

  void leave(std::span<const Walk::Death> deaths) {
    ++states_;
    CAPTURE(state_.deaths, instructions_, states_);
    walk_.survive(state_, lost_);
    if (deaths.size() > 1 && is_locked(witness_.store()) &&
        locked_states_++ % deaths.front().one_of == 0) {
      const Copy copy(walk_, state_);
      Session witness(copy.store());
      Scene next(walk_, copy.options(), witness, lost_, state_.deaths);
      REQUIRE(next.play(deaths.subspan(1)));
    }
  }

  Walk& walk_;
  StoreOptions options_;
  Session& witness_;
  std::uint64_t earlier_deaths_;
  std::set<std::string> lost_;
  DeadState state_;
  std::uint64_t instructions_ = 0;
  std::uint64_t states_ = 0;
  std::uint64_t locked_states_ = 0;
  std::uint64_t ring_changes_ = 0;
  bool is_last_skipped_ = false;
};

Walk::Walk(StoreOptions options) : cache_(smallest(std::move(options))) {}

std::vector<std::string> Walk::store(std::size_t count, std::size_t value_size) {
  auto keys = keys_of_stripe(cache_, 0, count);
  for (const std::string& key : keys) {
    REQUIRE(cache_.put(key, std::string(value_size, 'o')) == PutOutcome::kStored);
  }
  return keys;
}

void Walk::remember(const std::vector<std::string>& keys) {
  for (const std::string& key : keys) {
    Seen& seen = seen_[key].emplace_back();
    if (cache_.session().has(key)) {
      Block* block = block_of(cache_, key);
      seen = std::string(reinterpret_cast<const char*>(block->value()), block->value_length);
    }
  }
}

void Walk::may_evict(const std::vector<std::string>& keys, std::size_t at_most) {
  clears(keys);
  most_lost_ = at_most;
  counts_losses_ = true;
  evictions_before_ = evictions_in(cache_.store());
}

void Walk::clears(const std::vector<std::string>& keys) {
  for (const std::string& key : keys) {
    REQUIRE(seen_.at(key).front().has_value());
  }
  may_be_lost_ = {keys.begin(), keys.end()};
  most_lost_ = keys.size();
  counts_losses_ = false;
}

bool Walk::is_marked(const std::string& key) const {
  return block_of(cache_, key)->mark.load() != 0;
}

Session& Walk::reader() {
  if (!reader_) {
    reader_store_ = cache_.attach();
    reader_.emplace(reader_store_);
    const Stripe& stripe = cache_.stripes().front();
    lap_ = keys_of_stripe(cache_, 0, 2 * stripe.ring().size() / kLapValue);
  }
  return *reader_;
}

void Walk::pin(const std::string& key) {
  const auto entry = reader().find(key);
  REQUIRE(entry);
  REQUIRE(reader_->try_pin(*entry));
  const auto* block = StoreInspector::segment(*reader_store_).at(Offset<Block>(entry->block));
  pinned_bytes_ += static_cast<std::int64_t>(block->load_word().size());
  note_held(*entry);
  reader_->release();
}

void Walk::name(const std::string& key) {
  const auto entry = reader().find(key);
  REQUIRE(entry);
  note_held(*entry);
}

void Walk::note_held(const Entry& entry) {
  const auto* base = StoreInspector::segment(*reader_store_).base();
  held_.push_back(
      {static_cast<std::uint64_t>(entry.bytes.data() - base), std::string(text_in(entry))});
}

bool Walk::is_held_intact(Store& store) const {
  const std::byte* base = StoreInspector::segment(store).base();
  return std::all_of(held_.begin(), held_.end(), [base](const Held& held) {
    return std::memcmp(base + held.offset, held.value.data(), held.value.size()) == 0;
  });
}

bool Walk::run(const std::vector<Death>& deaths) {
  Scene scene(*this, cache_.options(), cache_.session(), {}, 0);
  if (!scene.play(deaths)) {
    return false;
  }
  REQUIRE(scene.lost().empty() == may_be_lost_.empty());
  INFO(states_ << " deaths");
  CHECK(longest_recovery_ < kLongestRecovery);
  return true;
}

std::map<std::string, Seen> Walk::look_up(Session& session) const {
  std::map<std::string, Seen> found;
  for (const auto& [key, values] : seen_) {
    found[key] = get_text(session, key);
  }
  return found;
}

void Walk::survive(const DeadState& state, std::set<std::string>& lost) {
  ++states_;
  const double begin = processor_seconds();
  Copy copy(*this, state);
  Store& store = *copy.store();
  Session survivor(copy.store());

  // Readers take no lock: nothing has been mended yet.
  const auto found = look_up(survivor);
  check_found(found, state, lost);
  check_losses(store, lost, state.deaths);
  // Takes each lock, and so mends what is to be mended.
  REQUIRE(joined(verify(survivor)) == "");
  REQUIRE(look_up(survivor) == found);
  REQUIRE(store.statistics().entries >= state.there.size());

  for (const auto& [key, values] : seen_) {
    REQUIRE(put_text(survivor, key, "new") == PutOutcome::kStored);
    REQUIRE(get_text(survivor, key) == "new");
  }
  // Whoever of the dead had it.
  const std::uint64_t name = survivor.lock_name(kLockName, LockKind::kLock);
  const auto lock = survivor.lock(name, Milliseconds{1000}, Milliseconds{0});
  REQUIRE(lock.status == LockTable::Status::kTaken);
  REQUIRE(survivor.unlock(lock.ticket));
  sweep(survivor);
  REQUIRE(taken_rows_of(store) == (copy.has_reader() ? 2 : 1));
  REQUIRE(pinned_bytes_in(store) == pinned_bytes_);
  make_room_for_a_lap(survivor);
  REQUIRE(is_held_intact(store));
  REQUIRE(joined(verify(survivor)) == "");

  copy.end_reader();
  sweep(survivor);
  REQUIRE(taken_rows_of(store) == 1);
  REQUIRE(pinned_bytes_in(store) == 0);
  REQUIRE(survivor.clear());
  REQUIRE(store.statistics().usage == ByteCount{0});
  longest_recovery_ = std::max(longest_recovery_, processor_seconds() - begin);
}

void Walk::check_found(const std::map<std::string, Seen>& found, const DeadState& state,
                       std::set<std::string>& lost) const {
  std::set<std::string> lost_now;
  for (const auto& [key, value] : found) {
    CAPTURE(key, value.value_or("(absent)").substr(0, 20));
    REQUIRE(value.has_value() == state.there.contains(key));
    const std::vector<Seen>& right = seen_.at(key);
    if (!value && may_be_lost_.contains(key)) {
      lost_now.insert(key);
    } else {
      REQUIRE(std::find(right.begin(), right.end(), value) != right.end());
    }
  }
  REQUIRE(std::includes(lost_now.begin(), lost_now.end(), lost.begin(), lost.end()));
  lost = std::move(lost_now);
}

void Walk::check_losses(Store& store, const std::set<std::string>& lost,
                        std::uint64_t deaths) const {
  REQUIRE(lost.size() <= most_lost_);
  if (counts_losses_) {
    REQUIRE(distance(lost.size(), evictions_in(store) - evictions_before_) <= deaths);
  }
}

void Walk::make_room_for_a_lap(Session& survivor) {
  const std::string value(kLapValue, 'x');
  for (const std::string& key : lap_) {
    REQUIRE(put_text(survivor, key, value) == PutOutcome::kStored);
  }
}

}  // namespace nitro::test
