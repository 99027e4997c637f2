// A process whose /dev/shm is a small file system of its own.
#pragma once

#include <functional>

#include "core/base/units.h"

namespace nitro::test {

enum class SmallMemoryOutcome {
  kPassed,
  kFailed,
  kUnavailable,  // this user may not mount anything here
};

// Runs `body` in a child process; what it gives is whether it passed.
[[nodiscard]] SmallMemoryOutcome with_small_shared_memory(ByteCount size,
                                                          const std::function<bool()>& body);

// Fills /dev/shm to the last page. Only for use inside `body`.
void fill_shared_memory();

}  // namespace nitro::test
