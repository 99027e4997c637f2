#include "core/store/store.h"

#include <algorithm>
#include <atomic>

#include <sys/mman.h>
#include <unistd.h>

#include "tests/support/catch.h"
#include "tests/support/forked_child.h"
#include "tests/support/names.h"
#include "tests/support/shared_page.h"
#include "tests/support/small_shared_memory.h"
#include "tests/support/temporary_segment.h"
#include "tests/support/temporary_store.h"

namespace nitro {

using test::ForkedChild;
using test::get_text;
using test::open_or_fail;
using test::put_text;
using test::TemporaryStore;
using test::wait_until;

TEST_CASE("store: a process that is no relative sees what another one stored") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "from the parent") == PutOutcome::kStored);
  // The child uses nothing of what it inherits.
  ForkedChild child([&] {
    Session session(cache.attach());
    if (get_text(session, "key") != "from the parent") {
      return 1;
    }
    return put_text(session, "key", "from the child") == PutOutcome::kStored ? 0 : 2;
  });
  REQUIRE(child.wait() == 0);
  CHECK(cache.get("key") == "from the child");
}

TEST_CASE("store: what was stored is there for whoever attaches elsewhere") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "value") == PutOutcome::kStored);
  cache.move_elsewhere();
  CHECK(cache.get("key") == "value");
  CHECK(cache.findings() == "");
}

TEST_CASE("store: its facts are those of the segment") {
  StoreOptions options;
  options.maker = "a test";
  options.value_abi = 0xabc;
  options.size = 3_MiB;
  TemporaryStore cache(options);
  const StoreFacts& facts = cache.store().facts();
  CHECK(facts.name == cache.options().name);
  CHECK(facts.maker == "a test");
  CHECK(facts.value_abi == 0xabc);
  CHECK(facts.size == 3_MiB);
  CHECK(facts.created_here);
  CHECK(facts.created_at > 0);
  CHECK_FALSE(facts.shrunk_from.has_value());
  CHECK_FALSE(facts.refused_size.has_value());
  CHECK(test::exists(facts.segment_name));
  const auto second = cache.attach();
  CHECK_FALSE(second->facts().created_here);
  CHECK_FALSE(second->facts().at_home);
  CHECK(second->facts().maker == "a test");
}

TEST_CASE("store: a later, different size is refused, and said to be") {
  TemporaryStore cache;
  StoreOptions larger = cache.options();
  larger.size = 4_MiB;
  const auto second = open_or_fail(larger);
  CHECK(second->facts().size == 2_MiB);
  CHECK(second->facts().refused_size == std::optional(4_MiB));
  StoreOptions no_size = cache.options();
  no_size.size.reset();
  CHECK_FALSE(open_or_fail(no_size)->facts().refused_size.has_value());
}

TEST_CASE("store: a later, different entry size does not matter") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "value") == PutOutcome::kStored);
  StoreOptions other = cache.options();
  other.entry_size = ByteCount{1024};
  Session session(open_or_fail(other));
  CHECK(get_text(session, "key") == "value");
}

TEST_CASE("store: caches of other value ABIs are other caches") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "value") == PutOutcome::kStored);
  StoreOptions other = cache.options();
  other.value_abi = 99;
  const auto store = open_or_fail(other);
  CHECK(store->facts().created_here);
  CHECK_FALSE(Session(store).has("key"));
  store->destroy();
}

TEST_CASE("store: it is listed while it exists") {
  StoreOptions options;
  options.value_abi = 0xabc;
  TemporaryStore cache(options);
  const auto is_listed = [&] {
    const auto all = Store::list();
    return std::any_of(all.begin(), all.end(), [&](const CacheListing& one) {
      return one.name == cache.options().name && one.value_abi == 0xabc &&
             one.segment_name == cache.store().facts().segment_name;
    });
  };
  CHECK(is_listed());
  cache.store().destroy();
  CHECK_FALSE(is_listed());
}

TEST_CASE("store: a destroyed one is condemned for all, and the next one starts empty") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "value") == PutOutcome::kStored);
  const auto other = cache.attach();
  cache.store().destroy();
  CHECK(cache.store().is_condemned());
  CHECK(other->is_condemned());
  TemporaryStore unrelated;
  const auto next = open_or_fail(cache.options());
  CHECK(next->facts().created_here);
  CHECK_FALSE(Session(next).has("key"));
  next->destroy();
}

TEST_CASE("store: after its name was removed, all meet again in a new one") {
  TemporaryStore cache;
  const auto other = cache.attach();
  REQUIRE(shm_unlink(cache.store().facts().segment_name.c_str()) == 0);
  CHECK(cache.store().check_name());
  CHECK(other->is_condemned());
  const auto mine = open_or_fail(cache.options());
  const auto theirs = open_or_fail(cache.options());
  Session session(mine);
  REQUIRE(put_text(session, "key", "value") == PutOutcome::kStored);
  Session other_session(theirs);
  CHECK(get_text(other_session, "key") == "value");
  mine->destroy();
}

