#include "core/stripe/stripe.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace nitro {

namespace {

// Up to this size a block is reserved, filled and published under one hold of the lock; a larger
// one is filled without it.
constexpr std::uint64_t kFillUnderLock = 8 * 1024;

// For one look at the rows there may wait so many bytes of a size, and so much of the ring.
constexpr std::uint64_t kWaitingBytes = 16 * 1024;
constexpr std::uint64_t kWaitingPart = 256;

// Laps are counted in so many parts.
constexpr std::uint64_t kLap = 1 << 16;
// What nobody has read yet does not come where the hand comes sooner.
constexpr std::uint64_t kLeastLap = kLap / 4;

// Who is building a block stands where its deadline will be.
void name_builder(Block& block, OwnerId owner) noexcept {
  block.deadline.store(static_cast<std::int64_t>(owner.value), std::memory_order_relaxed);
}

}  // namespace

bool fill(Block& block, const BlockContent& content, std::uint64_t home) noexcept {
  block.kind = content.kind;
  block.mark.store(0, std::memory_order_relaxed);
  block.has_pointers = content.has_pointers ? 1 : 0;
  block.came_early = 0;
  block.key_length = static_cast<std::uint32_t>(content.key.size());
  block.value_length = static_cast<std::uint32_t>(content.value_length());
  if (!content.key.empty()) {
    std::memcpy(block.key_bytes(), content.key.data(), content.key.size());
  }
  const ValueWriter& writer = content.writer;
  if (writer.write != nullptr) {
    if (!writer.write(writer.context, {block.value(), writer.size},
                      home + Block::value_offset(block.key_length))) {
      return false;
    }
  } else if (!content.value.empty()) {
    std::memcpy(block.value(), content.value.data(), content.value.size());
  }
  if (!content.extras.empty()) [[unlikely]] {
    std::memcpy(static_cast<void*>(block.extras()), content.extras.data(), content.extras.size());
  }
  return true;
}

bool is_live_by_extras(const Block& block, const TagTable& tags, const Clock& clock) noexcept {
  const Extras* extras = extras_of(block);
  return extras != nullptr && !is_expired(deadline_of(block), clock) &&
         tags.are_current(extras->marks());
}

MonotonicTime end_of(const Block& block) noexcept {
  const MonotonicTime deadline = deadline_of(block);
  const Extras* extras = extras_of(block);
  if (extras == nullptr || deadline == kNever) {
    return deadline;
  }
  return deadline_after(deadline, Milliseconds{std::max<std::int64_t>(0, extras->stale_for_ms)});
}

bool is_over(const Block& block, const TagTable& tags, const Clock& clock) noexcept {
  if (!has_extras(block)) {
    return is_expired(deadline_of(block), clock);
  }
  const Extras* extras = extras_of(block);
  return extras == nullptr || is_expired(end_of(block), clock) ||
         !tags.are_current(extras->marks());
}

Stripe::Stripe(std::uint32_t number, StripeState& state, Bucket* buckets,
               std::uint64_t bucket_count, HistoryWord* history, const Segment& segment,
               std::uint64_t ring_start, std::uint64_t ring_size) noexcept
    : state_(&state),
      index_(buckets, bucket_count),
      history_(history),
      ring_(state.ring, segment.base(), ring_start, ring_size),
      spares_(state.spares, state.spare_classes),
      header_(&segment.header()),
      seed_(segment.header().hash_seed),
      home_(segment.header().home_address),
      number_(number) {}

void Stripe::report_damage() const noexcept { condemn(*header_); }

Block* Stripe::block_of(const Slot& slot) const noexcept {
  const IndexWord word{slot.load(std::memory_order_relaxed)};
  Block* block = ring_.stored_block(word.block());
  if (block == nullptr && word.value != 0) [[unlikely]] {
    report_damage();
  }
  return block;
}

Slot* Stripe::find(const StripeGuard&, KeyHash hash, std::string_view key) const noexcept {
  for (Bucket* bucket : index_.buckets_of(hash)) {
    for (Slot& slot : bucket->slots) {
      const IndexWord word{slot.load(std::memory_order_relaxed)};
      if (word.tag() != hash.tag() || word.value == 0) {
        continue;
      }
      const Block* block = block_of(slot);
      if (block != nullptr && keys_are_equal(block->key(), key)) {
        return &slot;
      }
    }
  }
  return nullptr;
}

