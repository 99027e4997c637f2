// What Linux, macOS and other POSIX systems say of memory, users and processes. Their shared-memory
// objects: shared_object_linux.cpp, shared_object_posix.cpp.
#include <algorithm>
#include <cstring>
#include <fstream>
#include <random>

#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#if defined(__linux__)
#include <linux/futex.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#endif

#include "core/segment/platform.h"
#include "core/segment/segment_name.h"

namespace nitro::platform {

#if defined(__linux__)

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

}  // namespace

#endif  // defined(__linux__)

Room room_for_segments() {
  const auto pages = static_cast<std::uint64_t>(std::max(0L, sysconf(_SC_PHYS_PAGES)));
  const auto page_size = static_cast<std::uint64_t>(std::max(0L, sysconf(_SC_PAGESIZE)));
  Room room{ByteCount{pages * page_size}, "the machine's memory"};
#if defined(__linux__)
  struct statvfs facts {};
  if (statvfs("/dev/shm", &facts) == 0) {
    lower(room, static_cast<std::uint64_t>(facts.f_bavail) * facts.f_frsize,
          "free space of /dev/shm");
  }
  // Growing a file beyond it is no error, but a signal.
  rlimit files{};
  if (getrlimit(RLIMIT_FSIZE, &files) == 0 && files.rlim_cur != RLIM_INFINITY) {
    lower(room, files.rlim_cur, "this process's limit on the size of files, see ulimit -f");
  }
  lower_by_groups(room, "/sys/fs/cgroup", control_group(""), "memory.max", "memory.current");
  lower_by_groups(room, "/sys/fs/cgroup/memory", control_group("memory"), "memory.limit_in_bytes",
                  "memory.usage_in_bytes");
#endif
  return room;
}

std::uint64_t user_id() noexcept { return geteuid(); }

bool replace_by_private_copy(std::byte* pages, std::span<const std::byte> bytes) noexcept {
  void* replaced = mmap(pages, bytes.size(), PROT_READ | PROT_WRITE,
                        MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (replaced == MAP_FAILED) {
    return false;
  }
  std::memcpy(replaced, bytes.data(), bytes.size());
  return true;
}

bool set_readable(std::byte* pages, ByteCount length, bool is_readable) noexcept {
  return mprotect(pages, length.value, is_readable ? PROT_READ : PROT_NONE) == 0;
}

void advise_huge_pages(std::byte* pages, ByteCount length) noexcept {
#if defined(__linux__)
  madvise(pages, length.value, MADV_HUGEPAGE);  // a kernel without them refuses, and that is all
#else
  (void)pages;
  (void)length;
#endif
}

void touch_huge_pages(std::byte* pages, ByteCount length) noexcept {
#if defined(MADV_POPULATE_WRITE)
  constexpr std::uint64_t kSmall = 4096;
  constexpr std::uint64_t kHuge = 2 << 20;
  const auto begin = reinterpret_cast<std::uint64_t>(pages);
  for (std::uint64_t at = begin; at < begin + length.value; at = round_up(at + 1, kHuge)) {
    // Unlike a store, no signal where there is no memory: who reserves will see.
    madvise(reinterpret_cast<void*>(round_down(at, kSmall)), kSmall, MADV_POPULATE_WRITE);
  }
#else
  (void)pages;
  (void)length;
#endif
}

std::int64_t process_id() noexcept { return getpid(); }

std::string segment_name(std::uint64_t user, const std::string& cache, std::uint64_t core_layout,
                         std::uint64_t value_abi) {
  return make_segment_name(user, cache, core_layout, value_abi);
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
