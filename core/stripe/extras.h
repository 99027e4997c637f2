// What few entries have besides key and value: tags, a time after their deadline in which they may
// still be of use, and what it took to make them. Lies behind the value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <span>
#include <string_view>

#include "core/base/units.h"
#include "core/segment/shared_type.h"

namespace nitro {

// A tag as it was when the entry was stored. The entry counts for as long as the tag has that
// version.
struct TagMark {
  std::uint32_t tag;
  std::uint32_t version;

  friend constexpr bool operator==(TagMark, TagMark) noexcept = default;
};
static_assert(SharedType<TagMark>);

// Followed by `mark_count` marks and `text_length` bytes of text.
struct Extras {
  std::int64_t stale_for_ms;  // of use so long after its deadline; INT64_MAX: without end
  std::int64_t created_at;    // wall clock, seconds; for display
  std::uint32_t making_ms;    // how long it took to make the value; 0: not known
  std::uint16_t mark_count;
  std::uint16_t text_length;  // of what the marks stand for; opaque to the core

  [[nodiscard]] static constexpr std::uint64_t size_for(std::uint64_t marks,
                                                        std::uint64_t text) noexcept {
    return sizeof(Extras) + marks * sizeof(TagMark) + text;
  }
  [[nodiscard]] std::uint64_t size() const noexcept { return size_for(mark_count, text_length); }
  [[nodiscard]] std::span<const TagMark> marks() const noexcept {
    return {reinterpret_cast<const TagMark*>(this + 1), mark_count};
  }
  [[nodiscard]] std::string_view text() const noexcept {
    return {reinterpret_cast<const char*>(marks().data() + mark_count), text_length};
  }
};
static_assert(SharedType<Extras>);
static_assert(sizeof(Extras) == 24, "attached builds break: bump kLayoutVersion");

// What extras are made from.
struct ExtrasContent {
  Milliseconds stale_for{0};
  std::int64_t created_at = 0;
  std::uint32_t making_ms = 0;
  std::span<const TagMark> marks;  // kMostMarks at most
  std::string_view text;           // kLongestText at most

  static constexpr std::size_t kMostMarks = UINT16_MAX;
  static constexpr std::size_t kLongestText = UINT16_MAX;

  [[nodiscard]] std::size_t size() const noexcept {
    return Extras::size_for(marks.size(), text.size());
  }
  // `to` has room for size() bytes and is aligned to 8.
  void write(std::byte* to) const noexcept {
    auto* extras = new (to) Extras{};
    extras->stale_for_ms = stale_for.value;
    extras->created_at = created_at;
    extras->making_ms = making_ms;
    extras->mark_count = static_cast<std::uint16_t>(marks.size());
    extras->text_length = static_cast<std::uint16_t>(text.size());
    to += sizeof(Extras);
    if (!marks.empty()) {
      std::memcpy(to, marks.data(), marks.size_bytes());
    }
    if (!text.empty()) {
      std::memcpy(to + marks.size_bytes(), text.data(), text.size());
    }
  }
};

}  // namespace nitro
