#include "core/segment/value_view.h"

#include <thread>
#include <utility>

namespace nitro {

// Keeps the threads of this process apart. A spinlock, since a child of fork() must be able to free
// it whoever held it.
class ValueView::Guard {
 public:
  explicit Guard(std::atomic_flag& flag) noexcept : flag_(flag) {
    // Acquire. Partner: the release below.
    while (flag_.test_and_set(std::memory_order_acquire)) {
      std::this_thread::yield();
    }
  }
  ~Guard() { flag_.clear(std::memory_order_release); }
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

 private:
  std::atomic_flag& flag_;
};

ValueView::ValueView(boost::interprocess::mapped_region region) noexcept
    : region_(std::move(region)) {
  static_cast<void>(set_readable(false));  // readable, it is less of a trap, and nothing worse
}

bool ValueView::set_readable(bool is_readable) noexcept {
  return platform::set_readable(base(), ByteCount{region_.get_size()}, is_readable);
}

bool ValueView::begin_use() noexcept {
  const Guard guard(is_busy_);
  if (users_ == 0 && !set_readable(true)) {
    return false;
  }
  ++users_;
  return true;
}

void ValueView::end_use() noexcept {
  const Guard guard(is_busy_);
  if (--users_ == 0) {
    static_cast<void>(set_readable(false));
  }
}

void ValueView::after_fork_in_child() noexcept {
  is_busy_.clear(std::memory_order_relaxed);
  if (users_ != 0) {
    // Those of other threads never end here, so the view stays readable in this process.
    static_cast<void>(set_readable(true));
  }
}

}  // namespace nitro
