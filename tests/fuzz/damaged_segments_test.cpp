// Whatever the bytes of a segment are, who attaches to it gets an error, or can go on: no operation
// ends the process, and none goes on for ever.
//
// NITRO_ROUNDS=100000 NITRO_SEED=1 fuzz_tests: for longer, and again.
#include <cstdlib>
#include <cstring>
#include <random>

#include "core/store/keys.h"
#include "core/store/sweep.h"
#include "core/store/verify.h"

#include "tests/support/aftermath.h"
#include "tests/support/catch.h"
#include "tests/support/forked_child.h"
#include "tests/support/seed.h"
#include "tests/support/temporary_store.h"

namespace nitro {

using test::Aftermath;
using test::ForkedChild;
using test::put_text;
using test::TemporaryStore;

namespace {

constexpr std::uint64_t kRounds = 300;
constexpr int kKeys = 200;
constexpr std::chrono::milliseconds kLongestRound{10'000};

// How a round ended. Sanitizers end a process with 1.
constexpr int kUsed = 10;
constexpr int kRefused = 11;
constexpr int kGivenUp = 12;

using Random = std::mt19937_64;

std::uint64_t rounds() {
  const char* given = std::getenv("NITRO_ROUNDS");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : kRounds;
}

std::string key_of(std::uint64_t number) { return "key-" + std::to_string(number); }

// Something of everything: short and long, read and not, expired, deleted, overwritten, pinned.
void fill(TemporaryStore& cache, Session& reader, Random& random) {
  for (int i = 0; i < 4 * kKeys; ++i) {
    const std::string key = key_of(random() % kKeys);
    const std::size_t size = random() % 20 == 0 ? random() % 20'000 : random() % 400;
    static_cast<void>(
        cache.put(key, std::string(size, 'v'), random() % 4 == 0 ? cache.in(10) : kNever));
    if (random() % 8 == 0) {
      static_cast<void>(cache.session().erase(key_of(random() % kKeys)));
    }
    const auto entry = reader.find(key_of(random() % kKeys));
    if (entry && random() % 16 == 0) {
      static_cast<void>(reader.try_pin(*entry));
    }
  }
  static_cast<void>(cache.session().add_to_counter("counter", Number::of(std::int64_t{1}),
                                                   Number::of(std::int64_t{0}), kNever));
  reader.release();
}

class Damage {
 public:
  Damage(std::vector<std::byte>& bytes, const TemporaryStore& cache, Random& random)
      : bytes_(bytes), cache_(cache), random_(random) {}

  void apply() {
    const std::uint64_t count = std::uint64_t{1} << random_() % 6;
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::uint64_t place = some_place() / 4 * 4;
      const std::size_t size = random_() % 2 == 0 ? 4 : 8;
      if (place + size <= bytes_.size()) {
        change(place, size);
      }
    }
  }

 private:
  std::uint64_t within(std::uint64_t begin, std::uint64_t size) { return begin + random_() % size; }

  std::uint64_t some_place() {
    const Geometry& geometry = StoreInspector::geometry(cache_.store());
    const auto stripes = cache_.stripes();
    switch (random_() % 6) {
      case 0:
        return within(0, sizeof(SegmentHeader));
      case 1:
        return within(geometry.table_offset, sizeof(ProcessTableState));
      case 2:
        return within(geometry.stripes_offset, stripes.size() * sizeof(StripeState));
      case 3:
        return within(geometry.buckets_offset, geometry.rings_offset - geometry.buckets_offset);
      case 4:
        return some_block(stripes[random_() % stripes.size()].ring()) + random_() % sizeof(Block);
      default:
        return within(geometry.rings_offset, bytes_.size() - geometry.rings_offset);
    }
  }

  // Where some block of the ring begins.
  std::uint64_t some_block(const Ring& ring) {
    std::uint64_t position = 0;
    for (std::uint64_t left = random_() % 200; left > 0 && position < ring.extent(); --left) {
      position += ring.view(position).size;
    }
    return ring.start() + (position < ring.extent() ? position : 0);
  }

  void change(std::uint64_t place, std::size_t size) {
    std::uint64_t word = 0;
    std::memcpy(&word, &bytes_[place], size);
    switch (random_() % 6) {
      case 0:
        word = random_();
        break;
      case 1:
        word = 0;
        break;
      case 2:
        word = ~std::uint64_t{0};
        break;
      case 3:
        word ^= std::uint64_t{1} << random_() % 64;
        break;
      case 4:
        word += random_() % 64 - 32;
        break;
      default:  // what stands somewhere else
        std::memcpy(&word, &bytes_[random_() % (bytes_.size() - size)], size);
    }
    std::memcpy(&bytes_[place], &word, size);
  }

  std::vector<std::byte>& bytes_;
  const TemporaryStore& cache_;
  Random& random_;
};

void look_at(const std::byte& byte) {
  static_cast<void>(*static_cast<const volatile std::byte*>(&byte));
}

// Every operation there is, again and again.
void use(const std::shared_ptr<Store>& store, Random& random) {
  Session session(store);
  for (int i = 0; i < 2 * kKeys; ++i) {
    const std::string key = key_of(random() % kKeys);
    switch (random() % 6) {
      case 0:
        static_cast<void>(
            put_text(session, key, std::string(random() % 500, 'n'), MonotonicTime{1}));
        break;
      case 1:
        static_cast<void>(put_text(session, key, std::string(random() % 30'000, 'n')));
        break;
      case 2:
        static_cast<void>(session.erase(key));
        break;
      case 3:
        static_cast<void>(session.add_to_counter("counter", Number::of(0.5),
                                                 Number::of(std::int64_t{0}), kNever));
        break;
      default: {
        const auto entry = session.find(key);
        if (entry && !entry->bytes.empty()) {
          look_at(entry->bytes.front());
          look_at(entry->bytes.back());
          static_cast<void>(session.try_pin(*entry));
        }
        session.release();
      }
    }
  }
  for_each_key(session, "key", [](const KeyListing&) {});
  static_cast<void>(verify(session));
  static_cast<void>(sweep(session));
  static_cast<void>(store->statistics());
  static_cast<void>(session.clear());
  static_cast<void>(put_text(session, "key", "after all"));
}

}  // namespace

TEST_CASE("damaged segments: are refused, or used without harm") {
  const std::uint64_t seed = test::test_seed();
  CAPTURE(seed);
  StoreOptions options;
  options.size = kSmallestSegment;
  TemporaryStore cache(options);
  Session reader(cache.attach());
  Random random(seed);
  fill(cache, reader, random);
  cache.clock().advance(Milliseconds{10});

  const Segment& segment = StoreInspector::segment(cache.store());
  std::uint64_t refused = 0;
  std::uint64_t given_up = 0;
  for (std::uint64_t round = 0; round < rounds(); ++round) {
    CAPTURE(round);
    Random of_round(seed + round);
    std::vector<std::byte> bytes(segment.base(), segment.base() + segment.size().value);
    Damage(bytes, cache, of_round).apply();
    Aftermath damaged(bytes, cache.options());
    ForkedChild child([&] {
      StoreOptions impatient = damaged.options();
      impatient.lock_timeout = Milliseconds{20};
      auto store = Store::open(impatient);
      if (!store) {
        return kRefused;
      }
      use(store.value(), of_round);
      return store.value()->is_condemned() ? kGivenUp : kUsed;
    });
    const auto status = child.wait(kLongestRound);
    REQUIRE(status.has_value());
    REQUIRE(*status >= kUsed);
    REQUIRE(*status <= kGivenUp);
    refused += *status == kRefused ? 1 : 0;
    given_up += *status == kGivenUp ? 1 : 0;
  }
  CHECK(refused > 0);
  CHECK(given_up > 0);
  CHECK(refused + given_up < rounds());
}

}  // namespace nitro
