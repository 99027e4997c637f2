// Values with pointers: moved with their pointers adjusted, and looked at by verify().
#include <cstring>
#include <string>

#include "core/base/pointer_map.h"
#include "core/store/inspector.h"

#include "tests/support/catch.h"
#include "tests/support/flood.h"
#include "tests/support/temporary_store.h"

namespace nitro {

using test::flood;
using test::TemporaryStore;

namespace {

// Three words and their map. The first points to the third, the second only looks like a pointer.
constexpr std::size_t kSize = size_with_pointer_map(3);
constexpr std::uint64_t kLooksLikeOne = 0x200000000010;

bool write_words(const void*, std::span<std::byte> at, std::uint64_t home) noexcept {
  const std::uint64_t words[] = {home + 16, kLooksLikeOne, 42, 0b001};
  static_assert(sizeof(words) == kSize);
  std::memcpy(at.data(), words, sizeof(words));
  return true;
}

void put_words(TemporaryStore& cache, std::string_view key) {
  REQUIRE(cache.session().put(key, {ValueKind::kArray, {}, {write_words, nullptr, kSize}},
                              kNever) == PutOutcome::kStored);
}

std::uint64_t* words_of(const Entry& entry) {
  return reinterpret_cast<std::uint64_t*>(const_cast<std::byte*>(entry.bytes.data()));
}

}  // namespace

TEST_CASE("pointers: a value that is moved points into itself at its new place") {
  TemporaryStore cache;
  flood(cache, 256_KiB);  // the first block of a ring has nowhere to go
  put_words(cache, "key");
  std::uint64_t home = cache.session().home_of(*cache.session().find("key"));
  int moves = 0;
  const auto look = [&] {
    const auto entry = cache.session().find("key");
    REQUIRE(entry.has_value());
    const std::uint64_t* words = words_of(*entry);
    const std::uint64_t now = cache.session().home_of(*entry);
    moves += now != home ? 1 : 0;
    home = now;
    if (words[0] != now + 16 || words[1] != kLooksLikeOne || words[2] != 42) {
      FAIL("after " << moves << " moves");
    }
    cache.session().release();
  };
  // How often a hand comes by depends on where its stripe's keys are.
  for (int floods = 0; moves < 2 && floods < 10; ++floods) {
    flood(cache, 8_MiB, kLargestMove, look);
  }
  CHECK(moves > 1);
  CHECK(cache.findings() == "");
}

TEST_CASE("pointers: verify names one that leads out of its value") {
  TemporaryStore cache;
  put_words(cache, "key");
  CHECK(cache.findings() == "");
  const auto entry = cache.session().find("key");
  REQUIRE(entry.has_value());
  for (const std::uint64_t stray : {std::uint64_t{0}, cache.session().home_of(*entry) - 8,
                                    cache.session().home_of(*entry) + 25}) {
    words_of(*entry)[0] = stray;
    CHECK(cache.findings().find("leads out of the value") != std::string::npos);
  }
  cache.session().release();
}

}  // namespace nitro
