// A process table in a segment of its own.
#pragma once

#include "core/process/process_table.h"
#include "core/process/stripe_lock.h"

#include "tests/support/temporary_segment.h"

namespace nitro::test {

// One process's way to the table: a mapping and a lock file of its own.
class TableView {
 public:
  explicit TableView(Segment segment)
      : segment_(std::move(segment)), table_(state(), segment_.locks()) {}
  TableView(const TableView&) = delete;
  TableView& operator=(const TableView&) = delete;

  [[nodiscard]] ProcessTable& table() noexcept { return table_; }
  [[nodiscard]] ProcessTableState& state() noexcept {
    return *segment_.at(Offset<ProcessTableState>(kTableOffset));
  }
  // A lock word beside the table.
  [[nodiscard]] StripeLockWord& lock_word() noexcept {
    return *segment_.at(Offset<StripeLockWord>(kLockOffset));
  }
  // A word that the lock's owner may change.
  [[nodiscard]] SharedAtomic<std::uint64_t>& guarded_word() noexcept {
    return *segment_.at(Offset<SharedAtomic<std::uint64_t>>(kLockOffset + kCacheLine));
  }
  [[nodiscard]] Segment& segment() noexcept { return segment_; }

 private:
  static constexpr std::uint64_t kLockOffset = 4096;
  static constexpr std::uint64_t kTableOffset = 8192;

  Segment segment_;
  ProcessTable table_;
};

class TemporaryTable {
 public:
  TemporaryTable() : segment_(), own_(segment_.attach()) {}

  [[nodiscard]] ProcessTable* operator->() noexcept { return &own_.table(); }
  [[nodiscard]] TableView& view() noexcept { return own_; }
  // For another process; or for this one, playing another.
  [[nodiscard]] Segment attach() const { return segment_.attach(); }

 private:
  TemporarySegment segment_;
  TableView own_;
};

}  // namespace nitro::test
