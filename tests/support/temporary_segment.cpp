#include "tests/support/temporary_segment.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/catch.h"
#include "tests/support/names.h"

namespace nitro::test {

SegmentRequest small_request() {
  SegmentRequest request;
  request.cache_name = unique_name();
  request.maker = "a test";
  request.core_layout = 0x7e57;
  request.value_abi = 7;
  request.entry_size = 256;
  request.size = 1_MiB;
  request.default_size = 1_MiB;
  request.smallest_size = 64_KiB;
  request.tables_size = [](ByteCount, std::uint64_t) { return 8_KiB; };
  return request;
}

std::string system_name_of(const SegmentRequest& request) {
  return platform::segment_name(platform::user_id(), request.cache_name, request.core_layout,
                                request.value_abi);
}

bool exists(const std::string& system_name) {
  const int descriptor = shm_open(system_name.c_str(), O_RDONLY, 0);
  if (descriptor >= 0) {
    close(descriptor);
  }
  return descriptor >= 0;
}

NameGuard::~NameGuard() { shm_unlink(system_name_.c_str()); }

namespace {
Segment opened(const SegmentRequest& request) {
  auto segment = Segment::open(request);
  if (!segment) {
    FAIL(segment.error().message);
  }
  return std::move(segment).value();
}
}  // namespace

TemporarySegment::TemporarySegment(SegmentRequest request)
    : request_(std::move(request)), segment_(opened(request_)) {}

TemporarySegment::~TemporarySegment() { segment_.remove(); }

Segment TemporarySegment::attach() const {
  SegmentRequest request = request_;
  request.create = false;
  return opened(request);
}

PlantedObject::PlantedObject(std::string system_name, ByteCount size, unsigned mode)
    : system_name_(std::move(system_name)),
      descriptor_(shm_open(system_name_.c_str(), O_RDWR | O_CREAT | O_EXCL, 0600)) {
  REQUIRE(descriptor_ >= 0);
  REQUIRE(ftruncate(descriptor_, static_cast<off_t>(size.value)) == 0);
  REQUIRE(fchmod(descriptor_, mode) == 0);
  remember();
}

PlantedObject::~PlantedObject() {
  close(descriptor_);
  shm_unlink(system_name_.c_str());
}

void PlantedObject::write(const void* bytes, std::size_t count) const {
  REQUIRE(pwrite(descriptor_, bytes, count, 0) == static_cast<ssize_t>(count));
}

PlantedObject::Look PlantedObject::look() const {
  struct stat facts {};
  fstat(descriptor_, &facts);
  Look look{facts.st_mode & 07777, facts.st_uid, facts.st_size, std::string(4096, '\0')};
  look.first_page.resize(static_cast<std::size_t>(
      std::max<ssize_t>(0, pread(descriptor_, look.first_page.data(), look.first_page.size(), 0))));
  return look;
}

void PlantedObject::remember() { remembered_ = look(); }

bool PlantedObject::is_untouched() const {
  struct stat mine {};
  struct stat named {};
  return stat(("/dev/shm/" + system_name_).c_str(), &named) == 0 &&
         fstat(descriptor_, &mine) == 0 && named.st_ino == mine.st_ino && look() == remembered_;
}

}  // namespace nitro::test
