// Memory objects of Windows: sections of the page file. What stands for their names is told in
// name_file_win32.h.
#include <algorithm>
#include <utility>

#include <boost/interprocess/detail/win32_api.hpp>

#include "core/segment/name_file_win32.h"
#include "core/segment/platform.h"
#include "core/segment/segment_name.h"
#include "core/segment/user_win32.h"

namespace nitro::platform {

struct SharedObject::System {
  NameFile name_file;
  ObjectName object;
  std::string name;
  Handle section{};  // none: it is still being made, or all who used it are gone

  System(NameFile file, ObjectName known_as)
      : name_file(std::move(file)), object(std::move(known_as)), name(object.text()) {}

  // Opens the section once it may be mapped. Windows' error number; 0 when it is open, or is still
  // being made.
  DWORD open_section() noexcept;
};

namespace {

// Views begin at multiples of this.
constexpr std::uint64_t kGranularity = 64 * 1024;

// How long remove_name() waits for somebody who gives a name at the same moment. If that one is
// stopped, the name stays with a condemned segment, and whoever finds it takes it away.
constexpr int kPatience = 1000;

// Local: seen by the processes of this session. What all sessions see, only administrators and
// services may make.
std::string section_name(const std::string& name) { return "Local\\" + name; }

}  // namespace

DWORD SharedObject::System::open_section() noexcept {
  if (section || !name_file.is_usable(object.generation)) {
    return ERROR_SUCCESS;
  }
  const std::string known_as = section_name(name);
  const HANDLE opened = OpenFileMappingA(FILE_MAP_ALL_ACCESS, FALSE, known_as.c_str());
  const DWORD error = opened == nullptr ? GetLastError() : ERROR_SUCCESS;
  section = Handle(opened);
  return error;
}

SharedObject::SharedObject(std::unique_ptr<System> system) noexcept : system_(std::move(system)) {}
SharedObject::SharedObject(SharedObject&&) noexcept = default;
SharedObject& SharedObject::operator=(SharedObject&&) noexcept = default;
SharedObject::~SharedObject() = default;

Result<std::optional<SharedObject>> SharedObject::open_existing(const std::string& name) {
  auto file = NameFile::open(name);
  if (!file) {
    return file.error();
  }
  const std::uint64_t generation = file.value() ? file.value()->generation().value_or(0) : 0;
  if (generation == 0) {
    return std::optional<SharedObject>();
  }
  auto system = std::make_unique<System>(*std::move(file).value(), ObjectName{name, generation});
  const DWORD error = system->open_section();
  if (error != ERROR_SUCCESS && error != ERROR_FILE_NOT_FOUND) {
    return Error{error == ERROR_ACCESS_DENIED ? ErrorKind::kNoPermission : ErrorKind::kSystem,
                 "The shared memory object " + system->name +
                     " may not be opened by this process (Windows error " + std::to_string(error) +
                     "). It belongs to somebody else."};
  }
  return std::optional<SharedObject>(SharedObject(std::move(system)));
}

Result<std::optional<SharedObject>> SharedObject::create_new(const std::string& name) {
  auto file = NameFile::open_or_create(name);
  if (!file) {
    return file.error();
  }
  if (!file.value().try_lock()) {
    Sleep(1);
    return std::optional<SharedObject>();
  }
  const std::uint64_t generation = new_generation();
  const bool is_free = file.value().generation() == std::uint64_t{0};
  const bool is_given = is_free && file.value().give_to(generation);
  file.value().unlock();
  if (!is_free) {
    return std::optional<SharedObject>();
  }
  if (!is_given) {
    return Error{ErrorKind::kSystem,
                 "A few bytes cannot be written to %LOCALAPPDATA%\\NitroCache. Is the disk full?"};
  }
  return std::optional<SharedObject>(SharedObject(
      std::make_unique<System>(std::move(file).value(), ObjectName{name, generation})));
}

const std::string& SharedObject::name() const noexcept { return system_->name; }

ByteCount SharedObject::size() const noexcept {
  // Its creator may have gone on since it was opened.
  if (!system_->section) {
    system_->open_section();
    if (!why_untrusted().empty()) {
      system_->section = Handle();
    }
  }
  boost::interprocess::offset_t size = 0;
  if (!system_->section ||
      !boost::interprocess::winapi::get_file_mapping_size(system_->section.get(), size)) {
    return ByteCount{0};
  }
  return ByteCount{static_cast<std::uint64_t>(size)};
}

std::string SharedObject::why_untrusted() const {
  if (!system_->section) {
    return {};  // there is nothing to be trusted yet
  }
  const std::string why = why_memory_not_ours(system_->section.get());
  return why.empty() ? why
                     : "The shared memory object " + name() + " " + why +
                           ". NitroCache does not use it. End the process that made it, or choose "
                           "another cache name.";
}

bool SharedObject::name_leads_here() const noexcept {
  // A file that cannot be read says nothing about the name: keep what we have.
  const auto generation = system_->name_file.generation();
  return !generation || *generation == system_->object.generation;
}

bool SharedObject::resize(ByteCount size) noexcept {
  if (system_->section) {
    return size <= this->size();  // sections do not grow
  }
  OnlyForUs only_for_us;
  if (only_for_us.attributes() == nullptr) {
    return false;
  }
  const std::string known_as = section_name(system_->name);
  const HANDLE made = CreateFileMappingA(
      INVALID_HANDLE_VALUE, only_for_us.attributes(), PAGE_READWRITE | SEC_RESERVE,
      static_cast<DWORD>(size.value >> 32), static_cast<DWORD>(size.value), known_as.c_str());
  const bool is_new = GetLastError() != ERROR_ALREADY_EXISTS;
  Handle section(made);
  if (!section || !is_new) {
    return false;
  }
  system_->section = std::move(section);
  // Whoever attaches looks at the header first, so it must be there before it can be found.
  if (!reserve(0, ByteCount{std::min(size.value, kGranularity)})) {
    return false;
  }
  system_->name_file.set_usable(system_->object.generation);
  return true;
}

bool SharedObject::reserve(std::uint64_t offset, ByteCount length) const noexcept {
  // Committing is a matter of the section; a view of our own names the pages, and goes again.
  const std::uint64_t start = round_down(offset, kGranularity);
  const std::uint64_t end = offset + length.value;
  if (end > size().value) {
    return false;
  }
  const auto bytes = static_cast<SIZE_T>(end - start);
  void* view = MapViewOfFile(system_->section.get(), FILE_MAP_WRITE,
                             static_cast<DWORD>(start >> 32), static_cast<DWORD>(start), bytes);
  if (view == nullptr) {
    return false;
  }
  const bool is_committed = VirtualAlloc(view, bytes, MEM_COMMIT, PAGE_READWRITE) != nullptr;
  UnmapViewOfFile(view);
  return is_committed;
}

void SharedObject::remove_name() noexcept {
  NameFile& file = system_->name_file;
  for (int i = 0; i < kPatience; ++i) {
    if (file.try_lock()) {
      file.take_from(system_->object.generation);
      file.unlock();
      return;
    }
    Sleep(1);
  }
}

boost::interprocess::mapping_handle_t SharedObject::get_mapping_handle() const noexcept {
  return {system_->section.get(), true};
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
