// Locks that have names. They belong to a row of the process table, die with its owner, and end by
// themselves after a time that their owner chooses.
//
// A slot is free, or names its owner. All changes are made under the guard; the order of a change's
// stores makes each prefix of them valid, so that a guard whose holder died needs no mending:
//  - whoever takes a slot stores its owner last;
//  - whoever lets go stores only that there is none.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/base/clock.h"
#include "core/process/process_table.h"
#include "core/process/stripe_lock.h"
#include "core/segment/shared_type.h"

namespace nitro {

inline constexpr std::uint32_t kNamedLocks = 512;

// Names of different kinds have nothing to do with each other.
enum class LockKind : std::uint64_t { kLock = 1, kLead = 2, kSession = 3 };

struct NamedLock {
  SharedAtomic<std::uint64_t> owner;     // OwnerId; 0: free, whatever else is here
  SharedAtomic<std::uint64_t> name;      // its hash
  SharedAtomic<std::int64_t> lease_end;  // MonotonicTime; kNever: none
  SharedAtomic<std::uint32_t> serial;    // grows with each owner
  SharedAtomic<std::uint32_t> waiting;   // 1: somebody may be asleep on this word
};
static_assert(SharedType<NamedLock>);
static_assert(sizeof(NamedLock) == 32, "attached builds break: bump kLayoutVersion");

struct LockTableState {
  alignas(kCacheLine) StripeLockWord guard;
  alignas(kCacheLine) std::array<NamedLock, kNamedLocks> locks;
};
static_assert(SharedType<LockTableState>);

// A lock that was taken. Whether it still is held, holds() says.
struct LockTicket {
  std::uint32_t slot = 0;
  std::uint32_t serial = 0;
  OwnerId owner;
};

class LockTable {
 public:
  // All outlive the table.
  LockTable(LockTableState& state, const ProcessTable& table, const Clock& clock) noexcept
      : state_(state), table_(table), clock_(clock) {}

  enum class Status {
    kTaken,
    kHeld,      // by somebody who is alive, perhaps by the caller himself: see `by_me`
    kNoRoom,    // kNamedLocks are held
    kTimedOut,  // the table was locked for longer than the patience
  };
  struct Attempt {
    Status status = Status::kTimedOut;
    LockTicket ticket;                 // kTaken; kHeld: whose it is
    MonotonicTime lease_end = kNever;  // of that ticket's lock
    bool by_me = false;                // kHeld by the caller
  };

  // Takes the lock if it is free, its owner is dead or its lease is over. A few microseconds;
  // asks the kernel whether its owner is alive, if it has one.
  [[nodiscard]] Attempt try_take(OwnerId me, std::uint64_t name, MonotonicTime lease_end,
                                 Milliseconds patience) noexcept;
  [[nodiscard]] bool holds(const LockTicket& ticket) const noexcept;
  // False: it is held no more.
  [[nodiscard]] bool extend(const LockTicket& ticket, MonotonicTime lease_end,
                            Milliseconds patience) noexcept;
  // False: it was held no more.
  bool release(const LockTicket& ticket, Milliseconds patience) noexcept;
  // What an owner does before it forgets which ones it has. False: the table was locked for longer.
  [[nodiscard]] bool release_all(OwnerId owner, Milliseconds patience) noexcept;

  // Sleeps until the lock that kHeld named is given back, or so long. Nobody wakes whoever waits
  // for the dead, so ask again soon.
  void wait(const LockTicket& holder, Milliseconds at_most) noexcept;

  [[nodiscard]] std::uint32_t count_held() const noexcept;

 private:
  class Guard;

  [[nodiscard]] bool is_lease_over(const NamedLock& lock) const noexcept;
  [[nodiscard]] bool is_free_for_others(const NamedLock& lock) const noexcept;
  [[nodiscard]] bool is_same(const NamedLock& lock, const LockTicket& ticket) const noexcept;
  // Empties slots of the dead and those whose lease is over. Requires: the guard is not held.
  void reclaim(OwnerId me, Milliseconds patience) noexcept;
  void let_go(NamedLock& lock) noexcept;

  LockTableState& state_;
  const ProcessTable& table_;
  const Clock& clock_;
};

}  // namespace nitro
