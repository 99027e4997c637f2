// The way into a session's insides for what is part of the store but too long to stand in it:
// sweep, verify, the list of keys; and for tests.
#pragma once

#include <span>

#include "core/store/store.h"

namespace nitro {

class StoreInspector {
 public:
  static std::span<Stripe> stripes(Store& store) noexcept { return store.stripes_; }
  static Segment& segment(Store& store) noexcept { return store.segment_; }
  static const Geometry& geometry(const Store& store) noexcept { return store.geometry_; }
  static ProcessTable& table(Store& store) noexcept { return store.table_; }

  // Between these two the session has a row. False: there is none.
  static bool begin_call(Session& session) noexcept { return session.begin_call(); }
  static void end_call(Session& session) noexcept { session.release(); }
  // Requires: begin_call().
  static const Writer& writer(const Session& session) noexcept { return session.writer_; }

  // Names the block that `slot` leads to in the session's hazard; null: the slot is empty. The
  // block stays until the next such call or end_call(). Requires: begin_call().
  static Block* protect(Session& session, const Slot& slot) noexcept {
    return session.protect_slot(slot);
  }
  static void prefetch_blocks(const Session& session, const Bucket& bucket) noexcept {
    for (const Slot& slot : bucket.slots) {
      const IndexWord word{slot.load(std::memory_order_relaxed)};
      if (word.value != 0) {
        __builtin_prefetch(session.base_ + word.block());
      }
    }
  }
  // Requires: protect() gave the block.
  static Entry entry_of(const Session& session, Block& block) noexcept {
    return session.entry_of(block);
  }
};

}  // namespace nitro
