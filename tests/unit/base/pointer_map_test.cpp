#include "core/base/pointer_map.h"

#include <numeric>
#include <vector>

#include "tests/support/catch.h"

using namespace nitro;

namespace {

std::span<std::byte> bytes_of(std::vector<std::uint64_t>& words) {
  return std::as_writable_bytes(std::span(words));
}

}  // namespace

TEST_CASE("pointer map: the length alone says where it begins") {
  for (std::size_t words = 0; words < 1000; ++words) {
    CHECK(words_before_pointer_map(size_with_pointer_map(words)) == words);
  }
}

TEST_CASE("pointer map: what is marked is adjusted, and nothing else") {
  for (const std::size_t count : {1, 63, 64, 65, 128, 200}) {
    std::vector<std::uint64_t> words(size_with_pointer_map(count) / kWordSize);
    std::iota(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(count), 1000);
    std::vector<std::uint64_t> expected = words;
    for (std::size_t i = 0; i < count; i += 7) {
      words[count + i / 64] |= std::uint64_t{1} << i % 64;
      expected[i] += 5000;
    }
    const std::vector<std::uint64_t> map(words.begin() + static_cast<std::ptrdiff_t>(count),
                                         words.end());
    std::copy(map.begin(), map.end(), expected.begin() + static_cast<std::ptrdiff_t>(count));

    adjust_pointers(bytes_of(words), 5000);

    CHECK(words == expected);
  }
}

TEST_CASE("pointer map: marks beyond the value's words are passed over") {
  std::vector<std::uint64_t> words{1, 2, ~std::uint64_t{0}};  // two words, and a map of 64 bits
  adjust_pointers(bytes_of(words), 10);
  CHECK(words == std::vector<std::uint64_t>{11, 12, ~std::uint64_t{0}});
}
