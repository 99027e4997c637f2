#include "core/base/hash.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "tests/support/catch.h"

namespace nitro {

namespace {
constexpr std::uint64_t kSeed = 0x5eed;
constexpr int kKeys = 20'000;

KeyHash hash_of(int number) { return hash_key("key:" + std::to_string(number), kSeed); }
}  // namespace

TEST_CASE("hash: the same key and seed give the same number, another seed another one") {
  CHECK(hash_key("key", 1).value == hash_key("key", 1).value);
  CHECK(hash_key("key", 1).value != hash_key("key", 2).value);
  CHECK(hash_key("", 1).value != hash_key("", 2).value);
}

TEST_CASE("hash: keys are bytes, NUL included") {
  CHECK(hash_key(std::string_view("a\0b", 3), kSeed).value !=
        hash_key(std::string_view("a\0c", 3), kSeed).value);
  CHECK(hash_key(std::string_view("a\0", 2), kSeed).value != hash_key("a", kSeed).value);
}

TEST_CASE("hash: the two buckets of a key are in range, in one group, and never the same") {
  const std::uint64_t buckets = kBucketsPerGroup * GENERATE(1, 2, 3, 7, 64, 2341);
  CAPTURE(buckets);
  bool all_fit = true;
  for (int i = 0; i < kKeys; ++i) {
    const std::uint64_t first = hash_of(i).first_bucket(buckets);
    const std::uint64_t second = hash_of(i).second_bucket(first);
    all_fit = all_fit && first < buckets && first != second &&
              first / kBucketsPerGroup == second / kBucketsPerGroup;
  }
  CHECK(all_fit);
}

// Without that, two choices are one: keys that share the first bucket would share the second, too.
TEST_CASE("hash: keys of one first bucket have many second buckets") {
  std::set<std::uint64_t> second;
  for (int i = 0; i < kKeys; ++i) {
    if (hash_of(i).first_bucket(kBucketsPerGroup) == 5) {
      second.insert(hash_of(i).second_bucket(5));
    }
  }
  // Of some 300 keys.
  CHECK(second.size() > kBucketsPerGroup * 9 / 10);
}

TEST_CASE("hash: stripes and buckets get about equally many keys") {
  constexpr std::uint64_t kStripes = 8;
  constexpr std::uint64_t kBuckets = 8;
  std::vector<int> of_stripe(kStripes);
  std::vector<int> of_bucket(kBuckets);
  for (int i = 0; i < kKeys; ++i) {
    ++of_stripe[hash_of(i).stripe(kStripes - 1)];
    ++of_bucket[hash_of(i).first_bucket(kBuckets)];
  }
  // An eighth is 2500; the standard deviation is 47.
  for (const auto& counts : {of_stripe, of_bucket}) {
    CHECK(*std::min_element(counts.begin(), counts.end()) > 2200);
    CHECK(*std::max_element(counts.begin(), counts.end()) < 2800);
  }
}

TEST_CASE("hash: the tag depends neither on the stripe nor on the first bucket") {
  std::set<std::uint64_t> tags;
  int keys = 0;
  for (int i = 0; i < kKeys; ++i) {
    const KeyHash hash = hash_of(i);
    if (hash.stripe(4 - 1) == 1 && hash.first_bucket(4) == 2) {
      tags.insert(hash.tag());
      ++keys;
    }
  }
  // Some 1250 of 65 536 tags: about a dozen meet.
  CHECK(tags.size() > static_cast<std::size_t>(keys) * 95 / 100);
}

TEST_CASE("keys_are_equal: agrees with == for every length and every differing byte") {
  for (std::size_t length = 0; length <= 130; ++length) {
    const std::string key(length, 'k');
    CAPTURE(length);
    REQUIRE(keys_are_equal(key, std::string(length, 'k')));
    REQUIRE_FALSE(keys_are_equal(key, std::string(length + 1, 'k')));
    for (std::size_t position = 0; position < length; ++position) {
      std::string other = key;
      other[position] = '\0';
      CAPTURE(position);
      REQUIRE_FALSE(keys_are_equal(key, other));
      REQUIRE_FALSE(keys_are_equal(other, key));
    }
  }
}

}  // namespace nitro
