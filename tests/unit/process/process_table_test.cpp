#include "core/process/process_table.h"

#include <set>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/temporary_table.h"

namespace nitro {

using test::TableView;
using test::TemporaryTable;

namespace {
constexpr std::uint32_t kOrdinaryRows = kRowCount - kGuestRows;

std::uint32_t row_of(const std::optional<TakenRow>& taken) {
  REQUIRE(taken.has_value());
  return taken->owner.row();
}

bool names(const ProcessTable& table, std::uint64_t block, std::uint32_t stripe = 0) {
  NamedBlocks named;
  table.find_named(stripe, 0, UINT64_MAX, named);
  return named.contains(block);
}
}  // namespace

TEST_CASE("process table: rows are taken lowest first") {
  TemporaryTable table;
  CHECK(row_of(table->take_row()) == 0);
  CHECK(row_of(table->take_row()) == 1);
  CHECK(row_of(table->take_row()) == 2);
  CHECK(table->rows_in_use() == 3);
}

TEST_CASE("process table: a row that was given back is the next to be taken") {
  TemporaryTable table;
  const auto first = table->take_row();
  const auto second = table->take_row();
  REQUIRE(second);
  table->give_back(*first);
  CHECK(row_of(table->take_row()) == 0);
  CHECK(row_of(table->take_row()) == 2);
}

TEST_CASE("process table: an owner's number never comes back") {
  TemporaryTable table;
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 100; ++i) {
    const auto taken = table->take_row();
    REQUIRE(taken);
    CHECK(taken->owner.value != 0);
    CHECK(taken->owner.row() == 0);
    CHECK(seen.insert(taken->owner.value).second);
    table->give_back(*taken);
  }
}

TEST_CASE("process table: an owner is named and alive until he gives his row back") {
  TemporaryTable table;
  const auto taken = table->take_row();
  REQUIRE(taken);
  CHECK(table->is_named(taken->owner));
  CHECK(table->is_alive(taken->owner));
  table->give_back(*taken);
  CHECK_FALSE(table->is_named(taken->owner));
  CHECK_FALSE(table->is_alive(taken->owner));
}

TEST_CASE("process table: the next owner of a row does not keep the last one alive") {
  TemporaryTable table;
  const auto first = table->take_row();
  table->give_back(*first);
  const auto second = table->take_row();
  REQUIRE(row_of(second) == first->owner.row());
  CHECK_FALSE(table->is_alive(first->owner));
  CHECK(table->is_alive(second->owner));
}

TEST_CASE("process table: owners that never were are not alive") {
  TemporaryTable table;
  CHECK_FALSE(table->is_alive(OwnerId{0}));
  CHECK_FALSE(table->is_alive(OwnerId{std::uint64_t{1} << 32 | 1}));
  CHECK_FALSE(table->is_alive(OwnerId{std::uint64_t{1} << 32 | (kRowCount + 1)}));
}

TEST_CASE("process table: two mappings do not get the same row") {
  TemporaryTable table;
  TableView other(table.attach());
  const auto mine = table->take_row();
  const auto theirs = other.table().take_row();
  CHECK(row_of(mine) == 0);
  CHECK(row_of(theirs) == 1);
  CHECK(table->is_alive(theirs->owner));
  CHECK(other.table().is_alive(mine->owner));
}

TEST_CASE("process table: the last eight rows are for guests only") {
  TemporaryTable table;
  std::vector<TakenRow> taken;
  while (auto row = table->take_row()) {
    taken.push_back(*row);
  }
  CHECK(taken.size() == kOrdinaryRows);
  for (std::uint32_t i = 0; i < kGuestRows; ++i) {
    CHECK(row_of(table->take_guest_row()) == kOrdinaryRows + i);
  }
  CHECK_FALSE(table->take_guest_row().has_value());
  CHECK_FALSE(table->take_row().has_value());

  table->give_back(taken[100]);
  CHECK(row_of(table->take_row()) == 100);
}

