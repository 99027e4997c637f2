// fork() in the middle of use. The handlers are called by hand here; the extension hangs them into
// pthread_atfork().
#include <atomic>
#include <functional>

#include <sys/resource.h>
#include <unistd.h>

#include "core/store/store.h"

#include "tests/support/catch.h"
#include "tests/support/flood.h"
#include "tests/support/forked_child.h"
#include "tests/support/shared_page.h"
#include "tests/support/temporary_store.h"

namespace nitro {

using test::ForkedChild;
using test::get_text;
using test::put_text;
using test::TemporaryStore;
using test::text_in;
using test::wait_until;

namespace {

// A child that took over the store and session of its parent, as the extension does it.
std::unique_ptr<ForkedChild> fork_with(Store& store, Session& session,
                                       const std::function<int()>& body) {
  if (session.pin_count() > 0) {
    session.prepare_fork();
  }
  auto child = std::make_unique<ForkedChild>([&] {
    store.after_fork_in_child();
    session.after_fork_in_child();
    return body();
  });
  session.after_fork_in_parent();
  return child;
}

// The same for a child that itself was forked, where Catch2 may not be used. Gives its pid.
pid_t fork_again(Store& store, Session& session, const std::function<int()>& body) {
  if (session.pin_count() > 0) {
    session.prepare_fork();
  }
  const pid_t pid = fork();
  if (pid == 0) {
    alarm(60);
    store.after_fork_in_child();
    session.after_fork_in_child();
    _exit(body());
  }
  session.after_fork_in_parent();
  return pid;
}

struct Progress {
  std::atomic<int> step{0};
  std::atomic<bool> go_on{false};
  // What a later process finds out.
  std::atomic<int> living{0};
};

bool wait_for_leave(Progress& progress) {
  return wait_until([&] { return progress.go_on.load(); });
}

void overwrite_all(TemporaryStore& cache) {
  test::flood(cache, ByteCount{20 * cache.store().statistics().capacity.value});
}

const std::string kText(5000, 'p');

std::uint32_t rows_used(const TemporaryStore& cache) {
  return cache.store().statistics().rows_used;
}

}  // namespace

TEST_CASE("fork: parent and child both go on, each with a row of its own") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "value") == PutOutcome::kStored);
  test::SharedPage<Progress> progress;
  const auto child = fork_with(cache.store(), cache.session(), [&] {
    const bool good =
        cache.get("key") == "value" && cache.put("child", "was here") == PutOutcome::kStored;
    progress->step = good ? 1 : 2;
    return wait_for_leave(*progress) ? 0 : 1;
  });
  REQUIRE(wait_until([&] { return progress->step != 0; }));
  CHECK(progress->step == 1);
  CHECK(cache.get("child") == "was here");
  CHECK(cache.put("key", "parent") == PutOutcome::kStored);
  CHECK(rows_used(cache) == 2);
  progress->go_on = true;
  CHECK(child->wait() == 0);
  CHECK(rows_used(cache) == 1);
  CHECK(cache.findings() == "");
}

TEST_CASE("fork: what the parent has pinned stays for the child, when the parent drops its pins") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", kText) == PutOutcome::kStored);
  const auto entry = cache.session().find("key");
  REQUIRE(cache.session().try_pin(*entry));
  cache.session().release();
  test::SharedPage<Progress> progress;
  const auto child = fork_with(cache.store(), cache.session(), [&] {
    progress->step = 1;
    return wait_for_leave(*progress) && text_in(*entry) == kText ? 0 : 1;
  });
  CHECK(cache.session().pin_count() == 1);
  cache.session().drop_pins();
  REQUIRE(cache.session().erase("key") == EraseOutcome::kErased);

  overwrite_all(cache);

  CHECK(text_in(*entry) == kText);
  progress->go_on = true;
  CHECK(child->wait() == 0);

  // The child has left: now it goes.
  CHECK(cache.store().attached_rows() == 1);
  StoreInspector::table(cache.store()).reclaim_dead_rows();
  overwrite_all(cache);
  CHECK(text_in(*entry) != kText);
}

TEST_CASE("fork: what was pinned is named even before the child does anything") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", kText) == PutOutcome::kStored);
  const auto entry = cache.session().find("key");
  REQUIRE(cache.session().try_pin(*entry));
  cache.session().release();
  cache.session().prepare_fork();
  ForkedChild child([] {
    for (;;) {
      pause();
    }
    return 0;
  });
  cache.session().after_fork_in_parent();
  cache.session().drop_pins();
  REQUIRE(cache.session().erase("key") == EraseOutcome::kErased);
  StoreInspector::table(cache.store()).reclaim_dead_rows();
  overwrite_all(cache);
  CHECK(text_in(*entry) == kText);
}

