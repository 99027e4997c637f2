#include <algorithm>
#include <bit>
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
    case StoreOutcome::kNoRoom:
      return PutOutcome::kNoRoom;
    case StoreOutcome::kNotWritten:
      return PutOutcome::kNotWritten;
    case StoreOutcome::kTimedOut:
      break;
  }
  return PutOutcome::kTimedOut;
}

std::atomic_ref<std::uint64_t> word_of(Block& block) noexcept {
  return std::atomic_ref<std::uint64_t>(*reinterpret_cast<std::uint64_t*>(block.value()));
}

bool holds_number(const Block& block) noexcept {
  const auto kind = static_cast<ValueKind>(block.kind);
  return kind == ValueKind::kInteger || kind == ValueKind::kFloat;
}

Number number_in(Block& block) noexcept {
  const std::uint64_t word = word_of(block).load(std::memory_order_relaxed);
  return static_cast<ValueKind>(block.kind) == ValueKind::kInteger
             ? Number::of(std::bit_cast<std::int64_t>(word))
             : Number::of(std::bit_cast<double>(word));
}

std::uint64_t word_of(const Number& number) noexcept {
  return number.is_float ? std::bit_cast<std::uint64_t>(number.real)
                         : std::bit_cast<std::uint64_t>(number.integer);
}

// nullopt: the sum of two integers does not fit.
std::optional<Number> sum_of(const Number& a, const Number& b) noexcept {
  if (a.is_float || b.is_float) {
    return Number::of(a.as_float() + b.as_float());
  }
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a.integer, b.integer, &sum)) {
    return std::nullopt;
  }
  return Number::of(sum);
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

PutOutcome Session::put(std::string_view key, const Value& value, MonotonicTime deadline) noexcept {
  if (!begin_call()) {
    return PutOutcome::kNoRow;
  }
  PutOutcome outcome = PutOutcome::kTooLarge;
  const KeyHash key_hash = hash(key);
  Stripe& stripe = stripe_of(key_hash);
  BlockContent content;
  content.key = key;
  content.kind = static_cast<std::uint8_t>(value.kind);
  content.deadline = deadline;
  content.has_pointers = has_pointers(value.kind);
  content.value = value.bytes;
  content.writer = value.writer;
  if (deadline != kNever && deadline <= store_->now()) {
    outcome = stripe.erase(writer_, key_hash, key) == UnlinkOutcome::kTimedOut
                  ? PutOutcome::kTimedOut
                  : PutOutcome::kStored;
  } else if (content.block_size() <= stripe.largest_block()) {
    outcome = outcome_of(stripe.store(writer_, key_hash, content));
  }
  writer_.row->count(outcome == PutOutcome::kStored ? Counter::kSets : Counter::kFailedSets);
  end_guest_call();
  return outcome;
}

EraseOutcome Session::erase(std::string_view key) noexcept {
  if (!begin_call()) {
    return EraseOutcome::kNoRow;
  }
  const KeyHash key_hash = hash(key);
  const UnlinkOutcome unlinked = stripe_of(key_hash).erase(writer_, key_hash, key);
  EraseOutcome outcome = EraseOutcome::kAbsent;
  if (unlinked == UnlinkOutcome::kUnlinked) {
    outcome = EraseOutcome::kErased;
    writer_.row->count(Counter::kDeletes);
  } else if (unlinked == UnlinkOutcome::kTimedOut) {
    outcome = EraseOutcome::kTimedOut;
  }
  end_guest_call();
  return outcome;
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

CounterOutcome Session::add_to_counter(std::string_view key, Number by, Number initial,
                                       MonotonicTime deadline) noexcept {
  CounterOutcome outcome{CounterOutcome::Status::kNotStored, {}};
  if (!begin_call()) {
    return outcome;
  }
  const KeyHash key_hash = hash(key);
  Stripe& stripe = stripe_of(key_hash);
  if (Block::size_for(key.size(), sizeof(std::uint64_t)) <= stripe.largest_block()) {
    outcome = try_add(stripe, key_hash, key, by, initial, deadline);
  }
  const bool is_stored = outcome.status == CounterOutcome::Status::kDone;
  writer_.row->count(is_stored ? Counter::kSets : Counter::kFailedSets);
  end_guest_call();
  return outcome;
}

CounterOutcome Session::try_add(Stripe& stripe, KeyHash key_hash, std::string_view key, Number by,
                                Number initial, MonotonicTime deadline) noexcept {
  using Status = CounterOutcome::Status;
  RoomSearch search{Block::size_for(key.size(), sizeof(std::uint64_t))};
  for (;;) {
    RoomStep step;
    {
      StripeGuard held(stripe, writer_);
      if (!held.has_lock()) {
        return {Status::kNotStored, {}};
      }
      Number start = initial;
      MonotonicTime new_deadline = deadline;
      Slot* slot = stripe.find(held, key_hash, key);
      Block* block = slot == nullptr ? nullptr : stripe.block_of(*slot);
      if (block != nullptr && is_expired(deadline_of(*block), *writer_.clock)) {
        block = nullptr;
      }
      if (block != nullptr) {
        if (!holds_number(*block)) {
          return {Status::kNotANumber, {}};
        }
        start = number_in(*block);
        new_deadline = deadline_of(*block);
      }
      const auto sum = sum_of(start, by);
      if (!sum) {
        return {Status::kOverflow, start};
      }
      const std::uint64_t word = word_of(*sum);
      if (block != nullptr && sum->is_float == start.is_float) {
        word_of(*block).store(word, std::memory_order_relaxed);
        block->mark.store(1, std::memory_order_relaxed);
        return {Status::kDone, *sum};
      }
      step = stripe.make_room(held, writer_, search);
      if (step == RoomStep::kEnough) {
        BlockContent content;
        content.key = key;
        content.kind =
            static_cast<std::uint8_t>(sum->is_float ? ValueKind::kFloat : ValueKind::kInteger);
        content.deadline = new_deadline;
        content.value = std::as_bytes(std::span(&word, 1));
        static_cast<void>(stripe.place(held, writer_, key_hash, content));  // nothing gives up
        return {Status::kDone, *sum};
      }
    }
    if (step == RoomStep::kNone) {
      return {Status::kNotStored, {}};
    }
    if (step == RoomStep::kAgain) {
      let_others_in(stripe.state().lock);
    } else if (!stripe.grow(writer_, search)) {
      return {Status::kNotStored, {}};
    }
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
