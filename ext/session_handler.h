// session.save_handler=nitro: each session is a string in a cache, under a prefix and its id, and
// whoever has it open holds a lock with a name.
#pragma once

namespace nitro::php {

// In MINIT, with its `type`. Does nothing in a PHP without sessions.
void register_session_handler(int type);

}  // namespace nitro::php
