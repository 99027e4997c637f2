// The file that stands for a segment's name:
// %LOCALAPPDATA%\NitroCache\session-<number>\<name>.lock.
//
// A memory object of Windows cannot be taken out of its name: it keeps it until its last user is
// gone. So each object has a name of its own, made of the segment's name and a generation, and the
// file says which generation the segment's name leads to. Its first 16 bytes are
//
//   generation   that has the name now; 0: none
//   usable       the same number once the object may be mapped, before that another
//
// and bytes far beyond its end are locked, see lock_file_win32.cpp. Everybody who has the memory
// open has this file open too, and nobody shares the right to delete it. So Windows removes it only
// when no process uses the segment, whoever asks for that.
//
// Invariants
//  1. `generation` goes from 0 to a new number under the file's own lock, and back to 0 by whoever
//     holds the guard byte of that generation. It never goes from one number to another.
//  2. Each of the two words is read and written whole. Between the two the other may change; since
//     a generation is never used again, a mixture says "not usable yet".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/segment/handle_win32.h"

namespace nitro::platform {

class NameFile {
 public:
  // nullopt: there is none of that name.
  [[nodiscard]] static Result<std::optional<NameFile>> open(const std::string& segment);
  [[nodiscard]] static Result<NameFile> open_or_create(const std::string& segment);
  // The names that have a file, in any order.
  [[nodiscard]] static std::vector<std::string> list();

  NameFile(NameFile&&) noexcept = default;
  NameFile& operator=(NameFile&&) noexcept = default;
  // Takes the file away, unless somebody else has it open.
  ~NameFile();

  // nullopt: the file cannot be read, which says nothing about the name.
  [[nodiscard]] std::optional<std::uint64_t> generation() const noexcept;
  [[nodiscard]] bool is_usable(std::uint64_t generation) const noexcept;

  // Gives the name, which nobody has. False: the disk is full or the like.
  [[nodiscard]] bool give_to(std::uint64_t generation) noexcept;
  void set_usable(std::uint64_t generation) noexcept;
  // Takes the name from that generation, if it has it.
  void take_from(std::uint64_t generation) noexcept;

  // Keeps others from giving the name meanwhile. Held for microseconds; does not wait.
  [[nodiscard]] bool try_lock() noexcept;
  void unlock() noexcept;

 private:
  NameFile(Handle file, std::wstring path) noexcept
      : file_(std::move(file)), path_(std::move(path)) {}

  Handle file_;
  std::wstring path_;
};

[[nodiscard]] std::wstring path_of_name_file(const std::string& segment);
// A further handle of that file; none if that cannot be had.
[[nodiscard]] Handle open_name_file(const std::wstring& path) noexcept;

}  // namespace nitro::platform
