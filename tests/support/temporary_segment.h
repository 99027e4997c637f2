// A segment of a name that nobody else uses, gone when the test ends.
#pragma once

#include <string>

#include "core/segment/segment.h"

namespace nitro::test {

// What a test asks for: a megabyte with nothing in it, of a layout that no store has.
[[nodiscard]] SegmentRequest small_request();

// The system's name for what `request` asks for.
[[nodiscard]] std::string system_name_of(const SegmentRequest& request);

// Whether something of that system name exists.
[[nodiscard]] bool exists(const std::string& system_name);

// Takes the name away when the test ends, whoever made what it leads to.
class NameGuard {
 public:
  explicit NameGuard(std::string system_name) : system_name_(std::move(system_name)) {}
  ~NameGuard();
  NameGuard(const NameGuard&) = delete;
  NameGuard& operator=(const NameGuard&) = delete;

 private:
  std::string system_name_;
};

class TemporarySegment {
 public:
  explicit TemporarySegment(SegmentRequest request = small_request());
  ~TemporarySegment();
  TemporarySegment(const TemporarySegment&) = delete;
  TemporarySegment& operator=(const TemporarySegment&) = delete;

  [[nodiscard]] Segment& operator*() noexcept { return segment_; }
  [[nodiscard]] Segment* operator->() noexcept { return &segment_; }
  [[nodiscard]] const SegmentRequest& request() const noexcept { return request_; }
  // A second mapping with a lock file of its own, as another process would have it.
  [[nodiscard]] Segment attach() const;

 private:
  SegmentRequest request_;
  Segment segment_;
};

// Something that lies under a segment's name before anybody opens it.
class PlantedObject {
 public:
  PlantedObject(std::string system_name, ByteCount size, unsigned mode = 0600);
  ~PlantedObject();
  PlantedObject(const PlantedObject&) = delete;
  PlantedObject& operator=(const PlantedObject&) = delete;

  // Writes at the object's start.
  void write(const void* bytes, std::size_t count) const;
  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
  // The name leads to this object, and its size, mode, owner and first page are what they were when
  // remember() was called.
  void remember();
  [[nodiscard]] bool is_untouched() const;

 private:
  struct Look {
    unsigned mode = 0;
    unsigned owner = 0;
    std::int64_t size = 0;
    std::string first_page;
    friend bool operator==(const Look&, const Look&) = default;
  };
  [[nodiscard]] Look look() const;

  std::string system_name_;
  int descriptor_;
  Look remembered_;
};

}  // namespace nitro::test
