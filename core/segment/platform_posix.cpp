// Linux, macOS and other POSIX systems.
#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <random>
#include <sstream>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#if defined(__linux__)
#include <dirent.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#endif

#include <boost/interprocess/exceptions.hpp>
#include <boost/interprocess/shared_memory_object.hpp>

#include "core/base/hash.h"
#include "core/segment/platform.h"

namespace nitro::platform {

using boost::interprocess::shared_memory_object;

struct SharedObject::System {
  shared_memory_object object;
  std::string name;

  [[nodiscard]] int descriptor() const noexcept { return object.get_mapping_handle().handle; }
};

namespace {

constexpr mode_t kOurMode = 0600;

#if defined(__linux__)
constexpr const char* kSharedMemoryFolder = "/dev/shm";
#endif

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
      return {ErrorKind::kForeignFormat, what + " is a folder. Remove it."};
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
  const int descriptor = shm_open(system_->object.get_name(), O_RDONLY, 0);
  if (descriptor < 0) {
    // Out of descriptors says nothing about the name: keep what we have.
    return errno != ENOENT && errno != ELOOP;
  }
  const bool known = fstat(descriptor, &named) == 0 && fstat(system_->descriptor(), &mine) == 0;
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
#if defined(__linux__)
  int error = 0;
  do {
    error = posix_fallocate(system_->descriptor(), static_cast<off_t>(offset),
                            static_cast<off_t>(length.value));
  } while (error == EINTR);
  return error == 0;
#else
  // Shared memory is backed by swap here and cannot be reserved page by page.
  return offset + length.value <= size().value;
#endif
}

void SharedObject::remove_name() noexcept { shm_unlink(system_->object.get_name()); }

boost::interprocess::mapping_handle_t SharedObject::get_mapping_handle() const noexcept {
  return system_->object.get_mapping_handle();
}

namespace {

// The number in a one-line file such as those of the cgroup file system; nullopt for "max", for
// something else, and when there is no such file.
std::optional<std::uint64_t> number_in(const std::string& path) {
  std::ifstream file(path);
  std::uint64_t number = 0;
  if (file >> number) {
    return number;
  }
  return std::nullopt;
}

void lower(Room& room, std::uint64_t available, const char* limit) {
  if (available < room.available.value) {
    room = Room{ByteCount{available}, limit};
  }
}

#if defined(__linux__)
// The control group this process is in; "" for the root or when it cannot be told.
std::string control_group(const std::string& controller) {
  std::ifstream file("/proc/self/cgroup");
  for (std::string line; std::getline(file, line);) {
    // hierarchy:controllers:path
    const std::size_t first = line.find(':');
    const std::size_t second = line.find(':', first + 1);
    if (second == std::string::npos) {
      continue;
    }
    if (line.substr(first + 1, second - first - 1) == controller) {
      const std::string path = line.substr(second + 1);
      return path == "/" ? "" : path;
    }
  }
  return "";
}

// A limit may be set on any group above ours too. `folder` is where the hierarchy is mounted.
void lower_by_groups(Room& room, const std::string& folder, std::string group,
                     const char* limit_file, const char* usage_file) {
  for (;;) {
    const auto limit = number_in(folder + group + "/" + limit_file);
    const auto usage = number_in(folder + group + "/" + usage_file);
    if (limit && usage) {
      lower(room, *limit > *usage ? *limit - *usage : 0, "memory limit of the control group");
    }
    if (group.empty()) {
      return;
    }
    group.resize(group.rfind('/') == std::string::npos ? 0 : group.rfind('/'));
  }
}
#endif

}  // namespace

Room room_for_segments() {
  const auto pages = static_cast<std::uint64_t>(std::max(0L, sysconf(_SC_PHYS_PAGES)));
  const auto page_size = static_cast<std::uint64_t>(std::max(0L, sysconf(_SC_PAGESIZE)));
  Room room{ByteCount{pages * page_size}, "the machine's memory"};
#if defined(__linux__)
  struct statvfs facts {};
  if (statvfs(kSharedMemoryFolder, &facts) == 0) {
    lower(room, static_cast<std::uint64_t>(facts.f_bavail) * facts.f_frsize,
          "free space of /dev/shm");
  }
  lower_by_groups(room, "/sys/fs/cgroup", control_group(""), "memory.max", "memory.current");
  lower_by_groups(room, "/sys/fs/cgroup/memory", control_group("memory"), "memory.limit_in_bytes",
                  "memory.usage_in_bytes");
#endif
  return room;
}

std::uint64_t user_id() noexcept { return geteuid(); }
std::int64_t process_id() noexcept { return getpid(); }

namespace {

std::string in_hex(std::uint64_t number, int digits) {
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%0*llx", digits,
                static_cast<unsigned long long>(number));
  return text.data();
}

// "nitro.<user>.<cache>." + 16 hex digits of the layout; the value ABI follows after a dash.
[[maybe_unused]] std::string name_prefix(std::uint64_t user) {
  return "nitro." + std::to_string(user) + ".";
}
[[maybe_unused]] std::string name_suffix(std::uint64_t core_layout) {
  return "." + in_hex(core_layout, 16) + "-";
}

}  // namespace

