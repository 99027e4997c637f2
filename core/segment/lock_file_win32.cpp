// Windows: LockFileEx on bytes of the file that stands for the segment's name. Windows drops the
// locks when the process ends, however it ends; when a process is killed that may take it a moment.
//
// The file serves one object after the other. Each has bytes of its own there, so a process that
// still uses a condemned segment is not taken for one that uses the next.
//
// Windows cannot be asked whether a byte is locked; one has to try. What that must not do:
//  - Take part in the very contest it asks about. So a look takes a shared lock: it fails only if
//    somebody holds the byte for good, and two looks do not see each other.
//  - Make somebody fail who wants to lock a free byte at that moment. So whoever fails looks, too:
//    if the shared lock can be had, nobody but another look was in the way, and he tries again.
//  - Release what a thread of this process has just locked. Windows gives back locks by handle and
//    range, so a look has a handle of its own.
// What remains: somebody may fail to lock a byte that is looked at dozens of times on end. A
// row not taken is a further row, or a call of a guest; a guard not taken is taken 2 ms later; the
// janitor's seat not taken is seen as empty within a second.
#include <array>
#include <atomic>
#include <cassert>

#include "core/segment/header.h"
#include "core/segment/lock_file.h"
#include "core/segment/name_file_win32.h"
#include "core/segment/segment_name.h"

namespace nitro {

namespace {

// The bytes of one object; a power of two.
constexpr std::uint64_t kBytesOfAnObject = 1024;

// A look lasts microseconds.
constexpr int kTries = 50;

std::uint64_t index_of(std::uint64_t byte) noexcept {
  assert(byte - kLockFileBase < kBytesOfAnObject);
  return byte % kBytesOfAnObject;
}

OVERLAPPED at(std::uint64_t position) noexcept {
  OVERLAPPED place{};
  place.Offset = static_cast<DWORD>(position);
  place.OffsetHigh = static_cast<DWORD>(position >> 32);
  return place;
}

}  // namespace

struct LockFile::System {
  std::wstring path;
  std::uint64_t generation = 0;
  platform::Handle holder;
  platform::Handle looker;
  // What `holder` has locked: Windows does not lock a byte twice, and a look would see our own
  // locks.
  std::array<std::atomic<bool>, kBytesOfAnObject> own{};

  // False: there are no handles left.
  bool open() noexcept {
    platform::Handle new_holder = platform::open_name_file(path);
    looker = platform::open_name_file(path);
    holder = std::move(new_holder);
    for (auto& byte : own) {
      byte.store(false, std::memory_order_relaxed);
    }
    return holder && looker;
  }

  [[nodiscard]] OVERLAPPED place_of(std::uint64_t byte) const noexcept {
    return at(generation * kBytesOfAnObject + index_of(byte));
  }
  [[nodiscard]] bool try_lock(std::uint64_t byte) const noexcept {
    OVERLAPPED place = place_of(byte);
    return LockFileEx(holder.get(), LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0,
                      &place);
  }
  void unlock(std::uint64_t byte) const noexcept {
    OVERLAPPED place = place_of(byte);
    UnlockFileEx(holder.get(), 0, 1, 0, &place);
  }
  // Whether somebody has the byte for good, this process included.
  [[nodiscard]] bool is_locked(std::uint64_t byte) const noexcept {
    OVERLAPPED place = place_of(byte);
    if (!LockFileEx(looker.get(), LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &place)) {
      return true;  // when Windows cannot tell, too: nobody is declared dead
    }
    UnlockFileEx(looker.get(), 0, 1, 0, &place);
    return false;
  }
};

LockFile::LockFile(std::unique_ptr<System> system) noexcept : system_(std::move(system)) {}
LockFile::LockFile(LockFile&&) noexcept = default;
LockFile& LockFile::operator=(LockFile&&) noexcept = default;
LockFile::~LockFile() = default;

namespace {

Error no_lock_file(const std::string& name) {
  return {ErrorKind::kSystem, "The file that stands for the shared memory object " + name +
                                  " cannot be opened for locking (Windows error " +
                                  std::to_string(GetLastError()) + ")."};
}

}  // namespace

Result<LockFile> LockFile::open(const platform::SharedObject& object) {
  const auto name = platform::ObjectName::parse(object.name());
  auto system = std::make_unique<System>();
  system->path = platform::path_of_name_file(name.segment);
  system->generation = name.generation;
  if (!system->open()) {
    return no_lock_file(object.name());
  }
  return LockFile(std::move(system));
}

Result<LockFile> LockFile::duplicate(const LockFile& other) {
  auto system = std::make_unique<System>();
  system->path = other.system_->path;
  system->generation = other.system_->generation;
  if (!system->open()) {
    return no_lock_file("of this cache");
  }
  return LockFile(std::move(system));
}

bool LockFile::try_lock(std::uint64_t byte) noexcept {
  auto& is_own = system_->own[index_of(byte)];
  if (is_own.load(std::memory_order_acquire)) {
    return true;
  }
  for (int i = 0; i < kTries; ++i) {
    if (system_->try_lock(byte)) {
      is_own.store(true, std::memory_order_release);
      return true;
    }
    if (system_->is_locked(byte)) {
      return false;
    }
    SwitchToThread();
  }
  return false;
}

void LockFile::unlock(std::uint64_t byte) noexcept {
  if (system_->own[index_of(byte)].exchange(false, std::memory_order_acq_rel)) {
    system_->unlock(byte);
  }
}

bool LockFile::is_locked_elsewhere(std::uint64_t byte) const noexcept {
  return !system_->own[index_of(byte)].load(std::memory_order_acquire) && system_->is_locked(byte);
}

// There is no fork here. This does what it says: lets go of all locks.
bool LockFile::reopen() noexcept { return system_->open(); }

}  // namespace nitro
