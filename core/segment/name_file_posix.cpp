#include "core/segment/name_file_posix.h"

#include <array>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstring>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "core/segment/byte_lock_posix.h"
#include "core/segment/header.h"
#include "core/segment/segment_name.h"

namespace nitro::platform {

namespace {

constexpr mode_t kOurMode = 0600;
constexpr mode_t kFolderMode = 0700;

constexpr std::size_t kDigits = 16;
constexpr off_t kGenerationAt = 0;
constexpr off_t kSizeAt = kDigits;

// Everybody who has the file open shares a lock of this byte.
constexpr std::uint64_t kInUseByte = kLockFileBase - 1;

// A function of the user alone. Not $TMPDIR, which a process may have been started without.
std::string folder_path() {
  std::string parent = "/tmp";
#if defined(__APPLE__)
  // Unlike that for temporary files this one is not cleaned up behind our back.
  std::array<char, PATH_MAX> path{};
  const std::size_t length = confstr(_CS_DARWIN_USER_CACHE_DIR, path.data(), path.size());
  if (length > 1 && length <= path.size()) {
    parent = path.data();
  }
#endif
  return parent + "/nitro-" + std::to_string(geteuid());
}

Error cannot_open(const std::string& path, int number) {
  switch (number) {
    case EACCES:
    case EPERM:
      return {ErrorKind::kNoPermission,
              path + " may not be opened by this user: permission denied."};
    case ELOOP:
      return {ErrorKind::kUntrusted,
              path + " is a symbolic link, which NitroCache never follows. Remove it."};
    default:
      return {ErrorKind::kSystem, path + " cannot be opened: " + std::strerror(number) +
                                      " (error " + std::to_string(number) + ")."};
  }
}

Error not_used(const std::string& path, const std::string& why) {
  return {ErrorKind::kUntrusted, path + ' ' + why + ". NitroCache does not use it. Remove it."};
}

// Makes the folder unless it is there. An error: it is not ours alone.
std::optional<Error> provide_folder(const std::string& path) {
  if (mkdir(path.c_str(), kFolderMode) != 0 && errno != EEXIST) {
    return cannot_open(path, errno);
  }
  struct stat facts {};
  if (lstat(path.c_str(), &facts) != 0) {
    return cannot_open(path, errno);
  }
  if (!S_ISDIR(facts.st_mode)) {
    return not_used(path, "is no folder");
  }
  if (facts.st_uid != geteuid()) {
    return not_used(path, "belongs to another user than the one who runs this process");
  }
  if ((facts.st_mode & 077) != 0) {
    return not_used(path, "may be opened by other users");
  }
  return std::nullopt;
}

std::string path_in(const std::string& folder, const std::string& segment) {
  return folder + '/' + file_name_of(segment);
}

std::optional<std::uint64_t> read_number(int descriptor, off_t position) {
  std::string digits(kDigits, ' ');
  const ssize_t count = pread(descriptor, digits.data(), digits.size(), position);
  return count == static_cast<ssize_t>(kDigits) ? number_of_sixteen_digits(digits) : std::nullopt;
}

bool lock_in_use_byte(int descriptor, short type) noexcept {
  struct flock lock = one_byte(type, kInUseByte);
  return fcntl(descriptor, kSetLock, &lock) == 0;
}

bool write_number(int descriptor, off_t position, std::uint64_t number) {
  const std::string digits = sixteen_digits(number);
  return pwrite(descriptor, digits.data(), digits.size(), position) ==
         static_cast<ssize_t>(kDigits);
}

}  // namespace

std::string path_of_generation(std::uint64_t generation) {
  return folder_path() + '/' + sixteen_digits(generation);
}

std::string why_not_ours(int descriptor) {
  struct stat facts {};
  if (fstat(descriptor, &facts) != 0) {
    return "cannot be examined";
  }
  if (facts.st_uid != geteuid()) {
    return "belongs to user " + std::to_string(facts.st_uid) + ", not to user " +
           std::to_string(geteuid()) + " who runs this process";
  }
  const mode_t mode = facts.st_mode & 07777;
  if (mode != kOurMode) {
    std::array<char, 8> octal{};
    std::snprintf(octal.data(), octal.size(), "%04o", static_cast<unsigned>(mode));
    return "has mode " + std::string(octal.data()) + " instead of 0600: others may have changed it";
  }
  return {};
}

NameFile::NameFile(Descriptor file, std::string path, std::uint64_t generation)
    : file_(std::move(file)),
      path_(std::move(path)),
      path_of_generation_(path_of_generation(generation)),
      generation_(generation) {}

Result<std::optional<NameFile>> NameFile::open(const std::string& segment) {
  const std::string folder = folder_path();
  std::string path = path_in(folder, segment);
  Descriptor file(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
  if (!file) {
    if (errno == ENOENT) {
      return std::optional<NameFile>();
    }
    return cannot_open(path, errno);
  }
  if (auto trouble = provide_folder(folder)) {
    return std::move(*trouble);
  }
  const auto generation = read_number(file.get(), kGenerationAt);
  if (!generation) {
    return Error{ErrorKind::kForeignFormat,
                 path + " is no file of NitroCache. Remove it, or choose another cache name."};
  }
  NameFile found(std::move(file), std::move(path), *generation);
  if (!lock_in_use_byte(found.file_.get(), F_RDLCK) ||
      access(found.path_of_generation_.c_str(), F_OK) != 0) {
    // Both names have just been removed; or somebody has removed the other one by hand, and nobody
    // can open this file for locking any more. Then who uses it notices that its name is gone.
    found.remove_name();
    return std::optional<NameFile>();
  }
  return std::optional<NameFile>(std::move(found));
}

Result<std::optional<NameFile>> NameFile::create(const std::string& segment,
                                                 std::uint64_t generation) {
  const std::string folder = folder_path();
  if (auto trouble = provide_folder(folder)) {
    return std::move(*trouble);
  }
  const std::string first_path = path_of_generation(generation);
  Descriptor file(
      ::open(first_path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, kOurMode));
  if (!file) {
    return cannot_open(first_path, errno);
  }
  std::string path = path_in(folder, segment);
  // fchmod: whatever the umask.
  if (fchmod(file.get(), kOurMode) == 0 && lock_in_use_byte(file.get(), F_RDLCK) &&
      write_number(file.get(), kGenerationAt, generation) &&
      link(first_path.c_str(), path.c_str()) == 0) {
    return std::optional<NameFile>(NameFile(std::move(file), std::move(path), generation));
  }
  const int error = errno;
  unlink(first_path.c_str());
  if (error == EEXIST) {
    return std::optional<NameFile>();
  }
  return cannot_open(path, error);
}

std::vector<std::string> NameFile::list() {
  std::vector<std::string> names;
  DIR* folder = opendir(folder_path().c_str());
  if (folder == nullptr) {
    return names;
  }
  while (const dirent* file = readdir(folder)) {
    names.push_back(name_of_file(file->d_name));
  }
  closedir(folder);
  return names;
}

ByteCount NameFile::size() const noexcept {
  return ByteCount{read_number(file_.get(), kSizeAt).value_or(0)};
}

bool NameFile::set_size(ByteCount size) noexcept {
  return write_number(file_.get(), kSizeAt, size.value);
}

std::string NameFile::why_not_ours() const {
  const std::string why = platform::why_not_ours(file_.get());
  return why.empty() ? why : path_ + ' ' + why;
}

bool NameFile::name_leads_here() const noexcept {
  struct stat mine {};
  struct stat named {};
  if (lstat(path_.c_str(), &named) != 0) {
    return errno != ENOENT && errno != ENOTDIR;
  }
  return fstat(file_.get(), &mine) == 0 && mine.st_dev == named.st_dev &&
         mine.st_ino == named.st_ino;
}

void NameFile::remove_name() noexcept {
  if (name_leads_here()) {
    unlink(path_.c_str());
  }
}

void NameFile::forget() noexcept {
  // Whoever is alone can have the lock. First we let go of our own, or two who leave at once would
  // both believe that somebody stays.
  lock_in_use_byte(file_.get(), F_UNLCK);
  if (lock_in_use_byte(file_.get(), F_WRLCK)) {
    unlink(path_of_generation_.c_str());
  }
}

}  // namespace nitro::platform
