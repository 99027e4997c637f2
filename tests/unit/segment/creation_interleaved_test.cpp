// Two processes that open the same missing cache, one held up at each of its system calls while the
// other runs; and creators that die at each of theirs.
#include <atomic>

#include "core/segment/segment.h"

#include "tests/support/catch.h"
#include "tests/support/shared_page.h"
#include "tests/support/temporary_segment.h"
#include "tests/support/traced_child.h"
#include "tests/support/waiting.h"

namespace nitro {

using test::exists;
using test::NameGuard;
using test::small_request;
using test::system_name_of;
using test::TracedChild;
using test::wait_until;

namespace {

// More than one makes that opens. One that waits makes calls without end.
constexpr int kMostCalls = 25;
// How long the first one may take to finish while the second one stands still.
constexpr std::chrono::milliseconds kMoment{15};

struct Meeting {
  std::array<std::atomic<std::uint64_t>, 2> seed{};
  std::array<std::atomic<bool>, 2> has_lost_name{};
};

// Opens the cache, waits until the other one has it, too, and looks whether it kept its name.
int open_and_compare(const SegmentRequest& request, Meeting& meeting, int me) {
  auto segment = Segment::open(request);
  if (!segment) {
    return 1;
  }
  meeting.seed[me] = segment.value().header().hash_seed;
  if (!wait_until([&] { return meeting.seed[1 - me] != 0; })) {
    return 2;
  }
  meeting.has_lost_name[me] = segment.value().check_name();
  return 0;
}

// False: the process came to its end before.
bool run(TracedChild& child, int calls) {
  // It stops at the beginning and at the end of each.
  for (int i = 0; i < 2 * calls; ++i) {
    if (!child.run_to_system_call()) {
      return false;
    }
  }
  return true;
}

}  // namespace

TEST_CASE("segment: two openers meet in one segment, wherever each is held up") {
  bool is_first_on_its_way = true;
  for (int first_calls = 0; is_first_on_its_way; ++first_calls) {
    bool is_second_on_its_way = true;
    for (int second_calls = 0; is_second_on_its_way && second_calls < kMostCalls; ++second_calls) {
      const SegmentRequest request = small_request();
      const NameGuard guard(system_name_of(request));
      test::SharedPage<Meeting> meeting;
      TracedChild first([&] { return open_and_compare(request, *meeting, 0); });
      TracedChild second([&] { return open_and_compare(request, *meeting, 1); });
      if (!first.is_available() || !second.is_available()) {
        NITRO_SKIP("processes may not be traced here");
      }
      const auto is_open = [&](int which) { return meeting->seed[which] != 0; };

      // The first one has made the file, and a little more; then the second one runs for a while;
      // then the first one to its end.
      while (!exists(system_name_of(request)) && first.run_to_system_call()) {
      }
      is_first_on_its_way = run(first, first_calls) && !is_open(0);
      is_second_on_its_way = run(second, second_calls) && !is_open(1);
      first.let_go();
      // It may wait for the second one, which holds the guard perhaps.
      const bool has_finished = wait_until([&] { return is_open(0); }, kMoment);
      second.let_go();

      INFO("first held up after " << first_calls << " calls, second after " << second_calls
                                  << "; first " << (has_finished ? "went on" : "waited"));
      REQUIRE(first.wait() == 0);
      REQUIRE(second.wait() == 0);
      REQUIRE(meeting->seed[0] == meeting->seed[1]);
      REQUIRE_FALSE(meeting->has_lost_name[0]);
      REQUIRE_FALSE(meeting->has_lost_name[1]);
    }
  }
}

TEST_CASE("segment: a creator that dies at any system call is in nobody's way") {
  bool is_on_its_way = true;
  for (int calls = 0; is_on_its_way; ++calls) {
    const SegmentRequest request = small_request();
    TracedChild creator([&] {
      const auto segment = Segment::open(request);
      TracedChild::mark();
      return 0;
    });
    if (!creator.is_available()) {
      NITRO_SKIP("processes may not be traced here");
    }
    is_on_its_way = run(creator, calls);
    creator.kill();

    CAPTURE(calls);
    test::TemporarySegment segment(request);
    CHECK_FALSE(segment->check_name());
  }
}

TEST_CASE("segment: a remover that dies at any system call is in nobody's way") {
  bool is_on_its_way = true;
  for (int calls = 0; is_on_its_way; ++calls) {
    test::TemporarySegment old;
    TracedChild remover([&] {
      old.attach().remove();
      TracedChild::mark();
      return 0;
    });
    if (!remover.is_available()) {
      NITRO_SKIP("processes may not be traced here");
    }
    is_on_its_way = run(remover, calls);
    remover.kill();

    CAPTURE(calls);
    test::TemporarySegment segment(old.request());
    CHECK_FALSE(segment->check_name());
    // Either nothing has happened yet, or nobody is left in the old one.
    CHECK(segment->was_created_here() == old->check_name());
  }
}

}  // namespace nitro
