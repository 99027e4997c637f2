#include "core/segment/platform.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "core/segment/segment.h"

#include "tests/support/catch.h"
#include "tests/support/temporary_segment.h"
#include "tests/support/waiting.h"

namespace nitro {

using platform::segment_name;
using test::TemporarySegment;

TEST_CASE("platform: segments of different users, caches, layouts or ABIs have different names") {
  const std::string name = segment_name(1, "cache", 2, 3);
  CHECK(name == segment_name(1, "cache", 2, 3));
  CHECK(name != segment_name(9, "cache", 2, 3));
  CHECK(name != segment_name(1, "other", 2, 3));
  CHECK(name != segment_name(1, "cache", 9, 3));
  CHECK(name != segment_name(1, "cache", 2, 9));
}

TEST_CASE("platform: the longest cache name makes a name that the system takes") {
  SegmentRequest request = test::small_request();
  request.cache_name.resize(64, 'n');
  TemporarySegment segment(request);
  CHECK(std::string(segment->header().name.data()) == request.cache_name);
}

TEST_CASE("platform: a segment is listed under its cache's name, dots and all") {
  SegmentRequest request = test::small_request();
  request.cache_name += ".with.dots-";
  TemporarySegment segment(request);
  const auto listed = platform::list_segments(platform::user_id(), request.core_layout);
  const auto mine = std::find_if(listed.begin(), listed.end(), [&](const auto& found) {
    return found.cache == request.cache_name;
  });
  REQUIRE(mine != listed.end());
  CHECK(mine->value_abi == request.value_abi);
  CHECK(mine->segment == segment->system_name());
}

TEST_CASE("platform: segments of another user or another layout are not listed") {
  TemporarySegment segment;
  const auto lists_it = [&](std::uint64_t user, std::uint64_t layout) {
    const auto listed = platform::list_segments(user, layout);
    return std::any_of(listed.begin(), listed.end(), [&](const auto& found) {
      return found.cache == segment.request().cache_name;
    });
  };
  CHECK(lists_it(platform::user_id(), segment.request().core_layout));
  CHECK_FALSE(lists_it(platform::user_id() + 1, segment.request().core_layout));
  CHECK_FALSE(lists_it(platform::user_id(), segment.request().core_layout + 1));
}

TEST_CASE("platform: the home range has whole slots in the lower half of the address space") {
  const platform::HomeRange range = platform::home_range();
  CHECK(range.slots >= 256);
  CHECK(range.start % platform::kHomeSlotBytes == 0);
  CHECK(range.start + range.slots * platform::kHomeSlotBytes <= 0x5000'0000'0000U);
}

TEST_CASE("platform: who sleeps on a word is woken") {
  std::atomic<std::uint32_t> word{1};
  std::atomic<bool> is_awake{false};
  std::thread sleeper([&] {
    while (word == 1) {
      platform::sleep_on(&word, 1, Milliseconds{60'000});
    }
    is_awake = true;
  });
  word = 0;
  CHECK(test::wait_until([&] {
    platform::wake_all(&word);
    return is_awake.load();
  }));
  sleeper.join();
}

TEST_CASE("platform: a sleep ends by itself, and at once when the word has changed") {
  std::atomic<std::uint32_t> word{1};
  platform::sleep_on(&word, 1, Milliseconds{5});
  platform::sleep_on(&word, 0, Milliseconds{60'000});
  SUCCEED("both came back");
}

TEST_CASE("platform: random numbers differ") {
  CHECK(platform::random_number() != platform::random_number());
}

}  // namespace nitro
