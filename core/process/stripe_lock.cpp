#include "core/process/stripe_lock.h"

#include <chrono>
#include <thread>

#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>
#endif

#include "core/segment/platform.h"

namespace nitro {

namespace {

// A hold is some 100 ns, so most waits end within a few of these.
constexpr int kSpins = 100;
constexpr int kYields = 20;
// Enough for a waiter that spins to see that the lock is free.
constexpr int kCourtesySpins = 20;
// A sleep that nobody ends is as long as this, because its owner died between unlocking and waking,
// or the waker did not see the sleeper.
constexpr Milliseconds kFirstSleep{1};
constexpr Milliseconds kLongestSleep{16};

inline void pause_briefly() noexcept {
#if defined(__x86_64__) || defined(_M_X64)
  _mm_pause();
#elif defined(__aarch64__)
  asm volatile("isb" ::: "memory");
#endif
}

bool is_free(const StripeLockWord& word) noexcept {
  return word.owner.load(std::memory_order_relaxed) == 0;
}

}  // namespace

LockResult wait_for_lock(StripeLockWord& word, OwnerId me, const ProcessTable& table,
                         Milliseconds at_most) noexcept {
  for (int i = 0; i < kSpins + kYields; ++i) {
    if (is_free(word) && try_lock(word, me)) {
      return LockResult::kLocked;
    }
    if (i < kSpins) {
      pause_briefly();
    } else {
      std::this_thread::yield();
    }
  }

  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(at_most.value);
  Milliseconds sleep = kFirstSleep;
  for (;;) {
    if (is_free(word) && try_lock(word, me)) {
      return LockResult::kLocked;
    }
    std::uint64_t owner = word.owner.load(std::memory_order_relaxed);
    // Exactly one waiter exchanges this value. Acquire: the dead owner's stores, whose order
    // Stripe::mend() relies on, are visible.
    if (owner != 0 && !table.is_alive(OwnerId{owner}) &&
        word.owner.compare_exchange_strong(owner, me.value, std::memory_order_acquire,
                                           std::memory_order_relaxed)) {
      return LockResult::kTookOver;
    }
    if (std::chrono::steady_clock::now() >= deadline) {
      return LockResult::kTimedOut;
    }
    word.waiting.store(1, std::memory_order_seq_cst);
    if (!is_free(word)) {
      platform::sleep_on(&word.waiting, 1, sleep);
      sleep = std::min(kLongestSleep, sleep + sleep);
    }
  }
}

void wake_waiters(StripeLockWord& word) noexcept {
  // A flag rather than a count: a waiter that dies leaves nothing to be counted down.
  word.waiting.store(0, std::memory_order_relaxed);
  platform::wake_all(&word.waiting);
}

void let_others_in(const StripeLockWord& word) noexcept {
  for (int i = 0; i < kCourtesySpins && is_free(word); ++i) {
    pause_briefly();
  }
  if (word.waiting.load(std::memory_order_relaxed) != 0) {
    std::this_thread::yield();
  }
}

}  // namespace nitro
