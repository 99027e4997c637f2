// How much memory a segment can get, and what happens when there is too little.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/segment/segment.h"

#include "tests/support/catch.h"
#include "tests/support/small_shared_memory.h"
#include "tests/support/temporary_segment.h"

namespace nitro {

using test::exists;
using test::passes_in_small_shared_memory;
using test::small_request;
using test::system_name_of;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("room: there is some, and no more than the machine's memory") {
  const platform::Room room = platform::room_for_segments();
  CHECK(room.available > ByteCount{0});
  CHECK(room.available.value <= static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) *
                                    static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)));
  CHECK_FALSE(room.limit.empty());
}

TEST_CASE("room: more than the machine has is refused with both numbers, and leaves nothing") {
  SegmentRequest request = small_request();
  request.size = ByteCount{platform::room_for_segments().available.value + (1024_MiB).value};
  const auto segment = Segment::open(request);
  REQUIRE_FALSE(segment);
  CHECK(segment.error().kind == ErrorKind::kNoRoom);
  INFO(segment.error().message);
  const std::string asked = std::to_string(round_up(request.size->value, 4096) >> 20) + ".";
  CHECK(contains(segment.error().message, "asks for " + asked));
  CHECK(contains(segment.error().message, "can be had"));
  CHECK_FALSE(exists(system_name_of(request)));
}

TEST_CASE("room: the free space of a small /dev/shm is the limit") {
  CHECK(passes_in_small_shared_memory(8_MiB, [] {
    const platform::Room room = platform::room_for_segments();
    return room.available <= 8_MiB && room.available > 7_MiB && contains(room.limit, "/dev/shm");
  }));
}

TEST_CASE("room: a size asked for that a small /dev/shm lacks is refused with both numbers") {
  CHECK(passes_in_small_shared_memory(8_MiB, [] {
    SegmentRequest request = small_request();
    request.size = 16_MiB;
    const auto segment = Segment::open(request);
    return !segment && segment.error().kind == ErrorKind::kNoRoom &&
           contains(segment.error().message, "16.0 MB") &&
           contains(segment.error().message, "8.0 MB") && !exists(system_name_of(request));
  }));
}

TEST_CASE("room: the default size shrinks to three quarters of a small /dev/shm") {
  CHECK(passes_in_small_shared_memory(8_MiB, [] {
    SegmentRequest request = small_request();
    request.size.reset();
    request.default_size = 128_MiB;
    const auto segment = Segment::open(request);
    return segment && segment.value().size() == 6_MiB &&
           segment.value().shrunk_from() == std::optional(128_MiB);
  }));
}

TEST_CASE("room: a default size that fits does not shrink") {
  SegmentRequest request = small_request();
  request.size.reset();
  test::TemporarySegment segment(request);
  CHECK(segment->size() == 1_MiB);
  CHECK_FALSE(segment->shrunk_from().has_value());
}

TEST_CASE("room: a default size does not shrink below what is useful") {
  CHECK(passes_in_small_shared_memory(8_MiB, [] {
    SegmentRequest request = small_request();
    request.size.reset();
    request.default_size = 128_MiB;
    request.smallest_size = 7_MiB;
    const auto segment = Segment::open(request);
    return !segment && segment.error().kind == ErrorKind::kNoRoom &&
           contains(segment.error().message, "7.0 MB") && !exists(system_name_of(request));
  }));
}

TEST_CASE("room: tables that cannot be reserved are an error, and leave nothing") {
  CHECK(passes_in_small_shared_memory(8_MiB, [] {
    SegmentRequest request = small_request();
    request.size = 4_MiB;
    // More than there is, as if somebody else had been faster.
    request.tables_size = [](ByteCount, std::uint64_t) { return 16_MiB; };
    const auto segment = Segment::open(request);
    return !segment && segment.error().kind == ErrorKind::kNoRoom &&
           !exists(system_name_of(request));
  }));
}

TEST_CASE("room: pages that cannot be reserved are a false, not a signal") {
  CHECK(passes_in_small_shared_memory(8_MiB, [] {
    SegmentRequest request = small_request();
    request.size = 7_MiB;
    auto segment = Segment::open(request);
    if (!segment || !segment.value().reserve((1_MiB).value, 1_MiB)) {
      return false;
    }
    test::fill_shared_memory();
    return !segment.value().reserve((2_MiB).value, 1_MiB);
  }));
}

// Its pages were never reserved, so even reading one needs memory.
TEST_CASE("room: a half-made segment in a full /dev/shm is an error or replaced, not a signal") {
  CHECK(passes_in_small_shared_memory(8_MiB, [] {
    const SegmentRequest request = small_request();
    const int half_made =
        shm_open(system_name_of(request).c_str(), O_RDWR | O_CREAT | O_EXCL, 0600);
    if (half_made < 0 || ftruncate(half_made, 1 << 20) != 0) {
      return false;
    }
    test::fill_shared_memory();
    const auto segment = Segment::open(request);
    return !segment && segment.error().kind == ErrorKind::kNoRoom;
  }));
}

TEST_CASE("room: huge pages that cannot be reserved are a false, not a signal") {
  const auto body = [] {
    SegmentRequest request = small_request();
    request.size = 72_MiB;
    request.huge_pages = true;
    auto segment = Segment::open(request);
    if (!segment || !segment.value().reserve((4_MiB).value, 1_MiB)) {
      return false;
    }
    test::fill_shared_memory();
    return !segment.value().reserve((16_MiB).value, 16_MiB);
  };
  CHECK(passes_in_small_shared_memory(80_MiB, body, "huge=advise"));
}

}  // namespace nitro
