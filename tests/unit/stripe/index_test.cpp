#include "core/stripe/index.h"

#include <vector>

#include "tests/support/catch.h"

namespace nitro {

namespace {
// A key whose buckets are 1 and 3 of the smallest index.
struct Fixture {
  Fixture() {
    for (std::uint64_t value = 0;; ++value) {
      hash = hash_key(std::to_string(value), 0);
      if (hash.first_bucket(kBucketsPerGroup) == 1 && hash.second_bucket(1) == 3) {
        break;
      }
    }
  }
  void fill(int bucket, int slots) {
    for (int i = 0; i < slots; ++i) {
      buckets[bucket].slots[i].store(IndexWord::of(KeyHash{~0U}, 16 * (i + 1)).value);
    }
  }
  std::vector<Bucket> buckets{kBucketsPerGroup};
  Index index{buckets.data(), kBucketsPerGroup};
  KeyHash hash;
};
}  // namespace

TEST_CASE("index: a word holds a tag and a block") {
  const KeyHash hash{0x0000'abcd'0000'0000U << 4};
  const IndexWord word = IndexWord::of(hash, 0x7fff'ffff'fff0U);
  CHECK(word.tag() == hash.tag());
  CHECK(word.block() == 0x7fff'ffff'fff0U);
  CHECK(hash.tag() == 0xabcd);
}

TEST_CASE("index: a key has two buckets, in a fixed order") {
  Fixture f;
  CHECK(f.index.buckets_of(f.hash)[0] == &f.buckets[1]);
  CHECK(f.index.buckets_of(f.hash)[1] == &f.buckets[3]);
}

TEST_CASE("index: slots have numbers, and numbers have slots") {
  Fixture f;
  CHECK(f.index.slot_count() == 8 * kBucketsPerGroup);
  for (std::uint64_t number = 0; number < f.index.slot_count(); ++number) {
    CHECK(f.index.number_of(f.index.slot(number)) == number);
  }
  CHECK(&f.index.slot(8 * 3 + 2) == &f.buckets[3].slots[2]);
}

TEST_CASE("index: a word is found in either bucket, and nowhere else") {
  Fixture f;
  const IndexWord word = IndexWord::of(f.hash, 4096);
  CHECK(f.index.find_word(f.hash, word) == nullptr);
  f.buckets[0].slots[0].store(word.value);
  CHECK(f.index.find_word(f.hash, word) == nullptr);
  f.buckets[3].slots[7].store(word.value);
  CHECK(f.index.find_word(f.hash, word) == &f.buckets[3].slots[7]);
  f.buckets[1].slots[5].store(word.value);
  CHECK(f.index.find_word(f.hash, word) == &f.buckets[1].slots[5]);
}

TEST_CASE("index: words that differ in tag or block are not found") {
  Fixture f;
  f.buckets[1].slots[0].store(IndexWord::of(f.hash, 4096).value);
  CHECK(f.index.find_word(f.hash, IndexWord::of(f.hash, 4112)) == nullptr);
  CHECK(f.index.find_word(f.hash, IndexWord::of(KeyHash{~f.hash.value}, 4096)) == nullptr);
}

TEST_CASE("index: a new word goes into the first bucket while that holds less than half") {
  Fixture f;
  f.fill(1, 3);
  const Slot* slot = f.index.find_empty(f.hash);
  REQUIRE(slot != nullptr);
  CHECK(slot == &f.buckets[1].slots[3]);
}

TEST_CASE("index: then it goes into the emptier bucket, the first one of equals") {
  Fixture f;
  f.fill(1, 5);
  f.fill(3, 4);
  CHECK(f.index.find_empty(f.hash) == &f.buckets[3].slots[4]);
  f.fill(3, 5);
  CHECK(f.index.find_empty(f.hash) == &f.buckets[1].slots[5]);
}

TEST_CASE("index: the last empty slot is found, and after it there is none") {
  Fixture f;
  f.fill(1, 8);
  f.fill(3, 7);
  CHECK(f.index.find_empty(f.hash) != nullptr);
  f.fill(3, 8);
  CHECK(f.index.find_empty(f.hash) == nullptr);
}

}  // namespace nitro
