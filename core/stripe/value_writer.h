// A value that is written where it will lie, instead of being copied there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace nitro {

// `home` is the address of `at` in a process that is at home: what pointers within the value are
// relative to. May run under a stripe's lock: it neither allocates nor runs anybody else's code.
// False: nothing is to be stored.
struct ValueWriter {
  bool (*write)(const void* context, std::span<std::byte> at,
                std::uint64_t home) noexcept = nullptr;
  const void* context = nullptr;
  std::size_t size = 0;  // of what it writes
};

}  // namespace nitro
