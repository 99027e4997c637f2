#include "core/process/lock_table.h"

#include "core/segment/platform.h"

namespace nitro {

// Held for the length of a search: 16 KiB are read, and nobody is asked.
class LockTable::Guard {
 public:
  Guard(LockTable& table, OwnerId me, Milliseconds patience) noexcept
      : word_(table.state_.guard),
        is_held_(try_lock(word_, me) ||
                 wait_for_lock(word_, me, table.table_, patience) != LockResult::kTimedOut) {}
  ~Guard() {
    if (is_held_) {
      unlock(word_);
    }
  }
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

  [[nodiscard]] bool is_held() const noexcept { return is_held_; }

 private:
  StripeLockWord& word_;
  bool is_held_;
};

bool LockTable::is_lease_over(const NamedLock& lock) const noexcept {
  const MonotonicTime end{lock.lease_end.load(std::memory_order_relaxed)};
  return end != kNever && end <= clock_.now();
}

bool LockTable::is_free_for_others(const NamedLock& lock) const noexcept {
  const OwnerId owner{lock.owner.load(std::memory_order_acquire)};
  return owner.value == 0 || is_lease_over(lock) || !table_.is_alive(owner);
}

bool LockTable::is_same(const NamedLock& lock, const LockTicket& ticket) const noexcept {
  return lock.owner.load(std::memory_order_acquire) == ticket.owner.value &&
         lock.serial.load(std::memory_order_relaxed) == ticket.serial;
}

void LockTable::let_go(NamedLock& lock) noexcept {
  lock.owner.store(0, std::memory_order_release);
  if (lock.waiting.exchange(0, std::memory_order_seq_cst) != 0) {
    platform::wake_all(&lock.waiting);
  }
}

LockTable::Attempt LockTable::try_take(OwnerId me, std::uint64_t name, MonotonicTime lease_end,
                                       Milliseconds patience) noexcept {
  LockTicket dead;  // whom the kernel does not know any more
  for (bool is_reclaimed = false;;) {
    Attempt attempt;
    {
      Guard guard(*this, me, patience);
      if (!guard.is_held()) {
        return attempt;
      }
      NamedLock* free = nullptr;
      NamedLock* found = nullptr;
      for (NamedLock& lock : state_.locks) {
        if (lock.owner.load(std::memory_order_relaxed) == 0) {
          free = free == nullptr ? &lock : free;
        } else if (lock.name.load(std::memory_order_relaxed) == name) {
          found = &lock;
          break;
        }
      }
      NamedLock* lock = found != nullptr ? found : free;
      if (lock != nullptr) {
        attempt.ticket = {static_cast<std::uint32_t>(lock - state_.locks.data()),
                          lock->serial.load(std::memory_order_relaxed),
                          OwnerId{lock->owner.load(std::memory_order_relaxed)}};
        if (found == nullptr || is_lease_over(*lock) ||
            (dead.owner.value != 0 && is_same(*lock, dead))) {
          lock->owner.store(0, std::memory_order_release);
          lock->name.store(name, std::memory_order_release);
          lock->lease_end.store(lease_end.value, std::memory_order_release);
          lock->serial.store(++attempt.ticket.serial, std::memory_order_release);
          lock->owner.store(me.value, std::memory_order_release);
          attempt.status = Status::kTaken;
          attempt.ticket.owner = me;
          attempt.lease_end = lease_end;
          return attempt;
        }
        attempt.status = Status::kHeld;
        attempt.lease_end = MonotonicTime{lock->lease_end.load(std::memory_order_relaxed)};
        attempt.by_me = attempt.ticket.owner == me;
      } else {
        attempt.status = Status::kNoRoom;
      }
    }
    if (attempt.status == Status::kNoRoom) {
      if (is_reclaimed) {
        return attempt;
      }
      reclaim(me, patience);
      is_reclaimed = true;
    } else if (attempt.by_me || table_.is_alive(attempt.ticket.owner)) {
      return attempt;
    } else {
      dead = attempt.ticket;
    }
  }
}

void LockTable::reclaim(OwnerId me, Milliseconds patience) noexcept {
  for (NamedLock& lock : state_.locks) {
    const LockTicket ticket{static_cast<std::uint32_t>(&lock - state_.locks.data()),
                            lock.serial.load(std::memory_order_relaxed),
                            OwnerId{lock.owner.load(std::memory_order_acquire)}};
    if (ticket.owner.value == 0 || !is_free_for_others(lock)) {
      continue;
    }
    Guard guard(*this, me, patience);
    if (guard.is_held() && is_same(lock, ticket)) {
      let_go(lock);
    }
  }
}

bool LockTable::holds(const LockTicket& ticket) const noexcept {
  const NamedLock& lock = state_.locks[ticket.slot];
  return is_same(lock, ticket) && !is_lease_over(lock);
}

bool LockTable::extend(const LockTicket& ticket, MonotonicTime lease_end,
                       Milliseconds patience) noexcept {
  Guard guard(*this, ticket.owner, patience);
  if (!guard.is_held() || !holds(ticket)) {
    return false;
  }
  state_.locks[ticket.slot].lease_end.store(lease_end.value, std::memory_order_release);
  return true;
}

bool LockTable::release(const LockTicket& ticket, Milliseconds patience) noexcept {
  Guard guard(*this, ticket.owner, patience);
  NamedLock& lock = state_.locks[ticket.slot];
  if (!guard.is_held() || !is_same(lock, ticket)) {
    return false;
  }
  const bool was_held = !is_lease_over(lock);
  let_go(lock);
  return was_held;
}

bool LockTable::release_all(OwnerId owner, Milliseconds patience) noexcept {
  Guard guard(*this, owner, patience);
  if (!guard.is_held()) {
    return false;
  }
  for (NamedLock& lock : state_.locks) {
    if (lock.owner.load(std::memory_order_relaxed) == owner.value) {
      let_go(lock);
    }
  }
  return true;
}

void LockTable::wait(const LockTicket& holder, Milliseconds at_most) noexcept {
  NamedLock& lock = state_.locks[holder.slot];
  lock.waiting.store(1, std::memory_order_seq_cst);
  if (is_same(lock, holder)) {
    platform::sleep_on(&lock.waiting, 1, at_most);
  }
}

std::uint32_t LockTable::count_held() const noexcept {
  std::uint32_t held = 0;
  for (const NamedLock& lock : state_.locks) {
    held += is_free_for_others(lock) ? 0 : 1;
  }
  return held;
}

}  // namespace nitro