TEST_CASE("fork: when no row can be had, the child keeps what was pinned, and attaches anew") {
  TemporaryStore cache;
  // Two of one page, and one that goes over many.
  const std::vector<std::string> texts{kText, std::string(100, 's'), std::string(50'000, 'l')};
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string key = "key-" + std::to_string(i);
    REQUIRE(cache.put(key, texts[i]) == PutOutcome::kStored);
    entries.push_back(*cache.session().find(key));
    REQUIRE(cache.session().try_pin(entries.back()));
    cache.session().release();
  }
  ProcessTable& table = StoreInspector::table(cache.store());
  std::vector<TakenRow> others;
  while (const auto taken = table.take_row()) {
    others.push_back(*taken);
  }
  const auto are_unchanged = [&] {
    bool all = true;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      all = all && text_in(entries[i]) == texts[i];
    }
    return all;
  };
  test::SharedPage<Progress> progress;
  const auto child = fork_with(cache.store(), cache.session(), [&] {
    progress->step = 1;
    if (!wait_for_leave(*progress) || !are_unchanged()) {
      return 1;
    }
    if (!cache.session().is_condemned() || !cache.store().is_condemned()) {
      return 2;
    }
    const auto again = cache.attach();
    Session session(again);
    return !again->is_condemned() && get_text(session, "later") == "value" ? 0 : 3;
  });
  CHECK(are_unchanged());
  CHECK_FALSE(cache.store().is_condemned());
  cache.session().drop_pins();
  overwrite_all(cache);
  for (const TakenRow& taken : others) {
    table.give_back(taken);
  }
  REQUIRE(cache.put("later", "value") == PutOutcome::kStored);
  progress->go_on = true;
  CHECK(child->wait() == 0);
  CHECK(cache.findings() == "");
}

TEST_CASE("fork: a child that gets no file descriptor abandons the store, for itself alone") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "value") == PutOutcome::kStored);
  rlimit limit{};
  REQUIRE(getrlimit(RLIMIT_NOFILE, &limit) == 0);
  const rlimit none{0, limit.rlim_max};
  REQUIRE(setrlimit(RLIMIT_NOFILE, &none) == 0);
  const auto child = fork_with(cache.store(), cache.session(), [&] {
    if (!cache.session().is_condemned() || setrlimit(RLIMIT_NOFILE, &limit) != 0) {
      return 1;
    }
    Session session(cache.attach());
    return get_text(session, "key") == "value" ? 0 : 2;
  });
  REQUIRE(setrlimit(RLIMIT_NOFILE, &limit) == 0);
  CHECK(child->wait() == 0);
  CHECK_FALSE(cache.store().is_condemned());
  CHECK(cache.get("key") == "value");
}

TEST_CASE("fork: the child may drop the pins, and pin again") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", kText) == PutOutcome::kStored);
  REQUIRE(cache.session().try_pin(*cache.session().find("key")));
  cache.session().release();
  const auto child = fork_with(cache.store(), cache.session(), [&] {
    Session& session = cache.session();
    if (session.pin_count() != 1) {
      return 1;
    }
    session.drop_pins();
    const auto entry = session.find("key");
    if (session.pin_count() != 0 || !entry || !session.try_pin(*entry)) {
      return 2;
    }
    return session.pin_count() == 1 ? 0 : 3;
  });
  CHECK(child->wait() == 0);
  CHECK(cache.session().pin_count() == 1);
}

TEST_CASE("fork: a child of a parent without pins starts without pins") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", kText) == PutOutcome::kStored);
  REQUIRE(cache.session().try_pin(*cache.session().find("key")));
  cache.session().drop_pins();
  const auto child = fork_with(cache.store(), cache.session(), [&] {
    const auto entry = cache.session().find("key");
    return cache.session().pin_count() == 0 && entry && cache.session().try_pin(*entry) &&
                   cache.session().pin_count() == 1
               ? 0
               : 1;
  });
  CHECK(child->wait() == 0);
}

TEST_CASE("fork: the parent's death is noticed although its child lives") {
  const bool has_pins = GENERATE(false, true);
  CAPTURE(has_pins);
  TemporaryStore cache;
  REQUIRE(cache.put("key", kText) == PutOutcome::kStored);
  test::SharedPage<Progress> progress;
  ForkedChild parent([&] {
    const auto store = cache.attach();
    Session session(store);
    const auto entry = session.find("key");
    if (has_pins && !session.try_pin(*entry)) {
      return 1;
    }
    session.release();
    fork_again(*store, session, [&] {
      const bool has_row = session.has("key");
      progress->step = has_row ? 1 : 2;
      return wait_for_leave(*progress) ? 0 : 1;
    });
    for (;;) {
      pause();
    }
    return 0;
  });
  REQUIRE(wait_until([&] { return progress->step == 1; }));
  CHECK(rows_used(cache) == 3);
  parent.kill();
  CHECK(rows_used(cache) == 2);
  CHECK(StoreInspector::table(cache.store()).reclaim_dead_rows() == 1);
  CHECK(rows_used(cache) == 2);
  progress->go_on = true;
  CHECK(wait_until([&] { return rows_used(cache) == 1; }));
}

