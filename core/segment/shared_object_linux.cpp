// Shared-memory objects of Linux: files in /dev/shm, through Boost.Interprocess.
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <boost/interprocess/exceptions.hpp>
#include <boost/interprocess/shared_memory_object.hpp>
#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/segment/platform.h"
#include "core/segment/segment_name.h"

namespace nitro::platform {

using boost::interprocess::shared_memory_object;

struct SharedObject::System {
  shared_memory_object object;
  std::string name;

  [[nodiscard]] int descriptor() const noexcept { return object.get_mapping_handle().handle; }
};

namespace {

constexpr mode_t kOurMode = 0600;

constexpr const char* kSharedMemoryFolder = "/dev/shm";

Error system_error(const std::string& name, int number) {
  const std::string what = "The shared memory object " + name;
  switch (number) {
    case EACCES:
    case EPERM:
      return {ErrorKind::kNoPermission,
              what +
                  " may not be opened by this user: permission denied. It belongs to somebody "
                  "else, or shared memory is not writable here."};
    case ELOOP:
      return {ErrorKind::kUntrusted,
              what + " is a symbolic link, which NitroCache never follows. Remove it."};
    case ENOSPC:
    case ENOMEM:
      return {ErrorKind::kNoRoom, what + " cannot be created: no shared memory is left."};
    case EMFILE:
    case ENFILE:
      return {ErrorKind::kSystem, what + " cannot be opened: no file descriptors are left."};
    case EISDIR:
    case EINVAL:  // what glibc says of a folder
      return {ErrorKind::kForeignFormat, what + " is no file but a folder or the like. Remove it."};
    default:
      return {ErrorKind::kSystem, what + " cannot be opened: " + std::strerror(number) +
                                      " (error " + std::to_string(number) + ")."};
  }
}

// Boost throws with the system's number inside.
int number_of(const boost::interprocess::interprocess_exception& failure) {
  return failure.get_native_error() != 0 ? static_cast<int>(failure.get_native_error()) : EIO;
}

}  // namespace

SharedObject::SharedObject(std::unique_ptr<System> system) noexcept : system_(std::move(system)) {}
SharedObject::SharedObject(SharedObject&&) noexcept = default;
SharedObject& SharedObject::operator=(SharedObject&&) noexcept = default;
SharedObject::~SharedObject() = default;

Result<std::optional<SharedObject>> SharedObject::open_existing(const std::string& name) {
  try {
    // shm_open never follows a symbolic link and sets close-on-exec.
    auto system = std::make_unique<System>();
    system->object = shared_memory_object(boost::interprocess::open_only, name.c_str(),
                                          boost::interprocess::read_write);
    system->name = name;
    return std::optional<SharedObject>(SharedObject(std::move(system)));
  } catch (const boost::interprocess::interprocess_exception& failure) {
    if (number_of(failure) == ENOENT) {
      return std::optional<SharedObject>();
    }
    return system_error(name, number_of(failure));
  }
}

Result<std::optional<SharedObject>> SharedObject::create_new(const std::string& name) {
  try {
    auto system = std::make_unique<System>();
    system->object = shared_memory_object(
        boost::interprocess::create_only, name.c_str(), boost::interprocess::read_write,
        boost::interprocess::permissions(static_cast<int>(kOurMode)));
    system->name = name;
    return std::optional<SharedObject>(SharedObject(std::move(system)));
  } catch (const boost::interprocess::interprocess_exception& failure) {
    if (number_of(failure) == EEXIST) {
      return std::optional<SharedObject>();
    }
    return system_error(name, number_of(failure));
  }
}

const std::string& SharedObject::name() const noexcept { return system_->name; }

ByteCount SharedObject::size() const noexcept {
  struct stat facts {};
  if (fstat(system_->descriptor(), &facts) != 0 || facts.st_size < 0) {
    return ByteCount{0};
  }
  return ByteCount{static_cast<std::uint64_t>(facts.st_size)};
}

std::string SharedObject::why_untrusted() const {
  struct stat facts {};
  if (fstat(system_->descriptor(), &facts) != 0) {
    return "The shared memory object " + name() + " cannot be examined.";
  }
  if (!S_ISREG(facts.st_mode)) {
    return "The shared memory object " + name() +
           " is no file but a pipe, a device or the like. NitroCache does not use it. Remove it.";
  }
  if (facts.st_uid != geteuid()) {
    return "The shared memory object " + name() + " belongs to user " +
           std::to_string(facts.st_uid) + ", not to user " + std::to_string(geteuid()) +
           " who runs this process. NitroCache does not use it. Have its owner or root remove it, or "
           "choose another cache name.";
  }
  const mode_t mode = facts.st_mode & 07777;
  if (mode != kOurMode) {
    std::array<char, 8> octal{};
    std::snprintf(octal.data(), octal.size(), "%04o", static_cast<unsigned>(mode));
    return "The shared memory object " + name() + " has mode " + octal.data() +
           " instead of 0600: others may have changed it. NitroCache does not use it. Remove it.";
  }
  return {};
}

bool SharedObject::name_leads_here() const noexcept {
  struct stat mine {};
  struct stat named {};
  if (fstat(system_->descriptor(), &mine) != 0 || mine.st_nlink == 0) {
    return false;
  }
  const int descriptor = shm_open(system_->object.get_name(), O_RDONLY, 0);
  if (descriptor < 0) {
    // Out of descriptors says nothing about the name. Neither does a name that is missing here
    // while the file has one: this process has another root directory, or other mounts, than when
    // it attached.
    return errno != ELOOP;
  }
  const bool known = fstat(descriptor, &named) == 0;
  close(descriptor);
  return known && mine.st_dev == named.st_dev && mine.st_ino == named.st_ino;
}

bool SharedObject::resize(ByteCount size) noexcept {
  // Not Boost's truncate(), which may reserve every page at once.
  int result = 0;
  do {
    result = ftruncate(system_->descriptor(), static_cast<off_t>(size.value));
  } while (result != 0 && errno == EINTR);
  return result == 0;
}

bool SharedObject::reserve(std::uint64_t offset, ByteCount length) const noexcept {
  int error = 0;
  do {
    error = posix_fallocate(system_->descriptor(), static_cast<off_t>(offset),
                            static_cast<off_t>(length.value));
  } while (error == EINTR);
  return error == 0;
}

void SharedObject::remove_name() noexcept { shm_unlink(system_->object.get_name()); }

boost::interprocess::mapping_handle_t SharedObject::get_mapping_handle() const noexcept {
  return system_->object.get_mapping_handle();
}

std::vector<NamedSegment> list_segments(std::uint64_t user, std::uint64_t core_layout) {
  std::vector<NamedSegment> found;
  DIR* folder = opendir(kSharedMemoryFolder);
  if (folder == nullptr) {
    return found;
  }
  while (const dirent* file = readdir(folder)) {
    if (auto segment = read_segment_name(file->d_name, user, core_layout)) {
      found.push_back(*std::move(segment));
    }
  }
  closedir(folder);
  std::sort(found.begin(), found.end(),
            [](const NamedSegment& a, const NamedSegment& b) { return a.segment < b.segment; });
  return found;
}

}  // namespace nitro::platform
