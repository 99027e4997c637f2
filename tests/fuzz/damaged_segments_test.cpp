// Whatever the bytes of a segment are, who attaches to it gets an error, or can go on: no operation
// ends the process, and none goes on for ever.
//
// NITRO_ROUNDS=100000 NITRO_SEED=1 fuzz_tests: for longer, and again.
#include <array>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <random>
#include <span>
#include <vector>

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
using test::text_value;

namespace {

constexpr std::uint64_t kRounds = 300;
constexpr int kKeys = 200;
constexpr std::chrono::milliseconds kLongestRound{10'000};

constexpr int kOperationsBetween = 32;

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

// What put() stores besides: a tag, and some time after the deadline.
class Extra {
 public:
  explicit Extra(const Store& store) {
    const TagMark mark = store.mark_of("tag");
    ExtrasContent content;
    content.stale_for = Milliseconds{INT64_MAX};
    content.marks = {&mark, 1};
    size_ = content.size();
    content.write(bytes_.data());
  }
  [[nodiscard]] PutTerms terms(MonotonicTime deadline, const Condition* condition = nullptr) const {
    return {deadline, condition, {bytes_.data(), size_}};
  }

 private:
  alignas(8) std::array<std::byte, 64> bytes_{};
  std::size_t size_ = 0;
};

// Something of everything: short and long, read and not, expired, deleted, overwritten, pinned.
void fill(TemporaryStore& cache, Session& reader, Random& random) {
  for (int i = 0; i < 4 * kKeys; ++i) {
    const std::string key = key_of(random() % kKeys);
    const std::size_t size = random() % 20 == 0 ? random() % 20'000 : random() % 400;
    const MonotonicTime deadline = random() % 4 == 0 ? cache.in(10) : kNever;
    const std::string value(size, 'v');
    const Extra extra(cache.store());
    static_cast<void>(random() % 4 == 0
                          ? cache.session().put(key, text_value(value), extra.terms(deadline))
                          : cache.put(key, value, deadline));
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
  Damage(std::span<std::byte> bytes, const TemporaryStore& cache, Random& random)
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
    switch (random_() % 7) {
      case 0:
        return within(0, sizeof(SegmentHeader));
      case 1:
        return within(geometry.table_offset, sizeof(ProcessTableState));
      case 2:
        return within(geometry.stripes_offset, stripes.size() * sizeof(StripeState));
      case 3:
        return within(geometry.buckets_offset, geometry.rings_offset - geometry.buckets_offset);
      case 4:
        return within(geometry.locks_offset, geometry.stripes_offset - geometry.locks_offset);
      case 5:
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

  std::span<std::byte> bytes_;
  const TemporaryStore& cache_;
  Random& random_;
};

void look_at(const std::byte& byte) {
  static_cast<void>(*static_cast<const volatile std::byte*>(&byte));
}

// Those that look at more than a key and its value.
void use_extras(Session& session, const std::string& key, Random& random) {
  const Extra extra(session.store());
  const Condition condition{static_cast<Condition::Kind>(random() % 3), {}};
  switch (random() % 6) {
    case 0:
      static_cast<void>(session.put(key, text_value("n"), extra.terms(kNever, &condition)));
      break;
    case 1:
      static_cast<void>(session.touch(key, MonotonicTime{INT64_MAX / 2}));
      break;
    case 2: {
      const auto lock = session.lock(random() % 4, Milliseconds{1000}, Milliseconds{1});
      static_cast<void>(session.extend_lock(lock.ticket, Milliseconds{1000}));
      static_cast<void>(session.unlock(lock.ticket));
      break;
    }
    case 3: {
      const auto found = session.find_stale(key);
      const Extras* extras = found ? session.extras_of(found->entry) : nullptr;
      if (extras != nullptr && !extras->text().empty()) {
        look_at(reinterpret_cast<const std::byte&>(extras->text().back()));
      }
      session.release();
      break;
    }
    case 4:
      static_cast<void>(session.count_against_limit("limit", 5, Nanoseconds{1000}));
      break;
    default:
      session.store().invalidate_tag("tag");
  }
}

// Every operation there is, again and again. `disturb` is called between operations.
void use(const std::shared_ptr<Store>& store, Random& random,
         const std::function<void()>& disturb) {
  Session session(store);
  for (int i = 0; i < 2 * kKeys; ++i) {
    if (i % kOperationsBetween == 0) {
      disturb();
    }
    const std::string key = key_of(random() % kKeys);
    switch (random() % 7) {
      case 6:
        use_extras(session, key, random);
        break;
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
  disturb();
  for_each_key(session, "key", [](const KeyListing&) {});
  static_cast<void>(verify(session));
  static_cast<void>(sweep(session));
  static_cast<void>(store->statistics());
  session.unlock_all();
  static_cast<void>(session.clear());
  static_cast<void>(put_text(session, "key", "after all"));
}

// A small cache, and processes that use damaged copies of it.
class Rounds {
 public:
  explicit Rounds(std::uint64_t seed) : seed_(seed), cache_(small()), reader_(cache_.attach()) {
    Random random(seed);
    fill(cache_, reader_, random);
    cache_.clock().advance(Milliseconds{10});
  }

  // `apply_before`: to the copy, and otherwise between the operations of who uses it.
  void run(std::uint64_t round, bool apply_before) {
    CAPTURE(seed_, round);
    Random random(seed_ + round);
    const Segment& segment = StoreInspector::segment(cache_.store());
    std::vector<std::byte> bytes(segment.base(), segment.base() + segment.size().value);
    if (apply_before) {
      Damage(bytes, cache_, random).apply();
    }
    const Aftermath copy(bytes, cache_.options());
    ForkedChild child([&] {
      StoreOptions impatient = copy.options();
      impatient.lock_timeout = Milliseconds{20};
      auto store = Store::open(impatient);
      if (!store) {
        return kRefused;
      }
      const Segment& used = StoreInspector::segment(*store.value());
      Damage meanwhile({used.base(), used.size().value}, cache_, random);
      use(store.value(), random, [&] {
        if (!apply_before) {
          meanwhile.apply();
        }
      });
      return store.value()->is_condemned() ? kGivenUp : kUsed;
    });
    const auto status = child.wait(kLongestRound);
    REQUIRE(status.has_value());
    REQUIRE(*status >= kUsed);
    REQUIRE(*status <= kGivenUp);
    refused += *status == kRefused ? 1 : 0;
    given_up += *status == kGivenUp ? 1 : 0;
  }

  std::uint64_t refused = 0;
  std::uint64_t given_up = 0;

 private:
  static StoreOptions small() {
    StoreOptions options;
    options.size = kSmallestSegment;
    return options;
  }

  std::uint64_t seed_;
  TemporaryStore cache_;
  Session reader_;
};

}  // namespace

TEST_CASE("damaged segments: are refused, or used without harm") {
  Rounds all(test::test_seed());
  for (std::uint64_t round = 0; round < rounds(); ++round) {
    all.run(round, true);
  }
  CHECK(all.refused > 0);
  CHECK(all.given_up > 0);
  CHECK(all.refused + all.given_up < rounds());
}

TEST_CASE("damaged segments: do no harm to those who are attached") {
  Rounds all(test::test_seed());
  for (std::uint64_t round = 0; round < rounds(); ++round) {
    all.run(round, false);
  }
  CHECK(all.refused == 0);
  CHECK(all.given_up > 0);
}

}  // namespace nitro
