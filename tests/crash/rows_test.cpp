// Deaths of those who take rows of the process table, give them back, or reclaim them.
#include <unistd.h>

#include "core/store/sweep.h"

#include "tests/crash/walk.h"
#include "tests/support/catch.h"
#include "tests/support/forked_child.h"
#include "tests/support/shared_page.h"

namespace nitro {

using test::ForkedChild;
using test::Walk;

namespace {

void pin_all(Session& session, const std::vector<std::string>& keys) {
  for (const std::string& key : keys) {
    const auto entry = session.find(key);
    static_cast<void>(entry && session.try_pin(*entry));
    session.release();
  }
}

// Somebody who has died and has pinned these.
void leave_dead_row(Walk& walk, const std::vector<std::string>& keys) {
  test::SharedPage<std::atomic<bool>> has_pinned;
  ForkedChild child([&] {
    Session session(walk.cache().attach());
    pin_all(session, keys);
    *has_pinned = session.pin_count() == keys.size();
    for (;;) {
      pause();
    }
    return 0;
  });
  REQUIRE(test::wait_until([&] { return has_pinned->load(); }));
  REQUIRE(child.kill());
}

// Three keys with values that are worth pinning, of which a living reader has pinned the first, and
// names the last.
std::vector<std::string> store_and_hold(Walk& walk) {
  auto keys = walk.store(3, 3000);
  walk.pin(keys.front());
  walk.name(keys.back());
  walk.remember(keys);
  walk.look_at_rows();
  return keys;
}

}  // namespace

TEST_CASE("death at any instruction: of attaching, taking a row, pinning, and giving all back") {
  Walk walk;
  const auto keys = store_and_hold(walk);
  NITRO_WALK(walk, [&](Session&) {
    Session second(walk.cache().attach());
    pin_all(second, keys);
    second.drop_pins();
  })
}

TEST_CASE("death at any instruction: of reclaiming the rows of the dead") {
  Walk walk;
  const auto keys = store_and_hold(walk);
  leave_dead_row(walk, keys);
  leave_dead_row(walk, {keys[1]});
  NITRO_WALK(walk, [](Session& session) { sweep(session); })
}

// As if the fork had failed: what the child would have had is given back.
TEST_CASE("death at any instruction: of a fork, in the parent") {
  Walk walk;
  const auto keys = store_and_hold(walk);
  NITRO_WALK(walk, [&](Session& session) {
    pin_all(session, keys);
    session.prepare_fork();
    session.after_fork_in_parent();
  })
}

// The parent is the living reader.
TEST_CASE("death at any instruction: of a fork, in the child") {
  Walk walk;
  const auto keys = store_and_hold(walk);
  Session& parent = walk.reader();
  parent.prepare_fork();
  NITRO_WALK(walk, [&](Session&) {
    parent.store().after_fork_in_child();
    parent.after_fork_in_child();
    pin_all(parent, keys);
    parent.drop_pins();
  })
  parent.after_fork_in_parent();
}

}  // namespace nitro
