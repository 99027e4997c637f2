// The file that stands for a segment's name on macOS and other systems that are not Linux.
//
// Memory objects cannot be told apart there (macOS gives them no inode), nor listed, nor locked,
// and their names have 31 bytes. A file can do all of that. It holds two numbers of 16 digits:
//
//   generation   the name of the memory object is made from it
//   size         of the memory object, which the system rounds up; missing while it is being made
//
// and bytes far beyond its end are locked, see lock_file_posix.cpp. It has two names:
//
//   <folder of the user>/nitro-<user>/<generation>   until nobody has it open any more
//   <folder of the user>/nitro-<user>/<name>         by link() once the generation is in it, until
//                                                    remove_name()
//
// The first is for those who know the object and need the file again, the second for all others.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <unistd.h>

#include "core/base/result.h"
#include "core/base/units.h"

namespace nitro::platform {

// An open file, closed when it goes out of scope.
class Descriptor {
 public:
  Descriptor() noexcept = default;
  explicit Descriptor(int number) noexcept : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() {
    if (number_ >= 0) {
      close(number_);
    }
  }

  [[nodiscard]] int get() const noexcept { return number_; }
  explicit operator bool() const noexcept { return number_ >= 0; }

 private:
  int number_ = -1;
};

[[nodiscard]] std::string path_of_generation(std::uint64_t generation);

class NameFile {
 public:
  // nullopt: there is none of that name.
  [[nodiscard]] static Result<std::optional<NameFile>> open(const std::string& segment);
  // nullopt: somebody else has just made it.
  [[nodiscard]] static Result<std::optional<NameFile>> create(const std::string& segment,
                                                              std::uint64_t generation);
  // The names that have a file, in any order.
  [[nodiscard]] static std::vector<std::string> list();

  [[nodiscard]] std::uint64_t generation() const noexcept { return generation_; }
  // 0: the memory is still being made.
  [[nodiscard]] ByteCount size() const noexcept;
  [[nodiscard]] bool set_size(ByteCount size) noexcept;

  // Empty when it is ours and nobody else may open it; else why not, as an English clause.
  [[nodiscard]] std::string why_not_ours() const;
  // False: the name was removed, or leads to another file.
  [[nodiscard]] bool name_leads_here() const noexcept;
  void remove_name() noexcept;
  // Takes its other name away, too, unless somebody else has it open.
  void forget() noexcept;

 private:
  NameFile(Descriptor file, std::string path, std::uint64_t generation);

  Descriptor file_;
  std::string path_;
  std::string path_of_generation_;
  std::uint64_t generation_ = 0;
};

// As NameFile::why_not_ours(), for whatever this is.
[[nodiscard]] std::string why_not_ours(int descriptor);

}  // namespace nitro::platform
