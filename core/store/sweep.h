// One round of tidying: expired entries, dead rows. Done by the janitor, and a little at a time by
// writers when there is none.
#pragma once

#include <cstdint>

#include "core/store/store.h"

namespace nitro {

struct SweepReport {
  std::uint64_t looked_at = 0;  // entries
  std::uint64_t expired = 0;    // entries unlinked
  std::uint32_t dead_rows = 0;  // rows of dead processes given back
};

// The whole cache, in short holds of each lock.
SweepReport sweep(Session& session) noexcept;

// Some sixteen short holds beyond one for each stripe that has something to do, going on where the
// last sweep of any process stopped; and one look for dead rows.
SweepReport sweep_a_little(Session& session) noexcept;

}  // namespace nitro
