#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstdlib>

#include "core/store/store.h"

namespace nitro {

namespace {

// The state that a session of an abandoned store sees instead of its segment's.
const SharedAtomic<std::uint32_t> kAbandoned{static_cast<std::uint32_t>(SegmentState::kCondemned)};

// How often a process that found the table full looks again for a row of its own.
constexpr Milliseconds kAskForRowEvery{1000};

PutOutcome outcome_of(StoreOutcome outcome) noexcept {
  switch (outcome) {
    case StoreOutcome::kStored:
      return PutOutcome::kStored;
    case StoreOutcome::kTooLarge:
      return PutOutcome::kTooLarge;
    case StoreOutcome::kNoRoom:
      return PutOutcome::kNoRoom;
    case StoreOutcome::kNotWritten:
      return PutOutcome::kNotWritten;
    case StoreOutcome::kConditionFailed:
      return PutOutcome::kConditionFailed;
    case StoreOutcome::kTimedOut:
      break;
  }
  return PutOutcome::kTimedOut;
}

// For an entry whose deadline has passed when it is stored.
PutOutcome outcome_of(UnlinkOutcome outcome) noexcept {
  switch (outcome) {
    case UnlinkOutcome::kTimedOut:
      return PutOutcome::kTimedOut;
    case UnlinkOutcome::kConditionFailed:
      return PutOutcome::kConditionFailed;
    default:
      return PutOutcome::kStored;
  }
}

}  // namespace

Session::Session(std::shared_ptr<Store> store) noexcept
    : state_(&store->segment_.header().state),
      buckets_(store->segment_.at(Offset<Bucket>(store->geometry_.buckets_offset))),
      buckets_per_stripe_(store->geometry_.buckets_per_stripe),
      stripe_mask_(store->geometry_.stripe_count - 1),
      seed_(store->segment_.header().hash_seed),
      base_(store->segment_.base()),
      values_(store->segment_.values()),
      home_(store->segment_.header().home_address),
      rings_begin_(store->geometry_.rings_offset),
      rings_end_(store->geometry_.rings_offset +
                 store->geometry_.ring_size * store->geometry_.stripe_count),
      stripes_(store->stripes_.data()),
      store_(std::move(store)),
      pins_(std::make_unique<PinSet>()),
      asked_for_row_(store_->now()) {
  writer_.table = &store_->table_;
  writer_.segment = &store_->segment_;
  writer_.tags = &store_->tags_;
  writer_.clock = store_->options_.clock;
  writer_.lock_timeout = store_->options_.lock_timeout;
  if (const auto taken = store_->table_.take_row()) {
    use_row(*taken);
  }
}

Session::~Session() {
  drop_pins();
  if (writer_.row != nullptr) {
    store_->table_.give_back({writer_.row, writer_.owner});
  }
}

void Session::use_row(const TakenRow& taken) noexcept {
  writer_.row = taken.row;
  writer_.owner = taken.owner;
}

// --- rows ---

bool Session::borrow_row() noexcept {
  const MonotonicTime now = store_->now();
  if (asked_for_row_ == kNever || now - asked_for_row_ >= MonotonicTime{kAskForRowEvery.value}) {
    asked_for_row_ = now;
    if (const auto taken = store_->table_.take_row()) {
      use_row(*taken);
      return true;
    }
  }
  if (const auto taken = store_->table_.take_guest_row()) {
    use_row(*taken);
    is_guest_ = true;
    writer_.row->count(Counter::kGuestCalls);
    return true;
  }
  store_->segment_.header().refused_calls.fetch_add(1, std::memory_order_relaxed);
  return false;
}

void Session::give_back_guest_row() noexcept {
  store_->table_.give_back({writer_.row, writer_.owner});
  writer_.row = nullptr;
  is_guest_ = false;
}

// --- reading ---

Block* Session::protect_in_second(Bucket& bucket, KeyHash hash, std::string_view key) noexcept {
  return protect_in(bucket, hash, key);
}

[[gnu::cold]] bool Session::is_live_nevertheless(const Block& block) const noexcept {
  return has_extras(block) && is_live_by_extras(block, *writer_.tags, *writer_.clock);
}

std::optional<Entry> Session::peek(std::string_view key) noexcept {
  if (!begin_call()) {
    return std::nullopt;
  }
  Block* block = protect(hash(key), key);
  if (block != nullptr && is_live(*block, *writer_.tags, *writer_.clock)) {
    return entry_of(*block);
  }
  release();
  return std::nullopt;
}

std::optional<VersionedEntry> Session::find_version(std::string_view key) noexcept {
  if (!begin_call()) {
    return std::nullopt;
  }
  const KeyHash key_hash = hash(key);
  const auto entry = find(key);
  if (!entry) {
    return std::nullopt;
  }
  const Block& block = *reinterpret_cast<const Block*>(base_ + entry->block);
  // While it is named, nobody makes it free: whoever does so counts after this.
  const std::uint64_t clearings = stripe_of(key_hash).clearings_for(block.load_word().size());
  return VersionedEntry{*entry,
                        version_of(block, IndexWord::of(key_hash, entry->block), clearings)};
}

std::optional<StaleEntry> Session::find_stale(std::string_view key) noexcept {
  if (!begin_call()) {
    return std::nullopt;
  }
  Block* block = protect(hash(key), key);
  if (block == nullptr || is_over(*block, *writer_.tags, *writer_.clock)) {
    release();
    return std::nullopt;
  }
  const Extras* extras = nitro::extras_of(*block);
  mark_used(*block);
  return StaleEntry{entry_of(*block), is_live(*block, *writer_.tags, *writer_.clock),
                    extras == nullptr ? 0 : extras->making_ms};
}

void Session::count_lookup(bool is_hit) noexcept {
  if (writer_.row != nullptr) {
    writer_.row->count(is_hit ? Counter::kHits : Counter::kMisses);
  }
}

const Extras* Session::extras_of(const Entry& entry) const noexcept {
  return nitro::extras_of(*reinterpret_cast<const Block*>(base_ + entry.block));
}

ByteCount Session::stored_size(const Entry& entry) const noexcept {
  return ByteCount{reinterpret_cast<const Block*>(base_ + entry.block)->load_word().size()};
}

std::uint64_t Session::stripe_number(std::uint64_t block) const noexcept {
  return (block - rings_begin_) / store_->geometry_.ring_size;
}

// Requires: this session has a row.
void Session::uncount_pins() noexcept {
  const std::uint32_t count = pin_count();
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint64_t block = writer_.row->pins[i].load(std::memory_order_relaxed) * kPinUnit;
    // The row may be damaged.
    if (counted_pins_[i] && block - rings_begin_ < rings_end_ - rings_begin_) {
      stripes_[stripe_number(block)].count_unpin(*reinterpret_cast<Block*>(base_ + block));
    }
  }
}