// The child holds its row with a descriptor that it got from its parent.
TEST_CASE("fork: a child that forks again stays alive, and so does what it has pinned") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", kText) == PutOutcome::kStored);
  const auto entry = cache.session().find("key");
  REQUIRE(cache.session().try_pin(*entry));
  cache.session().release();
  test::SharedPage<Progress> progress;
  const auto child = fork_with(cache.store(), cache.session(), [&] {
    fork_again(cache.store(), cache.session(), [] { return 0; });
    progress->step = 1;
    return wait_for_leave(*progress) && text_in(*entry) == kText ? 0 : 1;
  });
  cache.session().drop_pins();
  REQUIRE(cache.session().erase("key") == EraseOutcome::kErased);
  REQUIRE(wait_until([&] { return progress->step == 1; }));
  // The grandchild's row, once it has left.
  REQUIRE(
      wait_until([&] { return StoreInspector::table(cache.store()).reclaim_dead_rows() == 1; }));

  CHECK(rows_used(cache) == 2);
  overwrite_all(cache);
  CHECK(text_in(*entry) == kText);
  progress->go_on = true;
  CHECK(child->wait() == 0);
}

TEST_CASE("fork: a child's death is noticed although its own child lives") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", kText) == PutOutcome::kStored);
  REQUIRE(cache.session().try_pin(*cache.session().find("key")));
  cache.session().release();
  const bool drops_pins = GENERATE(false, true);
  CAPTURE(drops_pins);
  test::SharedPage<Progress> progress;
  const auto child = fork_with(cache.store(), cache.session(), [&] {
    if (drops_pins) {
      cache.session().drop_pins();
    }
    fork_again(cache.store(), cache.session(), [&] {
      progress->step = cache.session().has("key") ? 1 : 2;
      return wait_for_leave(*progress) ? 0 : 1;
    });
    for (;;) {
      pause();
    }
    return 0;
  });
  REQUIRE(wait_until([&] { return progress->step == 1; }));
  CHECK(rows_used(cache) == 3);
  child->kill();
  CHECK(rows_used(cache) == 2);
  progress->go_on = true;
  CHECK(wait_until([&] { return rows_used(cache) == 1; }));
}

TEST_CASE("fork: two children of one parent have what it had pinned, one after the other") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", kText) == PutOutcome::kStored);
  const auto entry = cache.session().find("key");
  REQUIRE(cache.session().try_pin(*entry));
  cache.session().release();
  test::SharedPage<Progress> progress;
  const auto body = [&] {
    ++progress->step;
    return wait_for_leave(*progress) && text_in(*entry) == kText ? 0 : 1;
  };
  const auto one = fork_with(cache.store(), cache.session(), body);
  const auto other = fork_with(cache.store(), cache.session(), body);
  REQUIRE(wait_until([&] { return progress->step == 2; }));
  CHECK(rows_used(cache) == 3);
  one->kill();
  StoreInspector::table(cache.store()).reclaim_dead_rows();
  cache.session().drop_pins();
  REQUIRE(cache.session().erase("key") == EraseOutcome::kErased);
  overwrite_all(cache);
  progress->go_on = true;
  CHECK(other->wait() == 0);
}

TEST_CASE("fork: a child that ends its session gives its row back") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", kText) == PutOutcome::kStored);
  REQUIRE(cache.session().try_pin(*cache.session().find("key")));
  cache.session().release();
  test::SharedPage<Progress> progress;
  const auto store = cache.attach();
  auto session = std::make_unique<Session>(store);
  REQUIRE(session->try_pin(*session->find("key")));
  session->release();
  const auto child = fork_with(*store, *session, [&] {
    session.reset();
    progress->step = 1;
    return wait_for_leave(*progress) ? 0 : 1;
  });
  REQUIRE(wait_until([&] { return progress->step == 1; }));
  CHECK(rows_used(cache) == 2);
  CHECK(StoreInspector::table(cache.store()).reclaim_dead_rows() == 0);
  progress->go_on = true;
  CHECK(child->wait() == 0);
}

TEST_CASE("fork: a parent that holds a lock is not dead for its child") {
  TemporaryStore cache;
  StoreOptions options = cache.options();
  options.lock_timeout = Milliseconds{50};
  const auto store = test::open_or_fail(options);
  Session session(store);
  REQUIRE(put_text(session, "key", "value") == PutOutcome::kStored);
  StripeLockWord& lock = cache.stripe_of("key").state().lock;
  REQUIRE(StoreInspector::begin_call(session));
  REQUIRE(try_lock(lock, StoreInspector::writer(session).owner));
  const auto child = fork_with(*store, session, [&] {
    return put_text(session, "key", "child") == PutOutcome::kTimedOut ? 0 : 1;
  });
  CHECK(child->wait() == 0);
  unlock(lock);
  CHECK(get_text(session, "key") == "value");
}

}  // namespace nitro
