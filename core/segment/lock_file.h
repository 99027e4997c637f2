// Byte locks that the kernel holds for a process and drops when it dies: after SIGKILL and exec,
// not while it is merely stopped, and whatever the pid namespace. This is the only judge of life
// and death. Implementations: lock_file_linux.cpp, lock_file_posix.cpp, lock_file_win32.cpp.
//
// All threads of a process share one LockFile, so the kernel does not keep them apart: whoever
// locks bytes for threads must do that (ProcessTable does).
#pragma once

#include <cstdint>
#include <memory>

#include "core/base/result.h"
#include "core/segment/platform.h"

namespace nitro {

class LockFile {
 public:
  // The lock file that belongs to this object, even if its name is gone.
  [[nodiscard]] static Result<LockFile> open(const platform::SharedObject& object);

  LockFile(LockFile&&) noexcept;
  LockFile& operator=(LockFile&&) noexcept;
  ~LockFile();

  // Never waits. A byte that this LockFile holds already is locked again.
  [[nodiscard]] bool try_lock(std::uint64_t byte) noexcept;
  void unlock(std::uint64_t byte) noexcept;
  // Whether another LockFile (of any process) holds the byte. 0.2 µs on Linux.
  [[nodiscard]] bool is_locked_elsewhere(std::uint64_t byte) const noexcept;

  // In a child of fork(): lets go of the parent's locks and starts with none of its own.
  // Async-signal-safe on POSIX. Fails when there are no descriptors left.
  bool reopen() noexcept;
  // A second LockFile of the same file, with locks of its own.
  [[nodiscard]] static Result<LockFile> duplicate(const LockFile& other);

  struct System;

 private:
  explicit LockFile(std::unique_ptr<System> system) noexcept;
  std::unique_ptr<System> system_;
};

}  // namespace nitro