bool Session::try_pin(const Entry& entry) noexcept {
  if (is_guest_ || writer_.row == nullptr) {
    return false;
  }
  if (pins_->contains(entry.block)) {
    return true;
  }
  Row& row = *writer_.row;
  const std::uint32_t count = row.pin_count.load(std::memory_order_relaxed);
  const std::uint64_t stripe = stripe_number(entry.block);
  const Block& block = *reinterpret_cast<Block*>(base_ + entry.block);
  const std::uint64_t size = block.load_word().size();
  const StoreOptions& options = store_->options_;
  const bool is_bounded =
      count >= std::min(options.max_pins, kMaxPins) ||
      size > options.max_pinned.value - std::min(pinned_bytes_, options.max_pinned.value);
  const bool is_counted = stripes_[stripe].has_room_for_pin(block);
  // What somebody else holds anyway takes no room from anybody.
  if (is_bounded || (!is_counted && !store_->table_.is_pinned_elsewhere(
                                        static_cast<std::uint32_t>(stripe), entry.block, row))) {
    row.count(Counter::kCopies);
    return false;
  }
  if (count == 0 && !store_->segment_.begin_use_of_values()) {
    row.count(Counter::kCopies);
    return false;
  }
  if (is_counted) {
    stripes_[stripe].count_pin(block);
  }
  counted_pins_[count] = is_counted;
  row.pins[count].store(static_cast<std::uint32_t>(entry.block / kPinUnit),
                        std::memory_order_relaxed);
  row.pinned_stripes.store(
      row.pinned_stripes.load(std::memory_order_relaxed) | std::uint64_t{1} << stripe,
      std::memory_order_relaxed);
  // Release: whoever sees the count sees the pin and the mask. Partner: the scan's acquire. The
  // hazard is cleared after this, also with release, so a scan sees one of the two.
  row.pin_count.store(count + 1, std::memory_order_release);
  row.count(Counter::kPins);
  pinned_bytes_ += size;
  pins_->insert(entry.block);
  return true;
}

