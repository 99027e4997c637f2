#include "ext/fork_handlers.h"

namespace nitro::php {

// There is no fork.
void arm_fork_handlers() {}
void disarm_fork_handlers() {}

}  // namespace nitro::php
