// macOS: locks of an open file description (OFD) on the file that stands for the segment's name.
//
// POSIX's own locks (F_SETLK) will not do. They belong to the process: closing any descriptor of
// the file drops them all, two LockFiles of one process do not keep each other out, and a child of
// fork() has none, so the row that its parent took for it would look dead until the child has
// locked it itself, while it holds values that the row protects. flock() belongs to the
// description, too, but knows whole files only; a file for each row could be deleted by a tidy-up
// of temporary files, and its owner would look dead.
//
// macOS has had OFD locks for long, and its SQLite uses them. They go with the last descriptor of
// the description: at close, exec (close-on-exec), and death, not when another descriptor of the
// file is closed. Each LockFile has a description of its own, and opens it by the path that the
// object's generation gives, since macOS cannot open a file again by its descriptor. That path
// stays as long as anybody has the object open.
#include <cerrno>
#include <cstring>

#include "core/segment/byte_lock_posix.h"
#include "core/segment/header.h"
#include "core/segment/lock_file.h"
#include "core/segment/name_file_posix.h"
#include "core/segment/segment_name.h"

namespace nitro {

using platform::kGetLock;
using platform::kSetLock;
using platform::one_byte;

namespace {

Error no_lock_file(const std::string& path) {
  return {ErrorKind::kSystem,
          path + " cannot be opened for locking: " + std::strerror(errno) + "."};
}

}  // namespace

struct LockFile::System {
  std::string path;
  platform::Descriptor file;

  // A new description, without the locks of the old one. Async-signal-safe.
  bool open() noexcept {
    file = platform::Descriptor(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
    return static_cast<bool>(file);
  }
};

LockFile::LockFile(std::unique_ptr<System> system) noexcept : system_(std::move(system)) {}
LockFile::LockFile(LockFile&&) noexcept = default;
LockFile& LockFile::operator=(LockFile&&) noexcept = default;
LockFile::~LockFile() = default;

Result<LockFile> LockFile::open(const platform::SharedObject& object) {
  auto system = std::make_unique<System>();
  system->path =
      platform::path_of_generation(platform::ObjectName::parse(object.name()).generation);
  struct flock lock = one_byte(F_WRLCK, kGuardByte);
  if (!system->open() || fcntl(system->file.get(), kGetLock, &lock) != 0) {
    return no_lock_file(system->path);
  }
  return LockFile(std::move(system));
}

Result<LockFile> LockFile::duplicate(const LockFile& other) {
  auto system = std::make_unique<System>();
  system->path = other.system_->path;
  if (!system->open()) {
    return no_lock_file(system->path);
  }
  return LockFile(std::move(system));
}

bool LockFile::try_lock(std::uint64_t byte) noexcept {
  struct flock lock = one_byte(F_WRLCK, byte);
  int result = 0;
  do {
    result = fcntl(system_->file.get(), kSetLock, &lock);
  } while (result != 0 && errno == EINTR);
  return result == 0;
}

void LockFile::unlock(std::uint64_t byte) noexcept {
  struct flock lock = one_byte(F_UNLCK, byte);
  fcntl(system_->file.get(), kSetLock, &lock);
}

bool LockFile::is_locked_elsewhere(std::uint64_t byte) const noexcept {
  struct flock lock = one_byte(F_WRLCK, byte);
  // When the kernel cannot tell, nobody is declared dead.
  return fcntl(system_->file.get(), kGetLock, &lock) != 0 || lock.l_type != F_UNLCK;
}

// The inherited descriptor goes even if there is no fresh one: as long as this process has it, its
// parent's locks outlive the parent. Without a descriptor no lock can be had, and everybody else
// counts as alive.
bool LockFile::reopen() noexcept { return system_->open(); }

}  // namespace nitro