void Session::drop_pins() noexcept {
  release();
  if (writer_.row == nullptr || pin_count() == 0) {
    return;
  }
  uncount_pins();
  pinned_bytes_ = 0;
  store_->segment_.end_use_of_values();
  // Release: what was read in place has been read.
  writer_.row->pin_count.store(0, std::memory_order_release);
  writer_.row->pinned_stripes.store(0, std::memory_order_release);
  pins_->clear();
}

std::uint32_t Session::pin_count() const noexcept {
  // Whatever somebody else has written there.
  return writer_.row == nullptr
             ? 0
             : std::min(writer_.row->pin_count.load(std::memory_order_relaxed), kMaxPins);
}

// --- writing ---

PutOutcome Session::put(std::string_view key, const Value& value, const PutTerms& terms) noexcept {
  if (!begin_call()) {
    return PutOutcome::kNoRow;
  }
  const KeyHash key_hash = hash(key);
  Stripe& stripe = stripe_of(key_hash);
  BlockContent content;
  content.key = key;
  content.kind = static_cast<std::uint8_t>(value.kind);
  content.deadline = terms.deadline;
  content.extras = terms.extras;
  content.has_pointers = has_pointers(value.kind);
  content.value = value.bytes;
  content.writer = value.writer;
  const PutOutcome outcome =
      is_expired(terms.deadline, *writer_.clock)
          ? outcome_of(stripe.erase(writer_, key_hash, key, terms.condition))
          : outcome_of(stripe.store(writer_, key_hash, content, terms.condition));
  if (outcome != PutOutcome::kConditionFailed) {
    writer_.row->count(outcome == PutOutcome::kStored ? Counter::kSets : Counter::kFailedSets);
  }
  end_guest_call();
  return outcome;
}

EraseOutcome Session::erase(std::string_view key, const Condition* condition) noexcept {
  if (!begin_call()) {
    return EraseOutcome::kNoRow;
  }
  const KeyHash key_hash = hash(key);
  const UnlinkOutcome unlinked = stripe_of(key_hash).erase(writer_, key_hash, key, condition);
  EraseOutcome outcome = EraseOutcome::kAbsent;
  if (unlinked == UnlinkOutcome::kUnlinked) {
    outcome = EraseOutcome::kErased;
    writer_.row->count(Counter::kDeletes);
  } else if (unlinked == UnlinkOutcome::kTimedOut) {
    outcome = EraseOutcome::kTimedOut;
  } else if (unlinked == UnlinkOutcome::kConditionFailed) {
    outcome = EraseOutcome::kConditionFailed;
  }
  end_guest_call();
  return outcome;
}

TouchOutcome Session::touch(std::string_view key, MonotonicTime deadline) noexcept {
  if (!begin_call()) {
    return TouchOutcome::kNoRow;
  }
  const KeyHash key_hash = hash(key);
  const UnlinkOutcome touched = stripe_of(key_hash).touch(writer_, key_hash, key, deadline);
  end_guest_call();
  switch (touched) {
    case UnlinkOutcome::kUnlinked:
      return TouchOutcome::kTouched;
    case UnlinkOutcome::kTimedOut:
      return TouchOutcome::kTimedOut;
    default:
      return TouchOutcome::kAbsent;
  }
}

bool Session::clear() noexcept {
  if (!begin_call()) {
    return false;
  }
  bool all = true;
  for (Stripe& stripe : store_->stripes_) {
    all = stripe.clear(writer_) && all;
  }
  end_guest_call();
  return all;
}

// --- locks with names ---

LockTable::Attempt Session::try_lock(std::uint64_t name, Milliseconds lease) noexcept {
  LockTable::Attempt attempt;
  // A guest's row is another one's with the next call.
  if (!begin_call() || is_guest_) {
    end_guest_call();
    attempt.status = LockTable::Status::kNoRoom;
    return attempt;
  }
  attempt = store_->locks_.try_take(writer_.owner, name, deadline_after(store_->now(), lease),
                                    writer_.lock_timeout);
  has_locked_ = has_locked_ || attempt.status == LockTable::Status::kTaken;
  return attempt;
}

void Session::wait_for_unlock(const LockTicket& holder, Milliseconds at_most) noexcept {
  // An owner who is alive wakes those who wait; nobody does for the dead.
  constexpr Milliseconds kAskAgainAfter{10};
  store_->locks_.wait(holder, std::min(kAskAgainAfter, at_most));
}

