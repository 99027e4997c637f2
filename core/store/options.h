// Every setting of a store, its default and its unit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/base/units.h"

namespace nitro {

// Smaller than this there is no room for the tables and four useful stripes.
inline constexpr ByteCount kSmallestSegment = 1_MiB;
// What 64 stripes of 28-bit block sizes, and pins of 32 bits in units of 16 bytes, can address.
inline constexpr ByteCount kLargestSegment = 64_GiB;

struct StoreOptions {
  // 1–64 characters of A–Z a–z 0–9 . _ - that do not begin with a dot.
  std::string name = "default";

  // The size the user asked for: it fits or opening fails. Without it `default_size` is
  // taken, which shrinks to three quarters of what there is. Only the process that creates the
  // segment decides; all that the cache needs (tables, index, entries) comes out of it.
  std::optional<ByteCount> size;
  ByteCount default_size = 128_MiB;

  // Facts about the caller's in-memory values. Builds that differ never meet. Opaque here.
  std::uint64_t value_abi = 0;
  // Who made the segment, for people: "PHP 8.2.36". Cut to 23 bytes.
  std::string maker;

  // Memory per index slot. Entries that are smaller on average are limited by the index instead.
  ByteCount entry_size{224};

  // What a session may keep in place until its pins are dropped: so many values (256 is the most
  // that a row has room for), with so many bytes together. Beyond that values are copied.
  std::uint32_t max_pins = 256;
  ByteCount max_pinned{UINT64_MAX};

  // For finding mistakes: values in place lie in a read-only mapping of their own, which is
  // unreadable while no session has pins. Two system calls for each time between.
  bool protect_values = false;

  // Asks the system for huge pages, if the cache is large enough to gain by them.
  bool huge_pages = false;

  // A writer that waited this long for a stripe gives up.
  Milliseconds lock_timeout{1000};

  // Without it a missing segment is ErrorKind::kNotFound.
  bool create = true;

  // Outlives the store.
  const Clock* clock = &system_clock();
};

// Why `name` cannot be a cache's name, as an English clause; empty when it can.
[[nodiscard]] std::string why_name_is_bad(const std::string& name);

}  // namespace nitro
