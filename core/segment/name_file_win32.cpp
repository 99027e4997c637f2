#include "core/segment/name_file_win32.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <shlobj.h>

#include "core/segment/segment_name.h"
#include "core/segment/user_win32.h"

namespace nitro::platform {

namespace {

constexpr std::uint64_t kGenerationAt = 0;
constexpr std::uint64_t kUsableAt = sizeof(std::uint64_t);
// The byte whose lock is the file's own.
constexpr std::uint64_t kLockByte = 512;

constexpr wchar_t kEnding[] = L".lock";
// Paths that begin with this may be longer than 260 characters.
constexpr std::wstring_view kAnyLength = L"\\\\?\\";

// While somebody deletes the file, it cannot be opened.
constexpr int kTries = 50;

constexpr DWORD kShare = FILE_SHARE_READ | FILE_SHARE_WRITE;

OVERLAPPED at(std::uint64_t position) noexcept {
  OVERLAPPED place{};
  place.Offset = static_cast<DWORD>(position);
  place.OffsetHigh = static_cast<DWORD>(position >> 32);
  return place;
}

// Everything here is ASCII but the path of the user's folder, which only messages need as bytes.
std::wstring wide(const std::string& text) { return {text.begin(), text.end()}; }

std::string utf8(const std::wstring& text) {
  const int length = static_cast<int>(text.size());
  const int size =
      WideCharToMultiByte(CP_UTF8, 0, text.data(), length, nullptr, 0, nullptr, nullptr);
  std::string bytes(static_cast<std::size_t>(size), '\0');
  WideCharToMultiByte(CP_UTF8, 0, text.data(), length, bytes.data(), size, nullptr, nullptr);
  return bytes;
}

// A path as people write it.
std::string shown(const std::wstring& path) {
  return utf8(path.substr(std::min(path.size(), kAnyLength.size())));
}

Error cannot_open(const std::wstring& path, DWORD number) {
  const bool refused = number == ERROR_ACCESS_DENIED;
  return {refused ? ErrorKind::kNoPermission : ErrorKind::kSystem,
          shown(path) + " cannot be opened" +
              (refused ? " by this user: permission denied." : ".") + " (Windows error " +
              std::to_string(number) + ")"};
}

// Empty: this user has no such folder.
std::wstring parent_folder() {
  std::array<wchar_t, MAX_PATH> local{};
  if (SHGetFolderPathW(nullptr, CSIDL_LOCAL_APPDATA | CSIDL_FLAG_CREATE, nullptr,
                       SHGFP_TYPE_CURRENT, local.data()) != S_OK) {
    return {};
  }
  return std::wstring(kAnyLength) + local.data() + L"\\NitroCache";
}

// Memory objects are seen by one session only (a log-on, or all services together), and so must be
// the files that stand for their names. Empty: there is none.
std::wstring folder_in(const std::wstring& parent) {
  DWORD session = 0;
  if (parent.empty() || !ProcessIdToSessionId(GetCurrentProcessId(), &session)) {
    return {};
  }
  return parent + L"\\session-" + std::to_wstring(session);
}

// Makes the folder unless it is there. Empty: it is ours and a folder; else why not.
std::optional<Error> provide_folder(const std::wstring& path) {
  OnlyForUs only_for_us;
  if (!CreateDirectoryW(path.c_str(), only_for_us.attributes()) &&
      GetLastError() != ERROR_ALREADY_EXISTS) {
    return cannot_open(path, GetLastError());
  }
  const Handle folder(CreateFileW(
      path.c_str(), READ_CONTROL | FILE_READ_ATTRIBUTES, kShare | FILE_SHARE_DELETE, nullptr,
      OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, nullptr));
  if (!folder) {
    return cannot_open(path, GetLastError());
  }
  BY_HANDLE_FILE_INFORMATION facts{};
  if (!GetFileInformationByHandle(folder.get(), &facts)) {
    return cannot_open(path, GetLastError());
  }
  const bool is_link = (facts.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0;
  if (is_link || (facts.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) == 0) {
    return Error{ErrorKind::kUntrusted, shown(path) + " is " + (is_link ? "a link" : "no folder") +
                                            ", which NitroCache does not use. Remove it."};
  }
  if (const std::string why = why_file_not_ours(folder.get()); !why.empty()) {
    return Error{ErrorKind::kUntrusted,
                 shown(path) + " " + why + ". NitroCache does not use it. Remove it."};
  }
  return std::nullopt;
}

// The folder of this session; made if need be.
Result<std::wstring> provide_folders() {
  const std::wstring parent = parent_folder();
  std::wstring folder = folder_in(parent);
  if (folder.empty()) {
    return Error{ErrorKind::kSystem,
                 "This user has no folder for application data (%LOCALAPPDATA%), which NitroCache "
                 "needs. Does the user have a profile?"};
  }
  for (const std::wstring& path : {parent, folder}) {
    if (auto trouble = provide_folder(path)) {
      return std::move(*trouble);
    }
  }
  return folder;
}

std::wstring path_in(const std::wstring& folder, const std::string& segment) {
  return folder + L'\\' + wide(file_name_of(segment)) + kEnding;
}

// `error` is Windows' number when there is no handle.
Handle open_path(const std::wstring& path, DWORD disposition, DWORD& error) noexcept {
  OnlyForUs only_for_us;
  error = ERROR_SUCCESS;
  for (int i = 0; i < kTries; ++i) {
    Handle file(CreateFileW(path.c_str(), GENERIC_READ | GENERIC_WRITE, kShare,
                            only_for_us.attributes(), disposition,
                            FILE_ATTRIBUTE_NORMAL | FILE_FLAG_OPEN_REPARSE_POINT, nullptr));
    if (file) {
      return file;
    }
    error = GetLastError();
    if (error != ERROR_SHARING_VIOLATION && error != ERROR_ACCESS_DENIED) {
      break;
    }
    Sleep(1);
  }
  return {};
}

std::optional<std::uint64_t> read_word(HANDLE file, std::uint64_t position) noexcept {
  std::uint64_t word = 0;
  DWORD count = 0;
  OVERLAPPED place = at(position);
  if (!ReadFile(file, &word, sizeof(word), &count, &place) && GetLastError() != ERROR_HANDLE_EOF) {
    return std::nullopt;
  }
  return count == sizeof(word) ? word : 0;
}

bool write_word(HANDLE file, std::uint64_t position, std::uint64_t word) noexcept {
  DWORD count = 0;
  OVERLAPPED place = at(position);
  return WriteFile(file, &word, sizeof(word), &count, &place) && count == sizeof(word);
}

}  // namespace

std::wstring path_of_name_file(const std::string& segment) {
  return path_in(folder_in(parent_folder()), segment);
}

Handle open_name_file(const std::wstring& path) noexcept {
  DWORD error = ERROR_SUCCESS;
  return open_path(path, OPEN_EXISTING, error);
}

Result<std::optional<NameFile>> NameFile::open(const std::string& segment) {
  const std::wstring folder = folder_in(parent_folder());
  if (folder.empty()) {
    return std::optional<NameFile>();
  }
  std::wstring path = path_in(folder, segment);
  DWORD error = ERROR_SUCCESS;
  Handle file = open_path(path, OPEN_EXISTING, error);
  if (file) {
    // Nobody but us can have put it there.
    if (auto checked = provide_folders(); !checked) {
      return checked.error();
    }
    return std::optional<NameFile>(NameFile(std::move(file), std::move(path)));
  }
  if (error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND) {
    return std::optional<NameFile>();
  }
  return cannot_open(path, error);
}

Result<NameFile> NameFile::open_or_create(const std::string& segment) {
  auto folder = provide_folders();
  if (!folder) {
    return folder.error();
  }
  std::wstring path = path_in(folder.value(), segment);
  DWORD error = ERROR_SUCCESS;
  Handle file = open_path(path, OPEN_ALWAYS, error);
  if (!file) {
    return cannot_open(path, error);
  }
  return NameFile(std::move(file), std::move(path));
}

std::vector<std::string> NameFile::list() {
  std::vector<std::string> names;
  const std::wstring folder = folder_in(parent_folder());
  if (folder.empty()) {
    return names;
  }
  WIN32_FIND_DATAW found{};
  const std::wstring pattern = folder + L"\\*" + kEnding;
  const HANDLE search = FindFirstFileW(pattern.c_str(), &found);
  if (search == INVALID_HANDLE_VALUE) {
    return names;
  }
  do {
    const std::string file = utf8(found.cFileName);
    names.push_back(name_of_file(file.substr(0, file.rfind('.'))));
  } while (FindNextFileW(search, &found));
  FindClose(search);
  return names;
}

NameFile::~NameFile() {
  if (file_) {
    file_ = Handle();
    // Windows refuses as long as another process has it open. If none has, the memory is gone too,
    // and what the file says is of no use.
    DeleteFileW(path_.c_str());
  }
}

std::optional<std::uint64_t> NameFile::generation() const noexcept {
  return read_word(file_.get(), kGenerationAt);
}

bool NameFile::is_usable(std::uint64_t generation) const noexcept {
  return read_word(file_.get(), kUsableAt) == generation;
}

bool NameFile::give_to(std::uint64_t generation) noexcept {
  // `usable` first, so that a full disk is noticed before the name is given.
  return write_word(file_.get(), kUsableAt, 0) &&
         write_word(file_.get(), kGenerationAt, generation);
}

void NameFile::set_usable(std::uint64_t generation) noexcept {
  write_word(file_.get(), kUsableAt, generation);
}

void NameFile::take_from(std::uint64_t generation) noexcept {
  if (this->generation() == generation) {
    write_word(file_.get(), kGenerationAt, 0);
  }
}

bool NameFile::try_lock() noexcept {
  OVERLAPPED place = at(kLockByte);
  return LockFileEx(file_.get(), LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0,
                    &place);
}

void NameFile::unlock() noexcept {
  OVERLAPPED place = at(kLockByte);
  UnlockFileEx(file_.get(), 0, 1, 0, &place);
}

}  // namespace nitro::platform
