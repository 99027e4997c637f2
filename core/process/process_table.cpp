#include "core/process/process_table.h"

#include "core/segment/header.h"
#include "core/segment/platform.h"

namespace nitro {

namespace {

constexpr std::uint64_t kTaken = 1;

constexpr std::uint64_t byte_of(std::uint32_t row) { return kFirstRowByte + row; }
constexpr bool is_taken(std::uint64_t identity) { return (identity & kTaken) != 0; }
constexpr std::uint32_t generation_of(std::uint64_t identity) {
  return static_cast<std::uint32_t>(identity >> 32);
}
constexpr std::uint64_t make_identity(std::uint32_t generation, bool taken) {
  return static_cast<std::uint64_t>(generation) << 32 | (taken ? kTaken : 0);
}

}  // namespace

ProcessTable::ProcessTable(ProcessTableState& state, LockFile& locks)
    : state_(state),
      locks_(locks),
      own_(std::make_unique<std::array<std::atomic<bool>, kRowCount>>()) {}

std::optional<TakenRow> ProcessTable::take_row() noexcept {
  return take_between(0, kRowCount - kGuestRows, locks_);
}

std::optional<TakenRow> ProcessTable::take_guest_row() noexcept {
  return take_between(kRowCount - kGuestRows, kRowCount, locks_);
}

std::optional<TakenRow> ProcessTable::take_row_for(LockFile& locks) noexcept {
  auto taken = take_between(0, kRowCount - kGuestRows, locks);
  if (taken) {
    // Held by a descriptor of its own, so the kernel counts it as somebody else's.
    (*own_)[taken->owner.row()].store(false, std::memory_order_relaxed);
  }
  return taken;
}

// Free rows first, the lowest first, since a scan reads every row up to the highest; then those
// whose owner may be dead.
std::optional<TakenRow> ProcessTable::take_between(std::uint32_t first, std::uint32_t last,
                                                   LockFile& locks) noexcept {
  for (const bool take_from_dead : {false, true}) {
    for (std::uint32_t i = first; i < last; ++i) {
      if (is_taken(state_.rows[i].identity.load(std::memory_order_relaxed)) == take_from_dead) {
        if (auto taken = try_take(i, locks)) {
          return taken;
        }
      }
    }
  }
  return std::nullopt;
}

// First against our own threads, then against everybody else.
bool ProcessTable::try_lock_row(std::uint32_t index, LockFile& locks) noexcept {
  if ((*own_)[index].exchange(true, std::memory_order_acquire)) {
    return false;
  }
  if (!locks.try_lock(byte_of(index))) {
    (*own_)[index].store(false, std::memory_order_release);
    return false;
  }
  return true;
}

void ProcessTable::unlock_row(std::uint32_t index) noexcept {
  locks_.unlock(byte_of(index));
  (*own_)[index].store(false, std::memory_order_release);
}

std::optional<TakenRow> ProcessTable::try_take(std::uint32_t index, LockFile& locks) noexcept {
  if (!try_lock_row(index, locks)) {
    return std::nullopt;
  }
  // The kernel says that nobody else holds the row: what is in it, the dead left.
  Row& row = state_.rows[index];
  const std::uint32_t generation = generation_of(row.identity.load(std::memory_order_relaxed)) + 1;
  empty(row);
  row.pid.store(static_cast<std::uint32_t>(platform::process_id()), std::memory_order_relaxed);
  row.identity.store(make_identity(generation, true), std::memory_order_release);

  // seq_cst, before the first hazard: a scan that does not see this row comes before the hazard in
  // the one order of such operations, and what it unlinked is seen by R3.
  std::uint32_t seen = state_.rows_in_use.load(std::memory_order_relaxed);
  while (seen < index + 1 &&
         !state_.rows_in_use.compare_exchange_weak(seen, index + 1, std::memory_order_seq_cst)) {
  }
  return TakenRow{&row, OwnerId{static_cast<std::uint64_t>(generation) << 32 | (index + 1)}};
}

// Requires: the caller holds the row's byte.
void ProcessTable::empty(Row& row) noexcept {
  // Release: what the owner read, it has read. Partner: the scan's loads.
  row.pin_count.store(0, std::memory_order_release);
  row.hazard.store(0, std::memory_order_release);
  row.pinned_stripes.store(0, std::memory_order_relaxed);
  for (std::uint32_t i = 0; i < kCounterCount; ++i) {
    const std::uint64_t counted = row.counters[i].load(std::memory_order_relaxed);
    if (counted != 0) {
      row.counters[i].store(0, std::memory_order_relaxed);
      state_.retired_counters[i].fetch_add(counted, std::memory_order_relaxed);
    }
  }
}

void ProcessTable::give_back(const TakenRow& taken) noexcept {
  empty(*taken.row);
  taken.row->identity.store(make_identity(taken.owner.generation(), false),
                            std::memory_order_release);
  unlock_row(taken.owner.row());
}

void ProcessTable::forget_own_rows() noexcept {
  for (auto& own : *own_) {
    own.store(false, std::memory_order_relaxed);
  }
}

void ProcessTable::adopt(const TakenRow& taken) noexcept {
  (*own_)[taken.owner.row()].store(true, std::memory_order_relaxed);
  taken.row->pid.store(static_cast<std::uint32_t>(platform::process_id()),
                       std::memory_order_relaxed);
}

bool ProcessTable::is_named(OwnerId owner) const noexcept {
  const std::uint32_t row = owner.row();
  return row < kRowCount && state_.rows[row].identity.load(std::memory_order_acquire) ==
                                make_identity(owner.generation(), true);
}

bool ProcessTable::is_alive(OwnerId owner) const noexcept {
  if (!is_named(owner)) {
    return false;
  }
  const std::uint32_t row = owner.row();
  if ((*own_)[row].load(std::memory_order_acquire) || locks_.is_locked_elsewhere(byte_of(row))) {
    // Locked, perhaps by its next owner, who names himself after he has locked.
    return is_named(owner);
  }
  return false;
}

std::uint32_t ProcessTable::reclaim_dead_rows() noexcept {
  std::uint32_t reclaimed = 0;
  const std::uint32_t end = rows_in_use();
  for (std::uint32_t i = 0; i < end; ++i) {
    Row& row = state_.rows[i];
    const std::uint64_t identity = row.identity.load(std::memory_order_relaxed);
    if (is_taken(identity) && try_lock_row(i, locks_)) {
      // Nobody else changes it now; but somebody may have reclaimed it in between.
      if (row.identity.load(std::memory_order_relaxed) == identity) {
        empty(row);
        row.identity.store(make_identity(generation_of(identity), false),
                           std::memory_order_release);
        ++reclaimed;
      }
      unlock_row(i);
    }
  }
  return reclaimed;
}

std::uint32_t ProcessTable::count_living_rows() const noexcept {
  std::uint32_t living = 0;
  const std::uint32_t end = rows_in_use();
  for (std::uint32_t i = 0; i < end; ++i) {
    const std::uint64_t identity = state_.rows[i].identity.load(std::memory_order_acquire);
    if (is_taken(identity) &&
        ((*own_)[i].load(std::memory_order_relaxed) || locks_.is_locked_elsewhere(byte_of(i)))) {
      ++living;
    }
  }
  return living;
}

void ProcessTable::find_named(std::uint32_t stripe, std::uint64_t from, std::uint64_t to,
                              NamedBlocks& named) const noexcept {
  named.clear();
  for_each_named(stripe, [&](std::uint64_t offset) {
    if (offset >= from && offset < to) {
      named.add(offset);
    }
  });
  named.finish();
}

bool ProcessTable::is_pinned_elsewhere(std::uint32_t stripe, std::uint64_t block,
                                       const Row& own) const noexcept {
  const std::uint32_t end = rows_in_use();
  for (std::uint32_t i = 0; i < end; ++i) {
    const Row& row = state_.rows[i];
    const std::uint32_t count = std::min(row.pin_count.load(std::memory_order_acquire), kMaxPins);
    if (&row == &own || (row.pinned_stripes.load(std::memory_order_relaxed) >> stripe & 1) == 0) {
      continue;
    }
    for (std::uint32_t pin = 0; pin < count; ++pin) {
      if (row.pins[pin].load(std::memory_order_relaxed) * kPinUnit == block) {
        return true;
      }
    }
  }
  return false;
}

std::uint64_t ProcessTable::sum(Counter counter) const noexcept {
  const auto cell = static_cast<std::uint32_t>(counter);
  std::uint64_t total = state_.retired_counters[cell].load(std::memory_order_relaxed);
  const std::uint32_t end = rows_in_use();
  for (std::uint32_t i = 0; i < end; ++i) {
    total += state_.rows[i].counters[cell].load(std::memory_order_relaxed);
  }
  return total;
}

}  // namespace nitro
