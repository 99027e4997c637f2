// Linux: locks of an open file description (OFD) on the shared-memory object itself. They belong to
// the descriptor, not to the process, so each LockFile has a descriptor of its own.
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

#include "core/segment/lock_file.h"

namespace nitro {

struct LockFile::System {
  int descriptor = -1;

  System() = default;
  System(const System&) = delete;
  System& operator=(const System&) = delete;
  ~System() {
    if (descriptor >= 0) {
      close(descriptor);
    }
  }
};

namespace {

// Opens the same file once more, whether or not it still has a name. Uses only what a child of
// fork() may use.
int open_again(int descriptor) noexcept {
  std::array<char, 32> path{"/proc/self/fd/"};
  std::array<char, 12> digits{};
  std::size_t count = 0;
  do {
    digits[count++] = static_cast<char>('0' + descriptor % 10);
    descriptor /= 10;
  } while (descriptor > 0);
  std::size_t end = std::strlen(path.data());
  while (count > 0) {
    path[end++] = digits[--count];
  }
  path[end] = '\0';
  return open(path.data(), O_RDWR | O_CLOEXEC);
}

struct flock one_byte(short type, std::uint64_t byte) noexcept {
  struct flock lock {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  lock.l_start = static_cast<off_t>(byte);
  lock.l_len = 1;
  return lock;
}

Error no_lock_file(const std::string& name) {
  return {ErrorKind::kSystem, "The shared memory object " + name +
                                  " cannot be opened for locking: " + std::strerror(errno) +
                                  ". Is /proc mounted?"};
}

}  // namespace

LockFile::LockFile(std::unique_ptr<System> system) noexcept : system_(std::move(system)) {}
LockFile::LockFile(LockFile&&) noexcept = default;
LockFile& LockFile::operator=(LockFile&&) noexcept = default;
LockFile::~LockFile() = default;

Result<LockFile> LockFile::open(const platform::SharedObject& object) {
  auto system = std::make_unique<System>();
  system->descriptor = open_again(object.get_mapping_handle().handle);
  if (system->descriptor < 0) {
    return no_lock_file(object.name());
  }
  return LockFile(std::move(system));
}

Result<LockFile> LockFile::duplicate(const LockFile& other) {
  auto system = std::make_unique<System>();
  system->descriptor = open_again(other.system_->descriptor);
  if (system->descriptor < 0) {
    return no_lock_file("of this cache");
  }
  return LockFile(std::move(system));
}

bool LockFile::try_lock(std::uint64_t byte) noexcept {
  struct flock lock = one_byte(F_WRLCK, byte);
  int result = 0;
  do {
    result = fcntl(system_->descriptor, F_OFD_SETLK, &lock);
  } while (result != 0 && errno == EINTR);
  return result == 0;
}

void LockFile::unlock(std::uint64_t byte) noexcept {
  struct flock lock = one_byte(F_UNLCK, byte);
  fcntl(system_->descriptor, F_OFD_SETLK, &lock);
}

bool LockFile::is_locked_elsewhere(std::uint64_t byte) const noexcept {
  struct flock lock = one_byte(F_WRLCK, byte);
  // When the kernel cannot tell, nobody is declared dead.
  return fcntl(system_->descriptor, F_OFD_GETLK, &lock) != 0 || lock.l_type != F_UNLCK;
}

bool LockFile::reopen() noexcept {
  const int fresh = open_again(system_->descriptor);
  // The inherited descriptor goes even if there is no fresh one: as long as this process has it,
  // its parent's locks outlive the parent. Without a descriptor no lock can be had, and everybody
  // else counts as alive.
  close(system_->descriptor);
  system_->descriptor = fresh;
  return fresh >= 0;
}

}  // namespace nitro
