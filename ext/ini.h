// The INI settings: what they may be, and what they are. A wrong value is named, and the one before
// it stays.
#pragma once

#include <cstdint>

#include "core/base/units.h"

#include "ext/lifetime.h"

namespace nitro::php {

// The strings belong to PHP's INI table and change with it.
struct Settings {
  const char* name = "";
  ByteCount memory{};
  // Set in php.ini, on the command line or by the server, so that a size that does not fit is an
  // error. The built-in default shrinks instead.
  bool memory_is_asked_for = false;
  Milliseconds default_lifetime = kForever;
  ByteCount entry_size{};
  Milliseconds lock_timeout{};
  Milliseconds session_lock_wait{};
  Milliseconds session_lock_lease = kForever;
  bool in_place = true;
  bool protect_memory = false;
  bool huge_pages_are_wanted = true;
  std::uint32_t max_pins = 0;
  ByteCount max_pinned{};
  ByteCount compress_above{};  // of the lengths of strings
  bool by_igbinary = false;    // values with objects
  bool janitor_is_wanted = true;
  const char* janitor_path = "";  // "": look for it
  std::int64_t idle_timeout_seconds = 0;
};

// With the parameters of MINIT and MSHUTDOWN.
void register_ini(int type, int module_number);
void unregister_ini(int type, int module_number);

}  // namespace nitro::php