TEST_CASE("process table: an emptied row names nothing, but what it counted stays") {
  TemporaryTable table;
  const auto taken = table->take_row();
  REQUIRE(taken);
  taken->row->hazard.store(4096);
  taken->row->pins[0].store(8192 / kPinUnit);
  taken->row->pinned_stripes.store(1);
  taken->row->pin_count.store(1);
  taken->row->count(Counter::kHits, 5);
  REQUIRE(names(*table.operator->(), 4096));
  REQUIRE(names(*table.operator->(), 8192));

  table->give_back(*taken);

  CHECK_FALSE(names(*table.operator->(), 4096));
  CHECK_FALSE(names(*table.operator->(), 8192));
  CHECK(table->sum(Counter::kHits) == 5);
  const auto next = table->take_row();
  REQUIRE(next->row == taken->row);
  CHECK(next->row->pin_count.load() == 0);
  CHECK(next->row->pinned_stripes.load() == 0);
  next->row->count(Counter::kHits, 2);
  CHECK(table->sum(Counter::kHits) == 7);
  CHECK(table->sum(Counter::kMisses) == 0);
}

TEST_CASE("process table: counters of several rows add up") {
  TemporaryTable table;
  TableView other(table.attach());
  table->take_row()->row->count(Counter::kSets, 3);
  other.table().take_row()->row->count(Counter::kSets, 4);
  CHECK(table->sum(Counter::kSets) == 7);
  CHECK(other.table().sum(Counter::kSets) == 7);
}

TEST_CASE("process table: a scan finds hazards and pins of all rows within its bounds") {
  TemporaryTable table;
  TableView other(table.attach());
  table->take_row()->row->hazard.store(1000 * kPinUnit);
  const auto theirs = other.table().take_row();
  theirs->row->pins[0].store(2000);
  theirs->row->pins[1].store(3000);
  theirs->row->pins[2].store(4000);  // not counted yet
  theirs->row->pinned_stripes.store(1U << 5);
  theirs->row->pin_count.store(2);

  NamedBlocks named;
  table->find_named(5, 1000 * kPinUnit, 3000 * kPinUnit, named);
  CHECK(named.contains(1000 * kPinUnit));
  CHECK(named.contains(2000 * kPinUnit));
  CHECK_FALSE(named.contains(3000 * kPinUnit));
  table->find_named(5, 1001 * kPinUnit, 3001 * kPinUnit, named);
  CHECK_FALSE(named.contains(1000 * kPinUnit));
  CHECK(named.contains(3000 * kPinUnit));
  CHECK_FALSE(named.contains(4000 * kPinUnit));
}

TEST_CASE("process table: pins of a row that has none in a stripe are not looked at") {
  TemporaryTable table;
  const auto taken = table->take_row();
  taken->row->pins[0].store(2000);
  taken->row->pinned_stripes.store(1U << 5);
  taken->row->pin_count.store(1);
  CHECK(names(*table.operator->(), 2000 * kPinUnit, 5));
  CHECK_FALSE(names(*table.operator->(), 2000 * kPinUnit, 6));
}

TEST_CASE("process table: the last row and the last pin are seen") {
  TemporaryTable table;
  while (table->take_row()) {
  }
  std::optional<TakenRow> last;
  while (const auto guest = table->take_guest_row()) {
    last = guest;
  }
  REQUIRE(row_of(last) == kRowCount - 1);
  for (std::uint32_t i = 0; i < kMaxPins; ++i) {
    last->row->pins[i].store(i + 1);
  }
  last->row->pinned_stripes.store(1);
  last->row->pin_count.store(kMaxPins);
  CHECK(names(*table.operator->(), kMaxPins * kPinUnit));
}

// Forgetting one would be fatal; keeping too much costs memory until the next lap.
TEST_CASE("process table: when more blocks are named than fit, all count as named") {
  TemporaryTable table;
  for (int rows = 0; rows < 3; ++rows) {
    const auto taken = table->take_row();
    for (std::uint32_t i = 0; i < kMaxPins; ++i) {
      taken->row->pins[i].store(1 + i);
    }
    taken->row->pinned_stripes.store(1);
    taken->row->pin_count.store(kMaxPins);
  }
  CHECK(names(*table.operator->(), 7 * kPinUnit));
  CHECK(names(*table.operator->(), 77'777 * kPinUnit));
}

TEST_CASE("named blocks: contains exactly what was added") {
  NamedBlocks named;
  named.clear();
  for (const std::uint64_t offset : {48, 16, 32, 16}) {
    named.add(offset);
  }
  named.finish();
  CHECK(named.contains(16));
  CHECK(named.contains(32));
  CHECK(named.contains(48));
  CHECK_FALSE(named.contains(17));
  CHECK_FALSE(named.contains(64));
  named.clear();
  named.finish();
  CHECK_FALSE(named.contains(16));
}

}  // namespace nitro
