#include "core/stripe/stripe.h"

#include <cstring>

namespace nitro {

namespace {

// Up to this size a block is reserved, filled and published under one hold of the lock; a larger
// one is filled without it.
constexpr std::uint64_t kFillUnderLock = 8 * 1024;

// Buckets that clear() and a sweep look at in one hold: some 256 entries, so some 25 µs when none
// of them is in the processor's cache.
constexpr std::uint64_t kBucketsPerHold = 32;

// Who is building a block stands where its deadline will be.
void name_builder(Block& block, OwnerId owner) noexcept {
  block.deadline.store(static_cast<std::int64_t>(owner.value), std::memory_order_relaxed);
}

}  // namespace

bool fill(Block& block, const BlockContent& content, std::uint64_t home) noexcept {
  block.kind = content.kind;
  block.mark.store(0, std::memory_order_relaxed);
  block.has_pointers = content.has_pointers ? 1 : 0;
  block.reserved = 0;
  block.key_length = static_cast<std::uint32_t>(content.key.size());
  block.value_length = static_cast<std::uint32_t>(content.value_length());
  if (!content.key.empty()) {
    std::memcpy(block.key_bytes(), content.key.data(), content.key.size());
  }
  const ValueWriter& writer = content.writer;
  if (writer.write != nullptr) {
    return writer.write(writer.context, {block.value(), writer.size},
                        home + Block::value_offset(block.key_length));
  }
  if (!content.value.empty()) {
    std::memcpy(block.value(), content.value.data(), content.value.size());
  }
  return true;
}

Stripe::Stripe(std::uint32_t number, StripeState& state, Bucket* buckets,
               std::uint64_t bucket_count, const Segment& segment, std::uint64_t ring_start,
               std::uint64_t ring_size) noexcept
    : state_(&state),
      index_(buckets, bucket_count),
      ring_(state.ring, segment.base(), ring_start, ring_size),
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
// is that the compiler keeps their order: release and seq_cst do that.
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
  // seq_cst, partner: R3 of the readers and the scan of the rows. Also release: the block behind
  // `word` is complete.
  slot.store(word, std::memory_order_seq_cst);
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
  name_window();
}

