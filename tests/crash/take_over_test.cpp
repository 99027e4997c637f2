// Deaths of those who take a lock over from the dead and mend what those have left half-done.
#include "tests/crash/walk.h"
#include "tests/support/catch.h"

namespace nitro {

using test::put_text;
using test::Walk;

namespace {

auto put(const std::string& key) {
  return [key](Session& session) { put_text(session, key, "value"); };
}
auto erase(const std::string& key) {
  return [key](Session& session) { static_cast<void>(session.erase(key)); };
}

}  // namespace

TEST_CASE("death at any instruction: of a put of a new key, and of who takes over") {
  Walk walk;
  auto keys = walk.store(3);
  keys.push_back(test::keys_of_stripe(walk.cache(), 0, 4).back());
  walk.remember(keys);
  walk.allow(keys[3], "value");
  walk.allow(keys[0], "value");
  NITRO_WALK(walk, {{put(keys[3])}, {put(keys[0])}})
}

TEST_CASE("death at any instruction: of an overwriting put, and of who takes over") {
  Walk walk;
  const auto keys = walk.store(3);
  walk.remember(keys);
  walk.allow(keys[1], "value");
  walk.allow(keys[0], "value");
  NITRO_WALK(walk, {{put(keys[1])}, {put(keys[0])}})
}

TEST_CASE("death at any instruction: of an erase, of who takes over, and of the next") {
  Walk walk;
  const auto keys = walk.store(4);
  walk.remember(keys);
  walk.allow(keys[3], std::nullopt);
  walk.allow(keys[2], std::nullopt);
  walk.allow(keys[0], "value");
  NITRO_WALK(walk, {{erase(keys[3]), 2}, {erase(keys[2]), 3}, {put(keys[0])}})
}

}  // namespace nitro
