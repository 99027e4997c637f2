// pcntl_fork(), php-fpm's workers, popen(): a child that was forked, not spawned, inherits values
// that lie in the segment, and rows and locks that are not its own.
#pragma once

namespace nitro::php {

void arm_fork_handlers();
// They cannot be taken back, but they do nothing from now on.
void disarm_fork_handlers();

}  // namespace nitro::php