LockTable::Attempt Session::lock(std::uint64_t name, Milliseconds lease,
                                 Milliseconds wait) noexcept {
  const auto start = std::chrono::steady_clock::now();
  for (;;) {
    const LockTable::Attempt attempt = try_lock(name, lease);
    if (attempt.status != LockTable::Status::kHeld || attempt.by_me || is_condemned()) {
      return attempt;
    }
    const auto waited = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - start);
    if (waited.count() >= wait.value) {
      return attempt;
    }
    wait_for_unlock(attempt.ticket, Milliseconds{wait.value - waited.count()});
  }
}

// After a fork the child has another row: what its parent locked is not its own.
bool Session::holds(const LockTicket& ticket) const noexcept {
  return writer_.row != nullptr && ticket.owner == writer_.owner && !is_condemned() &&
         store_->locks_.holds(ticket);
}

bool Session::extend_lock(const LockTicket& ticket, Milliseconds lease) noexcept {
  return holds(ticket) &&
         store_->locks_.extend(ticket, deadline_after(store_->now(), lease), writer_.lock_timeout);
}

bool Session::unlock(const LockTicket& ticket) noexcept {
  return writer_.row != nullptr && ticket.owner == writer_.owner &&
         store_->locks_.release(ticket, writer_.lock_timeout) && !is_condemned();
}

void Session::unlock_all() noexcept {
  if (has_locked_ && writer_.row != nullptr) {
    has_locked_ = !store_->locks_.release_all(writer_.owner, writer_.lock_timeout);
  }
}

// --- fork ---

std::vector<Session::PageCopy> Session::copy_pinned_pages() const {
  // The system's own: 16 or 64 KB on some machines.
  const std::uint64_t page = boost::interprocess::mapped_region::get_page_size();
  std::vector<PageCopy> pages;
  const std::uint32_t count = pin_count();
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint64_t block = writer_.row->pins[i].load(std::memory_order_relaxed) * kPinUnit;
    if (block - rings_begin_ >= rings_end_ - rings_begin_) {
      continue;
    }
    const std::uint64_t size = reinterpret_cast<const Block*>(base_ + block)->load_word().size();
    std::byte* const start = values_ + round_down(block, page);
    std::byte* const end = values_ + std::min(round_up(block + size, page), rings_end_);
    pages.push_back({start, {start, end}});
  }
  return pages;
}

void Session::prepare_fork() noexcept {
  child_locks_.reset();
  if (auto locks = LockFile::duplicate(store_->segment_.locks())) {
    child_locks_ = std::move(locks).value();
  }
  const auto taken =
      child_locks_ ? store_->table_.take_row_for(*child_locks_) : std::optional<TakenRow>();
  if (!taken) {
    child_locks_.reset();
    child_pages_ = copy_pinned_pages();
    return;
  }
  child_row_ = *taken;
  const std::uint32_t count = pin_count();
  for (std::uint32_t i = 0; i < count; ++i) {
    child_row_.row->pins[i].store(writer_.row->pins[i].load(std::memory_order_relaxed),
                                  std::memory_order_relaxed);
  }
  child_row_.row->pinned_stripes.store(writer_.row->pinned_stripes.load(std::memory_order_relaxed),
                                       std::memory_order_relaxed);
  // The parent's own pins keep the blocks until this is visible.
  child_row_.row->pin_count.store(count, std::memory_order_release);
}

void Session::after_fork_in_parent() noexcept {
  // Closes our descriptor of it; the child's keeps the row locked.
  child_locks_.reset();
  child_row_ = {};
  child_pages_.clear();
}

void Session::after_fork_in_child() noexcept {
  writer_.row = nullptr;
  is_guest_ = false;
  asked_for_row_ = kNever;  // take a row with the next call
  // Also lets go of what holds the parent's row, if that one was adopted.
  adopted_locks_ = std::move(child_locks_);
  child_locks_.reset();
  if (child_row_.row != nullptr) {
    store_->table_.adopt(child_row_);
    use_row(child_row_);
    counted_pins_.reset();  // the parent has counted them
    child_row_ = {};
  } else {
    pins_->clear();
    pinned_bytes_ = 0;
  }
  for (const PageCopy& pages : child_pages_) {
    // No row names these values, so they must not lie in shared memory. Nothing else may be looked
    // for in these pages, hence the end of this store.
    store_->abandon();
    if (!platform::replace_by_private_copy(pages.start, pages.bytes)) {
      std::abort();  // no memory; going on would mean other values' bytes in PHP's hands
    }
  }
  child_pages_.clear();
  if (store_->is_abandoned()) {
    state_ = &kAbandoned;
  }
}

}  // namespace nitro
