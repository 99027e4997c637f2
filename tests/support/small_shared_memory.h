// A process whose /dev/shm is a small file system of its own.
#pragma once

#include <functional>
#include <string>

#include "core/base/units.h"

namespace nitro::test {

// Runs `body` in a child process; true when that gives true. Where this user may not mount
// anything, or the system does not know the `options`, it is true, too, and a warning says so.
[[nodiscard]] bool passes_in_small_shared_memory(ByteCount size, const std::function<bool()>& body,
                                                 const std::string& options = "mode=1777");

// Fills /dev/shm to the last page. Only for use inside `body`.
void fill_shared_memory();

}  // namespace nitro::test