// Somebody may have begun to fill fresh memory at the hand, which therefore no longer says "free to
// the end" at every place: say it once, in the window's own word.
void Stripe::name_window() noexcept {
  const std::uint64_t hand = ring_.hand();
  if (hand < ring_.extent() && ring_.at(hand)->load_word().value == 0) {
    ring_.set_free(hand, ring_.extent() - hand);
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
  ring_.set_retired(block, size);
}

// When both buckets are full: an expired entry, else one that nobody has read since the hand was
// there, else any; of equals the oldest, that is the one the hand reaches first.
Slot& Stripe::choose_victim(const StripeGuard&, const Writer& writer, KeyHash hash) noexcept {
  Slot* victim = nullptr;
  std::uint64_t least = UINT64_MAX;
  const std::uint64_t hand = ring_.hand();
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
      const std::uint64_t position = ring_.position_of(block);
      const std::uint64_t distance =
          position >= hand ? position - hand : position + ring_.size() - hand;
      std::uint64_t worth = distance;
      if (is_expired(deadline_of(*block), *writer.clock)) {
        worth = 0;
      } else if (block->mark.load(std::memory_order_relaxed) != 0) {
        worth += ring_.size();
      }
      if (worth < least || victim == nullptr) {
        victim = &slot;
        least = worth;
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
void Stripe::link(const StripeGuard& held, const Writer& writer, KeyHash hash,
                  Block& block) noexcept {
  const std::uint64_t word = IndexWord::of(hash, ring_.offset_of(&block)).value;
  const std::uint64_t size = block.load_word().size();
  // Before the entry can be seen, so that no death leaves one that sweeps pass over.
  note_deadline(held, deadline_of(block));

  Slot* slot = find(held, hash, block.key());
  if (slot == nullptr) {
    slot = index_.find_empty(hash);
    if (slot != nullptr) {
      replace(held, *slot, word, size, 0);
      return;
    }
    slot = &choose_victim(held, writer, hash);
    const Block* victim = block_of(*slot);
    const bool expired = victim == nullptr || is_expired(deadline_of(*victim), *writer.clock);
    writer.row->count(expired ? Counter::kExpired : Counter::kEvictions);
    if (!expired) {
      writer.row->count(Counter::kEvictionsFullBucket);
    }
  }
  Block* old = block_of(*slot);
  if (old == nullptr) [[unlikely]] {
    replace(held, *slot, word, size, 0);
    return;
  }
  const std::uint64_t old_size = old->load_word().size();
  replace(held, *slot, word, size, old_size);
  ring_.set_retired(old, old_size);
}

bool Stripe::place(const StripeGuard& held, const Writer& writer, KeyHash hash,
                   const BlockContent& content) noexcept {
  const std::uint64_t size = content.block_size();
  Block* block = ring_.front(size);
  if (!fill_block(*block, content)) [[unlikely]] {
    name_window();
    return false;
  }
  block->deadline.store(content.deadline.value, std::memory_order_relaxed);
  ring_.commit(block, BlockState::kStored, size);
  link(held, writer, hash, *block);
  ring_.prefetch_front(size);
  return true;
}

StoreOutcome Stripe::store(const Writer& writer, KeyHash hash,
                           const BlockContent& content) noexcept {
  index_.prefetch(hash);
  RoomSearch search{content.block_size()};
  if (search.need > kFillUnderLock) {
    return store_large(writer, hash, content);
  }
  for (;;) {
    RoomStep step;
    {
      StripeGuard held(*this, writer);
      if (!held.has_lock()) {
        return StoreOutcome::kTimedOut;
      }
      step = make_room(held, writer, search);
      if (step == RoomStep::kEnough) {
        return place(held, writer, hash, content) ? StoreOutcome::kStored
                                                  : StoreOutcome::kNotWritten;
      }
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
StoreOutcome Stripe::store_large(const Writer& writer, KeyHash hash,
                                 const BlockContent& content) noexcept {
  RoomSearch search{content.block_size()};
  Block* block = nullptr;
  while (block == nullptr) {
    RoomStep step;
    {
      StripeGuard held(*this, writer);
      if (!held.has_lock()) {
        return StoreOutcome::kTimedOut;
      }
      step = make_room(held, writer, search);
      if (step == RoomStep::kEnough) {
        block = ring_.front(search.need);
        name_builder(*block, writer.owner);
        ring_.commit(block, BlockState::kBuilding, search.need);
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
    ring_.set_retired(block, search.need);
    return StoreOutcome::kNotWritten;
  }
  StripeGuard held(*this, writer);
  if (!held.has_lock()) {
    ring_.set_retired(block, search.need);
    return StoreOutcome::kTimedOut;
  }
  // Stored before it has its deadline: a death here leaves garbage, whoever it names.
  block->word.store(BlockWord::of(BlockState::kStored, search.need).value,
                    std::memory_order_release);
  block->deadline.store(content.deadline.value, std::memory_order_relaxed);
  link(held, writer, hash, *block);
  return StoreOutcome::kStored;
}

UnlinkOutcome Stripe::erase(const Writer& writer, KeyHash hash, std::string_view key) noexcept {
  index_.prefetch(hash);
  StripeGuard held(*this, writer);
  if (!held.has_lock()) {
    return UnlinkOutcome::kTimedOut;
  }
  Slot* slot = find(held, hash, key);
  if (slot == nullptr) {
    return UnlinkOutcome::kAbsent;
  }
  Block* block = block_of(*slot);
  const bool expired = is_expired(deadline_of(*block), *writer.clock);
  unlink(held, *slot, block);
  if (expired) {
    writer.row->count(Counter::kExpired);
  }
  return expired ? UnlinkOutcome::kAbsent : UnlinkOutcome::kUnlinked;
}

bool Stripe::clear(const Writer& writer) noexcept {
  std::uint64_t bucket = 0;
  for (; bucket < index_.bucket_count(); let_others_in(state_->lock)) {
    StripeGuard held(*this, writer);
    if (!held.has_lock()) {
      return false;
    }
    const std::uint64_t end = std::min(bucket + kBucketsPerHold, index_.bucket_count());
    for (; bucket < end; ++bucket) {
      for (Slot& slot : index_.bucket(bucket).slots) {
        if (slot.load(std::memory_order_relaxed) != 0) {
          unlink(held, slot, block_of(slot));
        }
      }
    }
  }
  return true;
}

Stripe::SweepStep Stripe::sweep_step(const Writer& writer) noexcept {
  SweepStep step;
  const MonotonicTime now = writer.clock->now();
  const auto is_due = [&] {
    const std::int64_t next = state_->next_deadline.load(std::memory_order_relaxed);
    return next != 0 && next <= now.value;
  };
  // Memory may have become free since.
  ring_.set_stuck(false);
  // Without the lock first: most looks end here. A late value makes a sweep late.
  if (!is_due()) {
    return step;
  }
  StripeGuard held(*this, writer);
  if (!held.has_lock() || !is_due()) {
    return step;
  }
  std::uint64_t bucket = state_->sweep_bucket.load(std::memory_order_relaxed);
  if (bucket == 0) {
    state_->sweep_deadline.store(0, std::memory_order_relaxed);
  }
  const std::uint64_t end = std::min(bucket + kBucketsPerHold, index_.bucket_count());
  for (; bucket < end; ++bucket) {
    for (Slot& slot : index_.bucket(bucket).slots) {
      if (slot.load(std::memory_order_relaxed) == 0) {
        continue;
      }
      Block* block = block_of(slot);
      ++step.looked_at;
      if (block == nullptr) [[unlikely]] {
        continue;
      }
      const MonotonicTime deadline = deadline_of(*block);
      if (deadline != kNever && deadline <= now) {
        unlink(held, slot, block);
        writer.row->count(Counter::kExpired);
        ++step.expired;
      } else {
        note_deadline(held, deadline);
      }
    }
  }
  step.has_more = bucket < index_.bucket_count();
  if (!step.has_more) {
    state_->next_deadline.store(state_->sweep_deadline.load(std::memory_order_relaxed),
                                std::memory_order_relaxed);
    bucket = 0;
  }
  state_->sweep_bucket.store(bucket, std::memory_order_relaxed);
  return step;
}

}  // namespace nitro