std::string segment_name(std::uint64_t user, const std::string& cache, std::uint64_t core_layout,
                         std::uint64_t value_abi) {
#if defined(__linux__)
  return name_prefix(user) + cache + name_suffix(core_layout) + in_hex(value_abi, 16);
#else
  // macOS allows 31 characters.
  const std::string all =
      name_prefix(user) + cache + name_suffix(core_layout) + in_hex(value_abi, 16);
  return "/nitro." + in_hex(hash_key(all, 0).value, 16);
#endif
}

std::vector<NamedSegment> list_segments(std::uint64_t user, std::uint64_t core_layout) {
  std::vector<NamedSegment> found;
#if defined(__linux__)
  DIR* folder = opendir(kSharedMemoryFolder);
  if (folder == nullptr) {
    return found;
  }
  const std::string prefix = name_prefix(user);
  const std::string suffix = name_suffix(core_layout);
  while (const dirent* file = readdir(folder)) {
    const std::string name = file->d_name;
    const std::size_t end = name.rfind(suffix);
    if (name.rfind(prefix, 0) != 0 || end == std::string::npos || end < prefix.size()) {
      continue;
    }
    const std::string digits = name.substr(end + suffix.size());
    NamedSegment segment{name.substr(prefix.size(), end - prefix.size()), 0, name};
    const auto [rest, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), segment.value_abi, 16);
    if (error == std::errc() && rest == digits.data() + digits.size()) {
      found.push_back(std::move(segment));
    }
  }
  closedir(folder);
  std::sort(found.begin(), found.end(),
            [](const NamedSegment& a, const NamedSegment& b) { return a.segment < b.segment; });
#else
  // There is no way to list shared memory objects here; nitroctl wants --abi then.
  (void)user;
  (void)core_layout;
#endif
  return found;
}

HomeRange home_range() noexcept {
#if defined(__APPLE__)
  return {0x0000'3000'0000'0000U, 256};
#else
  return {0x0000'2000'0000'0000U, 768};
#endif
}

std::uint64_t random_number() noexcept {
  std::random_device device;
  return (static_cast<std::uint64_t>(device()) << 32) ^ device();
}

void sleep_on(const void* word, std::uint32_t expected, Milliseconds at_most) noexcept {
#if defined(__linux__)
  timespec limit{static_cast<time_t>(at_most.value / 1000),
                 static_cast<long>(at_most.value % 1000) * 1'000'000};
  syscall(SYS_futex, word, FUTEX_WAIT, expected, &limit, nullptr, 0);
#else
  (void)word;
  (void)expected;
  timespec limit{0, static_cast<long>(std::min<std::int64_t>(at_most.value, 1)) * 1'000'000};
  nanosleep(&limit, nullptr);
#endif
}

void wake_all(const void* word) noexcept {
#if defined(__linux__)
  syscall(SYS_futex, word, FUTEX_WAKE, INT32_MAX, nullptr, nullptr, 0);
#else
  (void)word;
#endif
}

}  // namespace nitro::platform