// A process that is killed has executed a prefix of its instructions, so all that these stores need
// is that the compiler keeps their order: release does that.
void Stripe::replace(const StripeGuard&, Slot& slot, std::uint64_t word, std::uint64_t bytes_added,
                     std::uint64_t bytes_removed) noexcept {
  const std::uint64_t bytes =
      state_->live_bytes.load(std::memory_order_relaxed) + bytes_added - bytes_removed;
  const std::uint64_t entries = state_->live_entries.load(std::memory_order_relaxed) +
                                (bytes_added != 0 ? 1 : 0) - (bytes_removed != 0 ? 1 : 0);
  Journal& journal = state_->journal;
  journal.word.store(word, std::memory_order_relaxed);
  journal.live_bytes.store(bytes, std::memory_order_relaxed);
  journal.live_entries.store(entries, std::memory_order_relaxed);
  journal.slot.store(index_.number_of(slot) + 1, std::memory_order_release);
  // Release: the block behind `word` is complete. Its place in the order of the readers' R2 and R3
  // comes from the fence of whoever reuses what it replaces: ProcessTable::find_named().
  slot.store(word, std::memory_order_release);
  state_->live_bytes.store(bytes, std::memory_order_release);
  state_->live_entries.store(entries, std::memory_order_release);
  journal.slot.store(0, std::memory_order_release);
}

void Stripe::mend() noexcept {
  Journal& journal = state_->journal;
  const std::uint64_t number = journal.slot.load(std::memory_order_relaxed);
  if (number != 0 && number <= index_.slot_count()) {
    if (index_.slot(number - 1).load(std::memory_order_relaxed) ==
        journal.word.load(std::memory_order_relaxed)) {
      state_->live_bytes.store(journal.live_bytes.load(std::memory_order_relaxed),
                               std::memory_order_relaxed);
      state_->live_entries.store(journal.live_entries.load(std::memory_order_relaxed),
                                 std::memory_order_relaxed);
    }
  }
  journal.slot.store(0, std::memory_order_release);
  name_windows();
}

// Somebody may have begun to fill fresh memory at a hand, which therefore no longer says "free to
// the end" at every place: say it once, in the window's own word.
void Stripe::name_windows() noexcept {
  for (const Queue queue : kQueues) {
    const std::uint64_t hand = ring_.hand(queue);
    const std::uint64_t end = ring_.end_of(queue);
    if (hand < end && ring_.at(hand)->load_word().value == 0) {
      ring_.set_free(hand, end - hand);
    }
  }
}

// `block`: what the slot leads to, or null.
void Stripe::unlink(const StripeGuard& held, Slot& slot, Block* block) noexcept {
  if (block == nullptr) [[unlikely]] {
    replace(held, slot, 0, 0, 0);
    return;
  }
  const std::uint64_t size = block->load_word().size();
  replace(held, slot, 0, 0, size);
  retire(held, *block, size);
}

// How much of its lap a hand has before it until it comes to a block.
std::uint64_t Stripe::lap_before(std::uint64_t position) const noexcept {
  const Queue queue = ring_.queue_at(position);
  const std::uint64_t hand = ring_.hand(queue);
  const std::uint64_t size = ring_.size_of(queue);
  const std::uint64_t distance = position >= hand ? position - hand : position + size - hand;
  return distance * kLap / std::max(size, kBlockUnit);
}

