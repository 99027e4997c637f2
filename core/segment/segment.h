// A cache's memory, mapped: created or attached, checked, and watched for its end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/interprocess/mapped_region.hpp>

#include "core/base/result.h"
#include "core/base/units.h"
#include "core/segment/header.h"
#include "core/segment/lock_file.h"
#include "core/segment/offset.h"
#include "core/segment/platform.h"
#include "core/segment/value_view.h"

namespace nitro {

struct SegmentRequest {
  std::string cache_name;
  std::string maker;
  std::uint64_t core_layout = 0;
  std::uint64_t value_abi = 0;
  std::uint64_t entry_size = 0;
  std::optional<ByteCount> size;  // asked for: fits, or it is an error
  ByteCount default_size;         // else this, or three quarters of what there is
  ByteCount smallest_size;
  bool create = true;
  bool protect_values = false;
  bool huge_pages = false;
  // How many bytes from the start must be there before the first call: header, tables, index.
  std::function<ByteCount(ByteCount size, std::uint64_t entry_size)> tables_size;
};

class Segment {
 public:
  // Attaches or creates. One of several creators wins, the others attach; a half-made segment is
  // replaced; something that is not ours is an error and stays as it is.
  [[nodiscard]] static Result<Segment> open(const SegmentRequest& request);

  Segment(Segment&&) noexcept = default;
  Segment& operator=(Segment&&) noexcept = default;

  [[nodiscard]] SegmentHeader& header() const noexcept { return *header_; }
  [[nodiscard]] std::byte* base() const noexcept { return reinterpret_cast<std::byte*>(header_); }
  [[nodiscard]] ByteCount size() const noexcept { return ByteCount{region_.get_size()}; }

  // Where values are handed out in place: at base(), or in a view of their own when they are
  // protected.
  [[nodiscard]] std::byte* values() const noexcept { return view_ ? view_->base() : base(); }
  // One more uses values there, or one less. False: none may be used.
  [[nodiscard]] bool begin_use_of_values() const noexcept { return !view_ || view_->begin_use(); }
  void end_use_of_values() const noexcept {
    if (view_) {
      view_->end_use();
    }
  }
  void after_fork_in_child() const noexcept {
    if (view_) {
      view_->after_fork_in_child();
    }
  }

  // Requires: the object lies within the segment.
  template <typename T>
  [[nodiscard]] T* at(Offset<T> offset) const noexcept {
    return reinterpret_cast<T*>(base() + offset.bytes());
  }

  [[nodiscard]] bool is_condemned() const noexcept { return nitro::is_condemned(header_->state); }
  void condemn() noexcept;
  // Condemns the segment when its name no longer leads to it. True: it is condemned.
  bool check_name() noexcept;
  // Condemns it and removes its name, unless the name leads elsewhere already.
  void remove() noexcept;

  [[nodiscard]] bool reserve(std::uint64_t offset, ByteCount length) const noexcept {
    if (wants_huge_pages_) {
      platform::touch_huge_pages(base() + offset, length);
    }
    return object_.reserve(offset, length);
  }

  [[nodiscard]] LockFile& locks() noexcept { return locks_; }
  [[nodiscard]] const std::string& system_name() const noexcept { return object_.name(); }
  // Pointers within values lead to what is meant.
  [[nodiscard]] bool is_at_home() const noexcept {
    return header_->home_address == reinterpret_cast<std::uint64_t>(values());
  }
  [[nodiscard]] bool was_created_here() const noexcept { return created_here_; }
  [[nodiscard]] std::optional<ByteCount> shrunk_from() const noexcept { return shrunk_from_; }

 private:
  struct Attempt;
  struct Mappings;
  Segment(platform::SharedObject object, LockFile locks, Mappings mappings) noexcept;
  void ask_for_huge_pages(const SegmentRequest& request) noexcept;
  static std::optional<Mappings> map(const platform::SharedObject& object, ByteCount size,
                                     const std::vector<std::uint64_t>& homes,
                                     const SegmentRequest& request);
  static Attempt attach(platform::SharedObject object, const SegmentRequest& request);
  static Attempt create(const std::string& name, const SegmentRequest& request);

  platform::SharedObject object_;
  LockFile locks_;
  boost::interprocess::mapped_region region_;
  std::unique_ptr<ValueView> view_;
  SegmentHeader* header_;
  bool wants_huge_pages_ = false;
  bool created_here_ = false;
  std::optional<ByteCount> shrunk_from_;
};

}  // namespace nitro
