// SIGKILL at random moments, without anybody's cooperation: what survives goes on.
#include <chrono>
#include <random>
#include <string>

#include "core/store/sweep.h"

#include "tests/support/catch.h"
#include "tests/support/forked_child.h"
#include "tests/support/sealed_value.h"
#include "tests/support/seed.h"
#include "tests/support/temporary_store.h"

namespace nitro::test {
namespace {

constexpr int kKills = 200;
constexpr std::uint64_t kKeys = 200;

std::string key_number(std::uint64_t number) { return "key-" + std::to_string(number); }

// Until it is killed.
int write_for_ever(const StoreOptions& options, std::uint64_t seed) {
  auto opened = Store::open(options);
  if (!opened) {
    return 1;
  }
  Session session(std::move(opened).value());
  std::mt19937_64 random(seed);
  for (;;) {
    const std::string key = key_number(random() % kKeys);
    switch (random() % 8) {
      case 0:
        static_cast<void>(session.erase(key));
        break;
      case 1:
        static_cast<void>(session.add_to_counter("count-" + key, Number::of(std::int64_t{1}),
                                                 Number::of(std::int64_t{0}), kNever));
        break;
      case 2:
        if (const auto entry = session.find(key)) {
          static_cast<void>(session.try_pin(*entry));
        }
        session.release();
        if (random() % 50 == 0) {
          session.drop_pins();
        }
        break;
      default:
        put_text(
            session, key,
            sealed_value(key, random() % 30 == 0 ? random() % 60'000 : random() % 700, random()));
    }
  }
}

TEST_CASE("Killed writers block nobody, damage nothing and leave nothing", "[crash]") {
  const std::uint64_t seed = test_seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  StoreOptions options;
  options.size = kSmallestSegment;
  TemporaryStore cache(options);
  std::uint64_t wrong_values = 0;
  std::uint64_t failures = 0;

  for (int kill = 0; kill < kKills; ++kill) {
    CAPTURE(kill);
    ForkedChild child([&] { return write_for_ever(cache.options(), random()); });
    const auto end =
        std::chrono::steady_clock::now() + std::chrono::microseconds(1'000 + random() % 10'000);
    while (std::chrono::steady_clock::now() < end) {
      const std::string key = key_number(random() % kKeys);
      if (const auto text = get_text(cache.session(), key); text && !is_intact(key, *text)) {
        ++wrong_values;
      }
      failures +=
          cache.put(key, sealed_value(key, random() % 500, random())) == PutOutcome::kTimedOut;
    }
    REQUIRE(child.kill());

    REQUIRE(cache.findings().empty());
    for (std::uint64_t i = 0; i < kKeys; ++i) {
      const std::string key = key_number(i);
      const std::string value = sealed_value(key, 100, i);
      REQUIRE(cache.put(key, value) == PutOutcome::kStored);
      REQUIRE(cache.get(key) == value);
    }
  }

  CHECK(wrong_values == 0);
  CHECK(failures == 0);
  sweep(cache.session());
  CHECK(cache.store().attached_rows() == 1);
  CHECK(cache.store().statistics().evictions > 0);
}

}  // namespace
}  // namespace nitro::test
