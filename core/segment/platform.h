// What Boost.Interprocess leaves open, one implementation per system: platform_posix.cpp,
// platform_win32.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <boost/interprocess/detail/os_file_functions.hpp>
#include <boost/interprocess/interprocess_fwd.hpp>

#include "core/base/result.h"
#include "core/base/units.h"

namespace nitro::platform {

// One shared-memory object of the system, open. Closing it does not remove it.
class SharedObject {
 public:
  // nullopt: there is none of that name. A symbolic link is an error, as is what we may not open.
  [[nodiscard]] static Result<std::optional<SharedObject>> open_existing(const std::string& name);
  // With mode 0600. nullopt: somebody else has just made it.
  [[nodiscard]] static Result<std::optional<SharedObject>> create_new(const std::string& name);

  SharedObject(SharedObject&&) noexcept;
  SharedObject& operator=(SharedObject&&) noexcept;
  ~SharedObject();

  [[nodiscard]] const std::string& name() const noexcept;
  [[nodiscard]] ByteCount size() const noexcept;
  // Empty when it is ours and nobody else may open it; else why not, as a whole sentence.
  [[nodiscard]] std::string why_untrusted() const;
  // False: the name was removed, or leads to another object.
  [[nodiscard]] bool name_leads_here() const noexcept;
  // Grows the object to `size` without reserving memory.
  [[nodiscard]] bool resize(ByteCount size) noexcept;
  // Reserves the pages, so that touching them cannot fail later. False: there is no room.
  [[nodiscard]] bool reserve(std::uint64_t offset, ByteCount length) const noexcept;
  void remove_name() noexcept;

  // For boost::interprocess::mapped_region.
  [[nodiscard]] boost::interprocess::mapping_handle_t get_mapping_handle() const noexcept;

  struct System;

 private:
  explicit SharedObject(std::unique_ptr<System> system) noexcept;
  std::unique_ptr<System> system_;
};

// Puts private memory with these bytes in the place of mapped memory, from a page's start on: what
// others write there is not seen any more. False: it stays as it was.
[[nodiscard]] bool replace_by_private_copy(std::byte* pages,
                                           std::span<const std::byte> bytes) noexcept;

// Mapped memory that was readable, or will be again. False: the system refuses.
[[nodiscard]] bool set_readable(std::byte* pages, ByteCount length, bool is_readable) noexcept;

// Asks for huge pages behind mapped memory. The system may do without them, and some always do:
// only Linux has them for shared memory that nobody else set aside.
void advise_huge_pages(std::byte* pages, ByteCount length) noexcept;
// Of such memory, what is about to be reserved. Linux reserves small pages whatever was advised,
// but leaves a huge one as it is; and it takes one where a byte is touched.
void touch_huge_pages(std::byte* pages, ByteCount length) noexcept;

// How much memory a new segment can get, and which limit says so.
struct Room {
  ByteCount available;
  std::string limit;  // "free space of /dev/shm", "memory limit of the control group", …
};
[[nodiscard]] Room room_for_segments();

// The user whose caches these are: the effective one.
[[nodiscard]] std::uint64_t user_id() noexcept;

// The system's name for a cache's segment: within its length limit, different for different
// arguments.
[[nodiscard]] std::string segment_name(std::uint64_t user, const std::string& cache,
                                       std::uint64_t core_layout, std::uint64_t value_abi);
struct NamedSegment {
  std::string cache;
  std::uint64_t value_abi = 0;
  std::string segment;
};
// This user's segments of that core layout.
[[nodiscard]] std::vector<NamedSegment> list_segments(std::uint64_t user,
                                                      std::uint64_t core_layout);

// Addresses that the system leaves alone: `home_slot_count` slots of 64 GiB from
// `home_range_start`.
inline constexpr std::uint64_t kHomeSlotBytes = std::uint64_t{64} << 30;
struct HomeRange {
  std::uint64_t start;
  std::uint64_t slots;
};
[[nodiscard]] HomeRange home_range() noexcept;

[[nodiscard]] std::uint64_t random_number() noexcept;
[[nodiscard]] std::int64_t process_id() noexcept;

// Sleeps until somebody wakes this word, it no longer holds `expected`, or the time is over; may
// return early. Where processes cannot wake each other it just sleeps, a millisecond at most.
void sleep_on(const void* word, std::uint32_t expected, Milliseconds at_most) noexcept;
void wake_all(const void* word) noexcept;

}  // namespace nitro::platform
