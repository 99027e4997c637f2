// The kernel says who lives: rows of the killed are reclaimed, rows of the stopped are not.
#include <atomic>
#include <memory>
#include <vector>

#include <unistd.h>

#include "core/process/process_table.h"

#include "tests/support/catch.h"
#include "tests/support/forked_child.h"
#include "tests/support/shared_page.h"
#include "tests/support/temporary_table.h"

namespace nitro {

using test::ForkedChild;
using test::TableView;
using test::TemporaryTable;
using test::wait_until;

namespace {

// A process with a row of its own that names the block at 4096, until it is ended.
class Resident {
 public:
  explicit Resident(const TemporaryTable& table, bool leaves_at_once = false)
      : child_([&, leaves_at_once] {
          TableView mine(table.attach());
          const auto taken = mine.table().take_row();
          if (!taken) {
            return 1;
          }
          taken->row->hazard.store(4096);
          taken->row->count(Counter::kHits, 3);
          *owner_ = taken->owner.value;
          while (!leaves_at_once) {
            pause();
          }
          _exit(0);  // without giving the row back
        }) {
    REQUIRE(wait_until([&] { return owner_->load() != 0; }));
  }
  ForkedChild& child() { return child_; }
  OwnerId owner() const { return OwnerId{owner_->load()}; }

 private:
  test::SharedPage<std::atomic<std::uint64_t>> owner_;
  ForkedChild child_;
};

bool names_4096(TemporaryTable& table) {
  NamedBlocks named;
  table->find_named(0, 0, UINT64_MAX, named);
  return named.contains(4096);
}

}  // namespace

TEST_CASE("life: the row of a living process is not reclaimed") {
  TemporaryTable table;
  Resident resident(table);
  CHECK(table->is_alive(resident.owner()));
  CHECK(table->reclaim_dead_rows() == 0);
  CHECK(names_4096(table));
  CHECK(table->count_living_rows() == 1);
}

TEST_CASE("life: the row of a stopped process is not reclaimed, however long it stands") {
  TemporaryTable table;
  Resident resident(table);
  resident.child().stop();
  CHECK(table->is_alive(resident.owner()));
  CHECK(table->reclaim_dead_rows() == 0);
  CHECK(names_4096(table));
}

TEST_CASE("death: the row of a killed process is reclaimed") {
  TemporaryTable table;
  Resident resident(table);
  resident.child().kill();
  CHECK_FALSE(table->is_alive(resident.owner()));
  CHECK(table->is_named(resident.owner()));
  CHECK(table->count_living_rows() == 0);
  CHECK(names_4096(table));

  CHECK(table->reclaim_dead_rows() == 1);
  CHECK_FALSE(table->is_named(resident.owner()));
  CHECK_FALSE(names_4096(table));
  CHECK(table->sum(Counter::kHits) == 3);
  CHECK(table->reclaim_dead_rows() == 0);
}

TEST_CASE("death: a process that leaves without a word is dead, too") {
  TemporaryTable table;
  Resident resident(table, /*leaves_at_once=*/true);
  REQUIRE(resident.child().wait() == 0);
  CHECK_FALSE(table->is_alive(resident.owner()));
  CHECK(table->reclaim_dead_rows() == 1);
}

TEST_CASE("death: a full table gives the rows of the dead to newcomers") {
  TemporaryTable table;
  Resident resident(table);
  while (table->take_row()) {
  }
  CHECK_FALSE(table->take_row().has_value());
  resident.child().kill();
  const auto taken = table->take_row();
  REQUIRE(taken.has_value());
  CHECK(taken->owner.row() == resident.owner().row());
  CHECK(taken->owner != resident.owner());
  CHECK_FALSE(names_4096(table));
  CHECK_FALSE(table->take_row().has_value());
}

TEST_CASE("death: free rows are taken before those of the dead") {
  TemporaryTable table;
  Resident resident(table);
  resident.child().kill();
  const auto taken = table->take_row();
  REQUIRE(taken.has_value());
  CHECK(taken->owner.row() == resident.owner().row() + 1);
}

TEST_CASE("death: of many who reclaim at once, each dead row is counted once") {
  constexpr int kDead = 20;
  constexpr int kReclaimers = 4;
  TemporaryTable table;
  {
    std::vector<std::unique_ptr<Resident>> residents;
    for (int i = 0; i < kDead; ++i) {
      residents.push_back(std::make_unique<Resident>(table));
    }
  }
  test::SharedPage<std::atomic<std::uint32_t>> reclaimed;
  test::SharedPage<std::atomic<bool>> go;
  std::vector<std::unique_ptr<ForkedChild>> children;
  for (int i = 0; i < kReclaimers; ++i) {
    children.push_back(std::make_unique<ForkedChild>([&] {
      TableView mine(table.attach());
      while (!*go) {
      }
      *reclaimed += mine.table().reclaim_dead_rows();
      return 0;
    }));
  }
  *go = true;
  for (const auto& child : children) {
    CHECK(child->wait() == 0);
  }
  *reclaimed += table->reclaim_dead_rows();
  CHECK(*reclaimed == kDead);
  CHECK(table->sum(Counter::kHits) == 3 * kDead);
}

// What fork() in the middle of a request needs.
TEST_CASE("fork: a row that was taken for a child lives as long as the child does") {
  TemporaryTable table;
  auto locks = LockFile::duplicate(table.view().segment().locks());
  REQUIRE(locks);
  std::optional<LockFile> child_locks = std::move(locks).value();
  const auto row = table->take_row_for(*child_locks);
  REQUIRE(row);
  CHECK(table->is_alive(row->owner));
  ForkedChild child([] {
    for (;;) {
      pause();
    }
    return 0;
  });
  child_locks.reset();  // the child's copy keeps the row

  CHECK(table->is_alive(row->owner));
  CHECK(table->reclaim_dead_rows() == 0);
  child.kill();
  CHECK_FALSE(table->is_alive(row->owner));
  CHECK(table->reclaim_dead_rows() == 1);
}

}  // namespace nitro
