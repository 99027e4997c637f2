// What Windows says of memory, users and processes. Its memory objects: shared_object_win32.cpp.
#include <algorithm>
#include <random>

#include <windows.h>

#include "core/base/hash.h"
#include "core/segment/platform.h"
#include "core/segment/segment_name.h"
#include "core/segment/user_win32.h"

namespace nitro::platform {

Room room_for_segments() {
  MEMORYSTATUSEX memory{};
  memory.dwLength = sizeof(memory);
  if (!GlobalMemoryStatusEx(&memory)) {
    return {ByteCount{0}, "Windows does not say how much memory there is"};
  }
  // What can still be promised: main memory and page files, within the limit of a job, if any.
  if (memory.ullAvailPageFile < memory.ullTotalPhys) {
    return {ByteCount{memory.ullAvailPageFile}, "memory that Windows can still commit"};
  }
  return {ByteCount{memory.ullTotalPhys}, "the machine's memory"};
}

// Only what fork() leaves needs this.
bool replace_by_private_copy(std::byte*, std::span<const std::byte>) noexcept { return false; }

bool set_readable(std::byte* pages, ByteCount length, bool is_readable) noexcept {
  DWORD before = 0;
  return VirtualProtect(pages, length.value, is_readable ? PAGE_READONLY : PAGE_NOACCESS,
                        &before) != 0;
}

// They would have to be asked for at creation, by a user with the right to lock pages in memory.
void advise_huge_pages(std::byte*, ByteCount) noexcept {}
void touch_huge_pages(std::byte*, ByteCount) noexcept {}

std::uint64_t user_id() noexcept {
  // Users have identifiers of any length here; what we need is one number that is theirs.
  const std::wstring id = own_security_id();
  return hash_key({reinterpret_cast<const char*>(id.data()), id.size() * sizeof(wchar_t)}, 0).value;
}

std::int64_t process_id() noexcept { return GetCurrentProcessId(); }

std::string segment_name(std::uint64_t user, const std::string& cache, std::uint64_t core_layout,
                         std::uint64_t value_abi) {
  return make_segment_name(user, cache, core_layout, value_abi);
}

HomeRange home_range() noexcept {
  // Of 47 bits of addresses Windows uses the lowest and the highest few tebibytes by itself.
  return {0x0000'2000'0000'0000U, 768};
}

std::uint64_t random_number() noexcept {
  std::random_device device;
  return (static_cast<std::uint64_t>(device()) << 32) ^ device();
}

void sleep_on(const void* /*word*/, std::uint32_t /*expected*/, Milliseconds at_most) noexcept {
  // WaitOnAddress() does not reach other processes.
  Sleep(static_cast<DWORD>(std::clamp<std::int64_t>(at_most.value, 0, 1)));
}

void wake_all(const void* /*word*/) noexcept {}

}  // namespace nitro::platform