// When both buckets are full: an expired entry, else one that nobody has read since the hand was
// there, else any; of equals the one that its hand reaches first, in parts of a lap.
Slot& Stripe::choose_victim(const StripeGuard&, const Writer& writer, KeyHash hash) noexcept {
  Slot* victim = nullptr;
  std::uint64_t least = UINT64_MAX;
  const auto buckets = index_.buckets_of(hash);
  // Sixteen cache misses that overlap, instead of one after the other.
  for (Bucket* bucket : buckets) {
    for (const Slot& slot : bucket->slots) {
      const IndexWord word{slot.load(std::memory_order_relaxed)};
      __builtin_prefetch(reinterpret_cast<const std::byte*>(header_) + word.block());
    }
  }
  for (Bucket* bucket : buckets) {
    for (Slot& slot : bucket->slots) {
      const Block* block = block_of(slot);
      if (block == nullptr) [[unlikely]] {
        return slot;
      }
      std::uint64_t worth = lap_before(ring_.position_of(block));
      if (is_over(*block, *writer.tags, *writer.clock)) {
        worth = 0;
      } else if (block->mark.load(std::memory_order_relaxed) != 0) {
        worth += kLap;
      }
      if (worth < least || victim == nullptr) {
        victim = &slot;
        least = worth;
      }
    }
  }
  if (least >= kLap) {
    // All of them are in use: from now on, who is used again.
    for (Bucket* bucket : buckets) {
      for (const Slot& slot : bucket->slots) {
        known_block_of(slot)->mark.store(0, std::memory_order_relaxed);
      }
    }
  }
  return *victim;
}

void Stripe::note_deadline(const StripeGuard&, MonotonicTime deadline) noexcept {
  if (deadline == kNever) {
    return;
  }
  for (auto* earliest : {&state_->next_deadline, &state_->sweep_deadline}) {
    const std::int64_t known = earliest->load(std::memory_order_relaxed);
    if (known == 0 || deadline.value < known) {
      earliest->store(deadline.value, std::memory_order_relaxed);
    }
  }
}

// Requires: the block is complete and its word says stored.
void Stripe::link(const StripeGuard& held, const Writer& writer, KeyHash hash, Block& block,
                  Slot* slot) noexcept {
  const std::uint64_t word = IndexWord::of(hash, ring_.offset_of(&block)).value;
  const std::uint64_t size = block.load_word().size();
  // Before the entry can be seen, so that no death leaves one that sweeps pass over.
  note_deadline(held, end_of(block));

  Block* old = nullptr;
  if (slot != nullptr) {
    // Stored again: it is in use.
    block.mark.store(1, std::memory_order_relaxed);
    old = known_block_of(*slot);
  } else {
    slot = index_.find_empty(hash);
    if (slot == nullptr) {
      slot = &choose_victim(held, writer, hash);
      old = block_of(*slot);
      const bool expired = old == nullptr || is_over(*old, *writer.tags, *writer.clock);
      writer.row->count(expired ? Counter::kExpired : Counter::kEvictions);
      if (!expired) {
        writer.row->count(Counter::kEvictionsFullBucket);
      }
    }
  }
  if (old == nullptr) {
    replace(held, *slot, word, size, 0);
    return;
  }
  const std::uint64_t old_size = old->load_word().size();
  replace(held, *slot, word, size, old_size);
  retire(held, *old, old_size);
}

std::uint64_t Stripe::spares_per_look(const Writer& writer, std::uint64_t need) const noexcept {
  const std::uint64_t bytes = std::min(kWaitingBytes, ring_.size() / kWaitingPart) * looks(writer);
  return std::clamp<std::uint64_t>(bytes >> std::bit_width(need), 1, kSparesPerClass);
}

Stripe::Room Stripe::take_spare(const Writer& writer, std::uint64_t need) noexcept {
  SpareClass& spares = spares_.for_size(need);
  auto position = spares.take_free(need);
  if (!position && spares.count_retired() >= spares_per_look(writer, need)) {
    free_spares(writer, spares);
    position = spares.take_free(need);
  }
  const BlockWord word = position ? ring_.word_at(*position) : BlockWord{};
  // What a death has left on the list may be in use again.
  if (word.value == 0 || word.state() != BlockState::kFree || word.size() < need) {
    return {};
  }
  if (SpareClass::is_close(word.size(), need)) {
    return {RoomStep::kEnough, ring_.at(*position), word.size()};
  }
  ring_.split(*position, need);
  spares_.add_free({*position + need, word.size() - need});
  return {RoomStep::kEnough, ring_.at(*position), need};
}

