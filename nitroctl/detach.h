// Leaves the process that started us: a janitor outlives the PHP process, its terminal, its
// sockets and its current directory.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"

namespace nitro::ctl {

enum class Side {
  kStarter,   // leave now, all is done
  kDetached,  // go on here
};

// Requires: one thread, nothing attached (file locks belong to the process that took them).
// `arguments` is what a new process would have to be called with to go on where we are; a system
// that can fork does without.
[[nodiscard]] Result<Side> detach(const std::vector<std::string>& arguments);

}  // namespace nitro::ctl