// The mapping lives as long as anybody uses it.
TEST_CASE("store: a condemned one can be used to the end of the request") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "value") == PutOutcome::kStored);
  cache.store().destroy();
  CHECK(cache.get("key") == "value");
  CHECK(cache.put("key", "other") == PutOutcome::kStored);
}

TEST_CASE("store: a damaged entry size is an error, not a crash") {
  TemporaryStore cache;
  StoreInspector::segment(cache.store()).header().entry_size = 1;
  StoreOptions options = cache.options();
  options.create = false;
  const auto second = Store::open(options);
  REQUIRE_FALSE(second);
  CHECK(second.error().kind == ErrorKind::kForeignFormat);
}

TEST_CASE("janitor: there is one seat, free again when its owner is gone") {
  TemporaryStore cache;
  CHECK_FALSE(cache.store().has_janitor());
  CHECK(cache.store().janitor_pid() == 0);
  test::SharedPage<std::atomic<bool>> is_seated;
  ForkedChild janitor([&] {
    const auto store = cache.attach();
    *is_seated = store->try_take_janitor_seat();
    for (;;) {
      pause();
    }
    return 0;
  });
  REQUIRE(wait_until([&] { return is_seated->load(); }));
  CHECK(cache.store().has_janitor());
  CHECK(cache.store().janitor_pid() == janitor.pid());
  CHECK_FALSE(cache.store().try_take_janitor_seat());
  janitor.stop();
  CHECK(cache.store().has_janitor());
  janitor.kill();
  CHECK_FALSE(cache.store().has_janitor());
  CHECK(cache.store().janitor_pid() == 0);
  CHECK(cache.store().try_take_janitor_seat());
}

TEST_CASE("store: in a small /dev/shm the default size shrinks, and the cache works to its limit") {
  CHECK(test::passes_in_small_shared_memory(8_MiB, [] {
    StoreOptions options;
    options.name = test::unique_name();
    const auto store = Store::open(options);
    if (!store || store.value()->facts().shrunk_from != std::optional(128_MiB) ||
        store.value()->facts().size != 6_MiB) {
      return false;
    }
    Session session(store.value());
    for (int i = 0; i < 50'000; ++i) {
      if (put_text(session, "key-" + std::to_string(i), std::string(300, 'v')) !=
          PutOutcome::kStored) {
        return false;
      }
    }
    return session.has("key-49999") && store.value()->statistics().evictions > 0;
  }));
}

// Others may fill the machine after the cache was made.
TEST_CASE("store: when memory runs out, it works on with what it has") {
  CHECK(test::passes_in_small_shared_memory(16_MiB, [] {
    StoreOptions options;
    options.name = test::unique_name();
    options.size = 12_MiB;
    const auto store = Store::open(options);
    if (!store) {
      return false;
    }
    Session session(store.value());
    const std::string value(1000, 'v');
    for (int i = 0; i < 500; ++i) {
      if (put_text(session, "early-" + std::to_string(i), value) != PutOutcome::kStored) {
        return false;
      }
    }
    test::fill_shared_memory();
    for (int i = 0; i < 20'000; ++i) {
      if (put_text(session, "late-" + std::to_string(i), value) != PutOutcome::kStored) {
        return false;
      }
    }
    return get_text(session, "late-19999") == value;
  }));
}

TEST_CASE(
    "store: a value that only memory still to come could hold is refused, and evicts nobody") {
  CHECK(test::passes_in_small_shared_memory(16_MiB, [] {
    StoreOptions options;
    options.name = test::unique_name();
    options.size = 12_MiB;
    const auto store = Store::open(options);
    if (!store) {
      return false;
    }
    Session session(store.value());
    if (put_text(session, "early", "value") != PutOutcome::kStored) {
      return false;
    }
    test::fill_shared_memory();
    const std::string largest(store.value()->statistics().largest_value.value - 100, 'v');
    for (int i = 0; i < 20; ++i) {
      if (put_text(session, "large-" + std::to_string(i), largest) != PutOutcome::kNoRoom) {
        return false;
      }
    }
    return get_text(session, "early") == "value" && store.value()->statistics().evictions == 0;
  }));
}

TEST_CASE("store: without any memory for entries, putting fails and says so") {
  CHECK(test::passes_in_small_shared_memory(8_MiB, [] {
    StoreOptions options;
    options.name = test::unique_name();
    options.size = 4_MiB;
    const auto store = Store::open(options);
    if (!store) {
      return false;
    }
    test::fill_shared_memory();
    Session session(store.value());
    return put_text(session, "key", "value") == PutOutcome::kNoRoom && !session.has("key") &&
           store.value()->statistics().failed_sets == 1;
  }));
}

}  // namespace nitro
