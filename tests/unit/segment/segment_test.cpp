#include "core/segment/segment.h"

#include <atomic>
#include <vector>

#include <sys/mman.h>
#include <sys/stat.h>

#include "tests/support/catch.h"
#include "tests/support/forked_child.h"
#include "tests/support/names.h"
#include "tests/support/shared_page.h"
#include "tests/support/temporary_segment.h"

namespace nitro {

using test::exists;
using test::ForkedChild;
using test::PlantedObject;
using test::small_request;
using test::system_name_of;
using test::TemporarySegment;
using test::wait_until;

namespace {

bool is_all_zero(const Segment& segment) {
  const std::byte* begin = segment.base() + sizeof(SegmentHeader);
  const std::byte* end = segment.base() + segment.size().value;
  return std::all_of(begin, end, [](std::byte b) { return b == std::byte{0}; });
}

// The header that a creator leaves behind who dies half-way.
SegmentHeader* map_header(const PlantedObject& object) {
  void* memory = mmap(nullptr, sizeof(SegmentHeader), PROT_READ | PROT_WRITE, MAP_SHARED,
                      object.descriptor(), 0);
  REQUIRE(memory != MAP_FAILED);
  return static_cast<SegmentHeader*>(memory);
}

}  // namespace

TEST_CASE("segment: a new one says what it is, and is empty but for its header") {
  TemporarySegment segment;
  const SegmentHeader& header = segment->header();
  CHECK(segment->was_created_here());
  CHECK(header.state.load() == static_cast<std::uint32_t>(SegmentState::kReady));
  CHECK(header.magic == kSegmentMagic);
  CHECK(header.core_layout == segment.request().core_layout);
  CHECK(header.value_abi == segment.request().value_abi);
  CHECK(header.size == (1_MiB).value);
  CHECK(segment->size() == 1_MiB);
  CHECK(header.entry_size == 256);
  CHECK(header.name.data() == segment.request().cache_name);
  CHECK(std::string(header.maker.data()) == "a test");
  CHECK(header.created_at > 0);
  CHECK(is_all_zero(*segment));
}

TEST_CASE("segment: its file has mode 0600 whatever the umask") {
  const mode_t before = umask(GENERATE(mode_t{0000}, mode_t{0277}));
  TemporarySegment segment;
  umask(before);
  struct stat facts {};
  REQUIRE(stat(("/dev/shm/" + segment->system_name()).c_str(), &facts) == 0);
  CHECK((facts.st_mode & 07777) == 0600);
  CHECK_FALSE(segment.attach().was_created_here());
}

TEST_CASE("segment: a size between pages is rounded up") {
  SegmentRequest request = small_request();
  request.size = ByteCount{(1_MiB).value + 1};
  TemporarySegment segment(request);
  CHECK(segment->size().value == (1_MiB).value + 4096);
}

TEST_CASE("segment: two seeds are not the same") {
  TemporarySegment one;
  TemporarySegment other;
  CHECK(one->header().hash_seed != other->header().hash_seed);
}

TEST_CASE("segment: names and makers that are too long are cut") {
  SegmentRequest request = small_request();
  request.maker = std::string(100, 'm');
  TemporarySegment segment(request);
  CHECK(std::string(segment->header().maker.data()) == std::string(23, 'm'));
}

TEST_CASE("segment: who opens an existing one attaches to it") {
  TemporarySegment segment;
  segment->base()[20'000] = std::byte{42};
  auto second = Segment::open(segment.request());
  REQUIRE(second);
  CHECK_FALSE(second.value().was_created_here());
  CHECK(second.value().base() != segment->base());
  CHECK(second.value().base()[20'000] == std::byte{42});
}

TEST_CASE("segment: a later, different size keeps the existing one") {
  TemporarySegment segment;
  SegmentRequest larger = segment.request();
  larger.size = 2_MiB;
  auto second = Segment::open(larger);
  REQUIRE(second);
  CHECK(second.value().size() == 1_MiB);
}

TEST_CASE("segment: without leave to create, a missing one is not found") {
  SegmentRequest request = small_request();
  request.create = false;
  const auto segment = Segment::open(request);
  REQUIRE_FALSE(segment);
  CHECK(segment.error().kind == ErrorKind::kNotFound);
  CHECK_FALSE(exists(system_name_of(request)));
}

TEST_CASE("segment: two processes have it at the same address, its home") {
  TemporarySegment segment;
  if (!segment->is_at_home()) {
    NITRO_SKIP("this process did not get the home address; a sanitizer may sit there");
  }
  const std::byte* home = segment->base();
  const platform::HomeRange range = platform::home_range();
  CHECK(reinterpret_cast<std::uint64_t>(home) >= range.start);
  ForkedChild child([&] {
    munmap(segment->base(), segment->size().value);
    const Segment mine = segment.attach();
    return mine.is_at_home() && mine.base() == home ? 0 : 1;
  });
  CHECK(child.wait() == 0);
}

TEST_CASE("segment: a taken home address is not forced") {
  TemporarySegment segment;
  if (!segment->is_at_home()) {
    NITRO_SKIP("this process did not get the home address");
  }
  segment->base()[20'000] = std::byte{42};
  const Segment second = segment.attach();
  CHECK_FALSE(second.is_at_home());
  CHECK(second.base()[20'000] == std::byte{42});
}

TEST_CASE("segment: caches of different names have different homes") {
  TemporarySegment one;
  TemporarySegment other;
  CHECK(one->header().home_address != other->header().home_address);
}

TEST_CASE("segment: of several who create it at once, one does and the others attach") {
  constexpr int kProcesses = 6;
  struct Shared {
    std::atomic<bool> go{false};
    std::atomic<int> created{0};
    std::atomic<int> attached{0};
    std::array<std::atomic<std::uint64_t>, kProcesses> seed{};
  };
  for (int round = 0; round < 20; ++round) {
    const SegmentRequest request = small_request();
    const test::NameGuard guard(system_name_of(request));
    test::SharedPage<Shared> shared;
    std::vector<std::unique_ptr<ForkedChild>> children;
    for (int i = 0; i < kProcesses; ++i) {
      children.push_back(std::make_unique<ForkedChild>([&, i] {
        while (!shared->go) {
        }
        auto segment = Segment::open(request);
        if (!segment) {
          return 1;
        }
        ++(segment.value().was_created_here() ? shared->created : shared->attached);
        shared->seed[i] = segment.value().header().hash_seed;
        // Nobody has thrown away what another one uses.
        return wait_until([&] { return shared->created + shared->attached == kProcesses; }) &&
                       !segment.value().check_name()
                   ? 0
                   : 2;
      }));
    }
    shared->go = true;
    for (const auto& child : children) {
      CHECK(child->wait() == 0);
    }
    CHECK(shared->created == 1);
    CHECK(shared->attached == kProcesses - 1);
    for (const auto& seed : shared->seed) {
      CHECK(seed == shared->seed[0]);
    }
  }
}

TEST_CASE("segment: an empty file without a creator is replaced") {
  const SegmentRequest request = small_request();
  PlantedObject empty(system_name_of(request), ByteCount{0});
  TemporarySegment segment(request);
  CHECK(segment->was_created_here());
  CHECK_FALSE(empty.is_untouched());
}

TEST_CASE("segment: a half-made one whose creator died is replaced") {
  const SegmentRequest request = small_request();
  PlantedObject half_made(system_name_of(request), 1_MiB);
  const SegmentHeader* header = map_header(half_made);
  TemporarySegment segment(request);
  CHECK(segment->was_created_here());
  CHECK(header->state.load() == static_cast<std::uint32_t>(SegmentState::kCondemned));
}

TEST_CASE("segment: a half-made one that has everything but its last word is replaced") {
  const SegmentRequest request = small_request();
  PlantedObject half_made(system_name_of(request), 1_MiB);
  SegmentHeader* header = map_header(half_made);
  header->magic = kSegmentMagic;
  header->core_layout = request.core_layout;
  header->value_abi = request.value_abi;
  header->size = (1_MiB).value;
  header->entry_size = request.entry_size;
  TemporarySegment segment(request);
  CHECK(segment->was_created_here());
}

TEST_CASE("segment: one that is being made is waited for, not replaced") {
  TemporarySegment segment;
  REQUIRE(segment->locks().try_lock(kGuardByte));
  segment->header().state.store(static_cast<std::uint32_t>(SegmentState::kMaking));
  test::SharedPage<std::atomic<bool>> is_looking;
  ForkedChild child([&] {
    *is_looking = true;
    const auto mine = Segment::open(segment.request());
    return mine && !mine.value().was_created_here() ? 0 : 1;
  });
  REQUIRE(wait_until([&] { return is_looking->load(); }));
  REQUIRE_FALSE(child.wait(std::chrono::milliseconds(100)).has_value());
  segment->header().state.store(static_cast<std::uint32_t>(SegmentState::kReady));
  CHECK(child.wait() == 0);
  segment->locks().unlock(kGuardByte);
  CHECK_FALSE(segment->check_name());
}

TEST_CASE("segment: a condemned one is replaced") {
  const SegmentRequest request = small_request();
  auto condemned = Segment::open(request);
  REQUIRE(condemned);
  condemned.value().condemn();
  TemporarySegment segment(request);
  CHECK(segment->was_created_here());
  CHECK_FALSE(segment->is_condemned());
  CHECK(condemned.value().is_condemned());
}

TEST_CASE("segment: a damaged state is as good as condemned, for all") {
  const SegmentRequest request = small_request();
  const test::NameGuard guard(system_name_of(request));
  TemporarySegment segment(request);
  segment->header().state.store(77);
  CHECK(segment->is_condemned());
  // Whoever opens it takes it for somebody else's until one who knows better has looked.
  CHECK_FALSE(Segment::open(request));
  CHECK(segment->check_name());
  const auto successor = Segment::open(request);
  REQUIRE(successor);
  CHECK(successor.value().was_created_here());
}

TEST_CASE("segment: a removed name is noticed, and everybody learns it") {
  TemporarySegment segment;
  const Segment other = segment.attach();
  CHECK_FALSE(segment->check_name());
  REQUIRE(shm_unlink(segment->system_name().c_str()) == 0);
  CHECK_FALSE(other.is_condemned());
  CHECK(segment->check_name());
  CHECK(other.is_condemned());
}

TEST_CASE("segment: a name that leads to another segment is noticed, and that one is left alone") {
  TemporarySegment old;
  REQUIRE(shm_unlink(old->system_name().c_str()) == 0);
  TemporarySegment fresh(old.request());
  REQUIRE(fresh->was_created_here());
  CHECK(old->check_name());
  CHECK_FALSE(fresh->check_name());
  CHECK_FALSE(fresh->is_condemned());
}

TEST_CASE("segment: a name under which a symbolic link lies now is noticed") {
  TemporarySegment segment;
  const std::string path = "/dev/shm/" + segment->system_name();
  REQUIRE(unlink(path.c_str()) == 0);
  REQUIRE(symlink("/dev/null", path.c_str()) == 0);
  CHECK(segment->check_name());
  unlink(path.c_str());
}

TEST_CASE("segment: a process that moves to another root directory keeps it, for all") {
  TemporarySegment segment;
  constexpr int kNotAllowed = 77;
  ForkedChild child([&] {
    if (chroot("/proc") != 0) {
      return kNotAllowed;
    }
    return segment->check_name() ? 1 : 0;
  });
  const auto status = child.wait();
  if (status == std::optional(kNotAllowed)) {
    NITRO_SKIP("only root may change the root directory");
  }
  CHECK(status == std::optional(0));
  CHECK_FALSE(segment->is_condemned());
}

TEST_CASE("segment: removing condemns it and takes its name away") {
  TemporarySegment segment;
  const Segment other = segment.attach();
  segment->remove();
  CHECK(other.is_condemned());
  CHECK_FALSE(exists(segment->system_name()));
}

TEST_CASE("segment: a second removal leaves the successor alone") {
  TemporarySegment old;
  Segment second = old.attach();
  old->remove();
  TemporarySegment successor(old.request());
  REQUIRE(successor->was_created_here());
  second.remove();
  CHECK_FALSE(successor->check_name());
  CHECK(exists(successor->system_name()));
}

TEST_CASE("segment: one that is being removed is not attached to") {
  TemporarySegment segment;
  // The remover has the guard and has condemned it, but the name is still there.
  REQUIRE(segment->locks().try_lock(kGuardByte));
  segment->condemn();
  test::SharedPage<std::atomic<bool>> is_looking;
  ForkedChild child([&] {
    *is_looking = true;
    auto mine = Segment::open(segment.request());
    if (!mine || !mine.value().was_created_here()) {
      return 1;
    }
    mine.value().remove();
    return 0;
  });
  REQUIRE(wait_until([&] { return is_looking->load(); }));
  REQUIRE_FALSE(child.wait(std::chrono::milliseconds(100)).has_value());
  REQUIRE(shm_unlink(segment->system_name().c_str()) == 0);
  CHECK(child.wait() == 0);
}

}  // namespace nitro