Stripe::Room Stripe::find_room(const StripeGuard& held, const Writer& writer, KeyHash hash,
                               Slot* slot, RoomSearch& search, Condition* condition) noexcept {
  Room room;
  if (!search.has_queue) {
    room = take_spare(writer, search.need);
    if (slot == nullptr && room.block != nullptr &&
        lap_before(ring_.position_of(room.block)) < kLeastLap) {
      room = {};
    }
    if (room.block == nullptr || slot == nullptr) {
      choose_queue(held, writer, hash, slot, search);
    }
  }
  if (room.block == nullptr) {
    room.step = make_room(held, writer, search);
    if (room.step == RoomStep::kEnough) {
      room.block = ring_.front(search.queue, search.need);
      room.size = search.need;
    }
  }
  // Unless the entry itself had to go: then another one may come to lie where it was.
  if (condition != nullptr &&
      index_.find_word(hash, IndexWord{condition->version.index_word}) != nullptr) {
    condition->version.clearings = clearings_for(condition->version.size);
  }
  return room;
}

bool Stripe::place(const StripeGuard& held, const Writer& writer, KeyHash hash,
                   const BlockContent& content, const RoomSearch& search, const Room& room,
                   Slot* slot) noexcept {
  Block& block = *room.block;
  if (!fill_block(block, content)) [[unlikely]] {
    name_windows();
    return false;
  }
  block.deadline.store(content.stored_deadline(), std::memory_order_relaxed);
  block.came_early = search.is_early ? 1 : 0;
  // Known to be used, though its place is on probation: as if it had been read.
  if (slot == nullptr && search.queue == Queue::kMain &&
      ring_.queue_at(ring_.position_of(&block)) == Queue::kProbation) {
    block.mark.store(1, std::memory_order_relaxed);
  }
  const bool is_front = ring_.commit(&block, BlockState::kStored, room.size);
  link(held, writer, hash, block, slot);
  if (is_front) {
    Ring::prefetch_behind(&block, room.size);
  }
  return true;
}

Block* Stripe::find_live(const StripeGuard& held, const Writer& writer, KeyHash hash,
                         std::string_view key) const noexcept {
  const Slot* slot = find(held, hash, key);
  Block* block = slot == nullptr ? nullptr : block_of(*slot);
  return block != nullptr && is_live(*block, *writer.tags, *writer.clock) ? block : nullptr;
}

bool Stripe::is_true(const StripeGuard& held, const Writer& writer, KeyHash hash,
                     std::string_view key, const Condition& condition) const noexcept {
  using Kind = Condition::Kind;
  const Block* block = find_live(held, writer, hash, key);
  if (block == nullptr || condition.kind != Kind::kUnchanged) {
    return (block != nullptr) == (condition.kind == Kind::kPresent);
  }
  const IndexWord word = IndexWord::of(hash, ring_.offset_of(block));
  return version_of(*block, word, clearings_for(condition.version.size)) == condition.version;
}

// Flat, since what it is made of is small: calling all of that took a fifth of its time.
[[gnu::flatten]] StoreOutcome Stripe::store(const Writer& writer, KeyHash hash,
                                            const BlockContent& content,
                                            const Condition* asked) noexcept {
  index_.prefetch(hash);
  std::optional<Condition> own;
  if (asked != nullptr) {
    own = *asked;
  }
  Condition* condition = own ? &*own : nullptr;
  RoomSearch search{content.block_size()};
  if (search.need > kFillUnderLock) {
    return search.need > largest_block() ? StoreOutcome::kTooLarge
                                         : store_large(writer, hash, content, condition);
  }
  for (;;) {
    RoomStep step;
    {
      StripeGuard held(*this, writer);
      if (!held.has_lock()) {
        return StoreOutcome::kTimedOut;
      }
      if (!holds(held, writer, hash, content.key, condition)) {
        return StoreOutcome::kConditionFailed;
      }
      // Stays the key's slot as long as the lock is held, whatever has to go to make room.
      Slot* slot = find(held, hash, content.key);
      const Room room = find_room(held, writer, hash, slot, search, condition);
      if (room.step == RoomStep::kEnough) {
        return place(held, writer, hash, content, search, room, slot) ? StoreOutcome::kStored
                                                                      : StoreOutcome::kNotWritten;
      }
      step = room.step;
    }
    if (step == RoomStep::kNone) {
      return StoreOutcome::kNoRoom;
    }
    if (step == RoomStep::kAgain) {
      let_others_in(state_->lock);
    } else if (!grow(writer, search)) {
      return StoreOutcome::kTimedOut;
    }
  }
}

