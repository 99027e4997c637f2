// A second, read-only mapping of a segment, from which values are handed out in place. It can be
// read only while somebody says that he uses values, so that a write into a value, and a look at
// one after its time, end the process at once instead of damaging what others see.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include <boost/interprocess/mapped_region.hpp>

#include "core/segment/platform.h"

namespace nitro {

class ValueView {
 public:
  explicit ValueView(boost::interprocess::mapped_region region) noexcept;
  ValueView(const ValueView&) = delete;
  ValueView& operator=(const ValueView&) = delete;

  [[nodiscard]] std::byte* base() const noexcept {
    return static_cast<std::byte*>(region_.get_address());
  }

  // One more uses values, from any thread. False: the system refuses, and nothing may be used.
  [[nodiscard]] bool begin_use() noexcept;
  // One of them does not any more. The last one makes the view unreadable.
  void end_use() noexcept;
  // Threads that did not come along may have left anything half done.
  void after_fork_in_child() noexcept;

 private:
  class Guard;
  [[nodiscard]] bool set_readable(bool is_readable) noexcept;

  boost::interprocess::mapped_region region_;
  std::uint32_t users_ = 0;  // guarded by is_busy_
  std::atomic_flag is_busy_;
};

}  // namespace nitro
