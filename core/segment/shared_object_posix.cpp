// Shared-memory objects of macOS and other systems that are not Linux. What stands for their names
// is told in name_file_posix.h. Not Boost's shared_memory_object: on macOS that is a file on the
// disk, in a folder that all users share.
#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "core/segment/name_file_posix.h"
#include "core/segment/platform.h"
#include "core/segment/segment_name.h"

namespace nitro::platform {

struct SharedObject::System {
  NameFile name_file;
  std::string name;
  std::string memory_name;
  Descriptor memory{};  // none: its creator has not come that far, or the machine was restarted

  System(NameFile file, const std::string& segment)
      : name_file(std::move(file)),
        name(ObjectName{segment, name_file.generation()}.text()),
        // macOS allows 31 bytes.
        memory_name("/nitro." + sixteen_digits(name_file.generation())) {}
  System(const System&) = delete;
  System& operator=(const System&) = delete;
  ~System() {
    // Nobody finds the rest without the segment's name.
    if (!name_file.name_leads_here()) {
      name_file.forget();
      shm_unlink(memory_name.c_str());
    }
  }

  // False: there is something else wrong than that it has not been made yet.
  bool open_memory() noexcept {
    if (!memory) {
      // shm_open never follows a symbolic link and sets close-on-exec.
      memory = Descriptor(shm_open(memory_name.c_str(), O_RDWR, 0));
    }
    return memory || errno == ENOENT;
  }
};

namespace {

constexpr mode_t kOurMode = 0600;

Error system_error(const std::string& name, int number) {
  const bool refused = number == EACCES || number == EPERM;
  return {refused ? ErrorKind::kNoPermission : ErrorKind::kSystem,
          "The shared memory object " + name + " cannot be opened: " + std::strerror(number) +
              " (error " + std::to_string(number) + ")."};
}

}  // namespace

SharedObject::SharedObject(std::unique_ptr<System> system) noexcept : system_(std::move(system)) {}
SharedObject::SharedObject(SharedObject&&) noexcept = default;
SharedObject& SharedObject::operator=(SharedObject&&) noexcept = default;
SharedObject::~SharedObject() = default;

Result<std::optional<SharedObject>> SharedObject::open_existing(const std::string& name) {
  auto file = NameFile::open(name);
  if (!file) {
    return file.error();
  }
  if (!file.value()) {
    return std::optional<SharedObject>();
  }
  auto system = std::make_unique<System>(*std::move(file).value(), name);
  if (!system->open_memory()) {
    return system_error(system->name, errno);
  }
  return std::optional<SharedObject>(SharedObject(std::move(system)));
}

Result<std::optional<SharedObject>> SharedObject::create_new(const std::string& name) {
  auto file = NameFile::create(name, new_generation());
  if (!file) {
    return file.error();
  }
  if (!file.value()) {
    return std::optional<SharedObject>();
  }
  auto system = std::make_unique<System>(*std::move(file).value(), name);
  system->memory =
      Descriptor(shm_open(system->memory_name.c_str(), O_RDWR | O_CREAT | O_EXCL, kOurMode));
  if (!system->memory) {
    const int error = errno;
    system->name_file.remove_name();  // the rest goes with `system`
    return system_error(system->name, error);
  }
  // Whatever the umask. macOS may refuse; then why_untrusted() looks at what came of it.
  static_cast<void>(fchmod(system->memory.get(), kOurMode));
  return std::optional<SharedObject>(SharedObject(std::move(system)));
}

const std::string& SharedObject::name() const noexcept { return system_->name; }

ByteCount SharedObject::size() const noexcept {
  // Its creator may have gone on since it was opened.
  if (!system_->memory && (!system_->open_memory() || !why_untrusted().empty())) {
    system_->memory = Descriptor();
  }
  // The system's own number may be larger, since it counts in pages.
  struct stat facts {};
  if (!system_->memory || fstat(system_->memory.get(), &facts) != 0 || facts.st_size < 0) {
    return ByteCount{0};
  }
  const ByteCount planned = system_->name_file.size();
  return static_cast<std::uint64_t>(facts.st_size) >= planned.value ? planned : ByteCount{0};
}

std::string SharedObject::why_untrusted() const {
  std::string why = system_->name_file.why_not_ours();
  if (why.empty() && system_->memory) {
    why = why_not_ours(system_->memory.get());
    if (!why.empty()) {
      why = "The shared memory object " + name() + ' ' + why;
    }
  }
  return why.empty() ? why : why + ". NitroCache does not use it. Remove it.";
}

bool SharedObject::name_leads_here() const noexcept { return system_->name_file.name_leads_here(); }

bool SharedObject::resize(ByteCount size) noexcept {
  // macOS does this once for an object, and no more.
  int result = 0;
  do {
    result = ftruncate(system_->memory.get(), static_cast<off_t>(size.value));
  } while (result != 0 && errno == EINTR);
  return result == 0 && system_->name_file.set_size(size);
}

bool SharedObject::reserve(std::uint64_t offset, ByteCount length) const noexcept {
  // Shared memory is backed by swap here and cannot be reserved page by page.
  return offset + length.value <= size().value;
}

void SharedObject::remove_name() noexcept {
  system_->name_file.remove_name();
  shm_unlink(system_->memory_name.c_str());
}

boost::interprocess::mapping_handle_t SharedObject::get_mapping_handle() const noexcept {
  return boost::interprocess::ipcdetail::mapping_handle_from_file_handle(system_->memory.get());
}

std::vector<NamedSegment> list_segments(std::uint64_t user, std::uint64_t core_layout) {
  std::vector<NamedSegment> found;
  for (const std::string& name : NameFile::list()) {
    auto segment = read_segment_name(name, user, core_layout);
    if (!segment) {
      continue;
    }
    auto object = SharedObject::open_existing(name);
    if (object && object.value() && object.value()->size() > ByteCount{0}) {
      segment->segment = object.value()->name();
      found.push_back(*std::move(segment));
    }
  }
  std::sort(found.begin(), found.end(),
            [](const NamedSegment& a, const NamedSegment& b) { return a.segment < b.segment; });
  return found;
}

}  // namespace nitro::platform
