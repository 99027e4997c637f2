// Locks of an open file description (OFD) on single bytes, on macOS and other systems that are not
// Linux.
#pragma once

#include <cstdint>

#include <fcntl.h>

namespace nitro::platform {

#if defined(F_OFD_SETLK)
inline constexpr int kSetLock = F_OFD_SETLK;
inline constexpr int kGetLock = F_OFD_GETLK;
#elif defined(__APPLE__)
// Older SDKs keep the names to themselves; the kernel's numbers do not change.
inline constexpr int kSetLock = 90;
inline constexpr int kGetLock = 92;
#else
#error "This system has no locks of open file descriptions, by which NitroCache tells who lives."
#endif

// `type` as in struct flock: F_RDLCK, F_WRLCK or F_UNLCK.
[[nodiscard]] inline struct flock one_byte(short type, std::uint64_t byte) noexcept {
  struct flock lock {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  lock.l_start = static_cast<off_t>(byte);
  lock.l_len = 1;
  return lock;
}

}  // namespace nitro::platform