// Reserve, fill without the lock, publish. While it is being filled the block names its builder, so
// that nobody reclaims it; if the builder dies it is garbage.
StoreOutcome Stripe::store_large(const Writer& writer, KeyHash hash, const BlockContent& content,
                                 Condition* condition) noexcept {
  RoomSearch search{content.block_size()};
  Block* block = nullptr;
  std::uint64_t size = 0;
  while (block == nullptr) {
    RoomStep step;
    {
      StripeGuard held(*this, writer);
      if (!held.has_lock()) {
        return StoreOutcome::kTimedOut;
      }
      if (!holds(held, writer, hash, content.key, condition)) {
        return StoreOutcome::kConditionFailed;
      }
      Slot* slot = find(held, hash, content.key);
      const Room room = find_room(held, writer, hash, slot, search, condition);
      step = room.step;
      if (step == RoomStep::kEnough) {
        block = room.block;
        name_builder(*block, writer.owner);
        size = room.size;
        ring_.commit(block, BlockState::kBuilding, size);
      }
    }
    if (step == RoomStep::kNone) {
      return StoreOutcome::kNoRoom;
    }
    if (step == RoomStep::kAgain) {
      let_others_in(state_->lock);
    } else if (step == RoomStep::kReserve && !grow(writer, search)) {
      return StoreOutcome::kTimedOut;
    }
  }

  // Ours alone, so no lock is needed to give it up.
  if (!fill_block(*block, content)) [[unlikely]] {
    ring_.set_retired(block, size);
    return StoreOutcome::kNotWritten;
  }
  StripeGuard held(*this, writer);
  if (!held.has_lock()) {
    ring_.set_retired(block, size);
    return StoreOutcome::kTimedOut;
  }
  if (!holds(held, writer, hash, content.key, condition)) {
    retire(held, *block, size);
    return StoreOutcome::kConditionFailed;
  }
  block->came_early = search.is_early ? 1 : 0;
  // Stored before it has its deadline: a death here leaves garbage, whoever it names.
  block->word.store(BlockWord::of(BlockState::kStored, size).value, std::memory_order_release);
  block->deadline.store(content.stored_deadline(), std::memory_order_relaxed);
  link(held, writer, hash, *block, find(held, hash, content.key));
  return StoreOutcome::kStored;
}

UnlinkOutcome Stripe::erase(const Writer& writer, KeyHash hash, std::string_view key,
                            const Condition* condition) noexcept {
  index_.prefetch(hash);
  StripeGuard held(*this, writer);
  if (!held.has_lock()) {
    return UnlinkOutcome::kTimedOut;
  }
  Slot* slot = find(held, hash, key);
  if (!holds(held, writer, hash, key, condition)) {
    return UnlinkOutcome::kConditionFailed;
  }
  if (slot == nullptr) {
    return UnlinkOutcome::kAbsent;
  }
  Block* block = block_of(*slot);
  const bool expired = !is_live(*block, *writer.tags, *writer.clock);
  unlink(held, *slot, block);
  if (expired) {
    writer.row->count(Counter::kExpired);
  }
  return expired ? UnlinkOutcome::kAbsent : UnlinkOutcome::kUnlinked;
}

UnlinkOutcome Stripe::touch(const Writer& writer, KeyHash hash, std::string_view key,
                            MonotonicTime deadline) noexcept {
  StripeGuard held(*this, writer);
  if (!held.has_lock()) {
    return UnlinkOutcome::kTimedOut;
  }
  Block* block = find_live(held, writer, hash, key);
  if (block == nullptr) {
    return UnlinkOutcome::kAbsent;
  }
  set_deadline(held, *block, deadline);
  block->mark.store(1, std::memory_order_relaxed);
  return UnlinkOutcome::kUnlinked;
}

void Stripe::set_deadline(const StripeGuard& held, Block& block, MonotonicTime deadline) noexcept {
  // First, so that no death leaves an entry that sweeps pass over. Release: the compiler keeps the
  // order, too.
  note_deadline(held, deadline);
  const std::int64_t extras = has_extras(block) ? kHasExtras : 0;
  block.deadline.store(deadline.value | extras, std::memory_order_release);
}

}  // namespace nitro
