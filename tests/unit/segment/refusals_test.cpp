// What lies under a segment's name and is not ours is named, and stays as it is.
#include <cstring>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/segment/segment.h"

#include "tests/support/catch.h"
#include "tests/support/temporary_segment.h"

namespace nitro {

using test::PlantedObject;
using test::small_request;
using test::system_name_of;

namespace {

// Everything that a ready segment of `request` has in its header.
void make_ready(const PlantedObject& object, const SegmentRequest& request) {
  void* memory = mmap(nullptr, sizeof(SegmentHeader), PROT_READ | PROT_WRITE, MAP_SHARED,
                      object.descriptor(), 0);
  REQUIRE(memory != MAP_FAILED);
  auto* header = static_cast<SegmentHeader*>(memory);
  header->magic = kSegmentMagic;
  header->core_layout = request.core_layout;
  header->value_abi = request.value_abi;
  header->size = (1_MiB).value;
  header->entry_size = request.entry_size;
  header->state.store(static_cast<std::uint32_t>(SegmentState::kReady));
  munmap(memory, sizeof(SegmentHeader));
}

void change_header(const PlantedObject& object, std::size_t at, std::uint64_t value) {
  REQUIRE(pwrite(object.descriptor(), &value, sizeof(value), static_cast<off_t>(at)) ==
          sizeof(value));
}

bool mentions(const Error& error, const std::string& text) {
  INFO(error.message);
  CHECK(error.message.find(text) != std::string::npos);
  return error.message.find(text) != std::string::npos;
}

// Opening fails in this way, names the object, and changes nothing.
void check_refused(const SegmentRequest& request, PlantedObject& object, ErrorKind kind,
                   const std::string& reason) {
  object.remember();
  const auto segment = Segment::open(request);
  REQUIRE_FALSE(segment);
  CHECK(segment.error().kind == kind);
  mentions(segment.error(), reason);
  mentions(segment.error(), system_name_of(request));
  CHECK(object.is_untouched());
}

}  // namespace

// The others change one thing each of what is taken here.
TEST_CASE("refusals: a planted segment that is right in everything is taken") {
  const SegmentRequest request = small_request();
  const PlantedObject object(system_name_of(request), 1_MiB);
  make_ready(object, request);
  const auto segment = Segment::open(request);
  REQUIRE(segment);
  CHECK_FALSE(segment.value().was_created_here());
}

TEST_CASE("refusals: a file that is too short") {
  const SegmentRequest request = small_request();
  const std::uint64_t size =
      GENERATE(std::uint64_t{1}, std::uint64_t{100}, std::uint64_t{sizeof(SegmentHeader) - 1});
  PlantedObject object(system_name_of(request), ByteCount{size});
  check_refused(request, object, ErrorKind::kForeignFormat, "too short");
}

TEST_CASE("refusals: a file of another make") {
  const SegmentRequest request = small_request();
  PlantedObject object(system_name_of(request), 1_MiB);
  const std::string text = "These are somebody's notes, which nobody must lose.";
  object.write(text.data(), text.size());
  check_refused(request, object, ErrorKind::kForeignFormat, "not a NitroCache segment");
}

TEST_CASE("refusals: a wrong magic number") {
  const SegmentRequest request = small_request();
  PlantedObject object(system_name_of(request), 1_MiB);
  make_ready(object, request);
  change_header(object, offsetof(SegmentHeader, magic), kSegmentMagic + 1);
  check_refused(request, object, ErrorKind::kForeignFormat, "not a NitroCache segment");
}

TEST_CASE("refusals: an unknown state") {
  const SegmentRequest request = small_request();
  PlantedObject object(system_name_of(request), 1_MiB);
  make_ready(object, request);
  change_header(object, offsetof(SegmentHeader, state), 3);
  check_refused(request, object, ErrorKind::kForeignFormat, "not a NitroCache segment");
}

TEST_CASE("refusals: another layout or another value ABI than its name says") {
  const SegmentRequest request = small_request();
  PlantedObject object(system_name_of(request), 1_MiB);
  make_ready(object, request);
  change_header(object,
                GENERATE(offsetof(SegmentHeader, core_layout), offsetof(SegmentHeader, value_abi)),
                99);
  check_refused(request, object, ErrorKind::kForeignFormat, "of another build");
}

TEST_CASE("refusals: a header that says another size than the file has") {
  const SegmentRequest request = small_request();
  PlantedObject object(system_name_of(request), 1_MiB);
  make_ready(object, request);
  change_header(object, offsetof(SegmentHeader, size), (2_MiB).value);
  check_refused(request, object, ErrorKind::kForeignFormat, "damaged");
}

TEST_CASE("refusals: a ready segment that was cut short") {
  const SegmentRequest request = small_request();
  PlantedObject object(system_name_of(request), 1_MiB);
  make_ready(object, request);
  REQUIRE(ftruncate(object.descriptor(), 4096) == 0);
  check_refused(request, object, ErrorKind::kForeignFormat, "damaged");
}

TEST_CASE("refusals: an entry size of zero") {
  const SegmentRequest request = small_request();
  PlantedObject object(system_name_of(request), 1_MiB);
  make_ready(object, request);
  change_header(object, offsetof(SegmentHeader, entry_size), 0);
  check_refused(request, object, ErrorKind::kForeignFormat, "damaged");
}

TEST_CASE("refusals: a wider mode, which others could have written through") {
  const SegmentRequest request = small_request();
  const unsigned mode = GENERATE(0660U, 0604U, 0666U, 0700U, 01600U);
  PlantedObject object(system_name_of(request), 1_MiB, mode);
  check_refused(request, object, ErrorKind::kUntrusted, "mode");
}

TEST_CASE("refusals: no mode at all") {
  const SegmentRequest request = small_request();
  PlantedObject object(system_name_of(request), 1_MiB, 0000);
  const bool is_root = geteuid() == 0;
  check_refused(request, object, is_root ? ErrorKind::kUntrusted : ErrorKind::kNoPermission,
                is_root ? "mode 0000" : "permission denied");
}

TEST_CASE("refusals: a ready segment of another owner") {
  if (geteuid() != 0) {
    NITRO_SKIP("only root can give a file away");
  }
  const SegmentRequest request = small_request();
  PlantedObject object(system_name_of(request), 1_MiB);
  make_ready(object, request);
  REQUIRE(fchown(object.descriptor(), 65534, 65534) == 0);
  check_refused(request, object, ErrorKind::kUntrusted, "belongs to user 65534, not to user 0");
}

TEST_CASE("refusals: an empty file of another owner is not cleared away") {
  if (geteuid() != 0) {
    NITRO_SKIP("only root can give a file away");
  }
  const SegmentRequest request = small_request();
  PlantedObject object(system_name_of(request), ByteCount{0});
  REQUIRE(fchown(object.descriptor(), 65534, 65534) == 0);
  check_refused(request, object, ErrorKind::kUntrusted, "belongs to user 65534");
}

TEST_CASE("refusals: a symbolic link, even to a good segment") {
  const SegmentRequest target = small_request();
  const PlantedObject object(system_name_of(target), 1_MiB);
  make_ready(object, target);
  SegmentRequest request = target;
  request.cache_name += "-link";
  const std::string link = "/dev/shm/" + system_name_of(request);
  REQUIRE(symlink(system_name_of(target).c_str(), link.c_str()) == 0);

  const auto segment = Segment::open(request);

  struct stat facts {};
  CHECK((lstat(link.c_str(), &facts) == 0 && S_ISLNK(facts.st_mode)));
  unlink(link.c_str());
  REQUIRE_FALSE(segment);
  CHECK(segment.error().kind == ErrorKind::kUntrusted);
  mentions(segment.error(), "symbolic link");
}

TEST_CASE("refusals: a symbolic link to nothing does not make us create its target") {
  const SegmentRequest request = small_request();
  const std::string link = "/dev/shm/" + system_name_of(request);
  const std::string target = request.cache_name + "-target";
  REQUIRE(symlink(target.c_str(), link.c_str()) == 0);

  const auto segment = Segment::open(request);

  unlink(link.c_str());
  REQUIRE_FALSE(segment);
  CHECK(segment.error().kind == ErrorKind::kUntrusted);
  CHECK_FALSE(test::exists(target));
}

TEST_CASE("refusals: a folder") {
  const SegmentRequest request = small_request();
  const std::string path = "/dev/shm/" + system_name_of(request);
  REQUIRE(mkdir(path.c_str(), 0700) == 0);

  const auto segment = Segment::open(request);

  CHECK(rmdir(path.c_str()) == 0);
  REQUIRE_FALSE(segment);
  CHECK(segment.error().kind == ErrorKind::kForeignFormat);
  mentions(segment.error(), "folder");
}

}  // namespace nitro
