// Values in place cannot be written to, and cannot be looked at when nobody has pins.
#include <csignal>
#include <cstddef>
#include <optional>

#include "core/store/store.h"

#include "tests/support/catch.h"
#include "tests/support/forked_child.h"
#include "tests/support/temporary_store.h"

namespace nitro {

using test::ForkedChild;
using test::TemporaryStore;

namespace {

StoreOptions with_protection() {
  StoreOptions options;
  options.protect_values = true;
  return options;
}

std::string_view text_at(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// A fault ends the process, and nobody reports it.
void let_faults_end_us() {
  for (const int fault : {SIGSEGV, SIGBUS}) {
    std::signal(fault, SIG_DFL);
  }
}

template <typename Act>
bool survives(Act act) {
  ForkedChild child([&] {
    let_faults_end_us();
    act();
    return 0;
  });
  return child.wait() == std::optional(0);
}

void look_at(std::span<const std::byte> bytes) {
  static_cast<void>(*static_cast<const volatile std::byte*>(bytes.data()));
}

void write_to(std::span<const std::byte> bytes) {
  *const_cast<volatile std::byte*>(bytes.data()) = std::byte{1};
}

// Pins the value of `key`.
std::span<const std::byte> pinned(Session& session, std::string_view key) {
  const auto entry = session.find(key);
  REQUIRE(entry.has_value());
  REQUIRE(session.try_pin(*entry));
  session.release();
  return session.in_place(*entry);
}

}  // namespace

TEST_CASE("protected values: a pinned value can be read, and not written to") {
  TemporaryStore cache(with_protection());
  REQUIRE(cache.put("key", "the value") == PutOutcome::kStored);
  const auto value = pinned(cache.session(), "key");
  CHECK(text_at(value) == "the value");
  CHECK(survives([&] { look_at(value); }));
  CHECK_FALSE(survives([&] { write_to(value); }));
}

TEST_CASE("protected values: without protection, writing to one goes unnoticed") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "the value") == PutOutcome::kStored);
  const auto value = pinned(cache.session(), "key");
  CHECK(survives([&] { write_to(value); }));
}

TEST_CASE("protected values: once the pins are dropped, a value cannot be looked at") {
  TemporaryStore cache(with_protection());
  REQUIRE(cache.put("key", "the value") == PutOutcome::kStored);
  const auto value = pinned(cache.session(), "key");
  cache.session().drop_pins();
  CHECK_FALSE(survives([&] { look_at(value); }));

  CHECK(text_at(pinned(cache.session(), "key")) == "the value");
}

TEST_CASE("protected values: the pins of one session keep the values of the process readable") {
  TemporaryStore cache(with_protection());
  Session other(cache.shared());
  REQUIRE(cache.put("key", "the value") == PutOutcome::kStored);
  REQUIRE(cache.put("another", "another value") == PutOutcome::kStored);
  const auto value = pinned(cache.session(), "key");
  static_cast<void>(pinned(other, "another"));
  other.drop_pins();
  CHECK(text_at(value) == "the value");
  cache.session().drop_pins();
  CHECK_FALSE(survives([&] { look_at(value); }));
}

TEST_CASE("protected values: what is written after a value was pinned is seen in place") {
  TemporaryStore cache(with_protection());
  REQUIRE(cache.put("first", "1") == PutOutcome::kStored);
  static_cast<void>(pinned(cache.session(), "first"));
  REQUIRE(cache.put("second", "2") == PutOutcome::kStored);
  CHECK(text_at(pinned(cache.session(), "second")) == "2");
  CHECK(cache.findings() == "");
}

TEST_CASE("protected values: they lie at home, where pointers within them lead to") {
  TemporaryStore cache(with_protection());
  REQUIRE(cache.session().is_at_home());
  REQUIRE(cache.put("key", "the value") == PutOutcome::kStored);
  const auto value = pinned(cache.session(), "key");
  const auto entry = cache.session().find("key");
  REQUIRE(entry.has_value());
  CHECK(cache.session().home_of(*entry) == reinterpret_cast<std::uint64_t>(value.data()));
  CHECK(entry->bytes.data() != value.data());
  cache.session().release();
}

TEST_CASE("protected values: a child of fork() reads what its parent has let go of") {
  TemporaryStore cache(with_protection());
  REQUIRE(cache.put("key", "the value") == PutOutcome::kStored);
  const auto value = pinned(cache.session(), "key");
  cache.session().prepare_fork();
  ForkedChild child([&] {
    let_faults_end_us();
    cache.store().after_fork_in_child();
    cache.session().after_fork_in_child();
    if (text_at(value) != "the value") {
      return 1;
    }
    cache.session().drop_pins();
    look_at(value);
    return 2;
  });
  cache.session().after_fork_in_parent();
  cache.session().drop_pins();
  const auto status = child.wait();
  CHECK(status != std::optional(1));
  CHECK(status != std::optional(2));
}

}  // namespace nitro
