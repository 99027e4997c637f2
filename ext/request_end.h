// After a request, when its memory is gone: what it had pinned may go, too.
#pragma once

namespace nitro::php {

// Requires: post-deactivate, not RSHUTDOWN, where destructors and the symbol table still look at
// values.
void end_request() noexcept;

}  // namespace nitro::php
