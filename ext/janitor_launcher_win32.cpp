#include <string>
#include <vector>

#include <windows.h>

#include "ext/janitor_launcher.h"

namespace nitro::php::platform {
namespace {

constexpr wchar_t kProgram[] = L"nitroctl.exe";
constexpr DWORD kLongestPath = 32768;

std::string utf8(const std::wstring& text) {
  const int size = WideCharToMultiByte(CP_UTF8, 0, text.data(), static_cast<int>(text.size()),
                                       nullptr, 0, nullptr, nullptr);
  std::string result(static_cast<std::size_t>(size), '\0');
  WideCharToMultiByte(CP_UTF8, 0, text.data(), static_cast<int>(text.size()), result.data(), size,
                      nullptr, nullptr);
  return result;
}

std::wstring wide(const std::string& text) {
  const int size =
      MultiByteToWideChar(CP_UTF8, 0, text.data(), static_cast<int>(text.size()), nullptr, 0);
  std::wstring result(static_cast<std::size_t>(size), L'\0');
  MultiByteToWideChar(CP_UTF8, 0, text.data(), static_cast<int>(text.size()), result.data(), size);
  return result;
}

std::string because(const std::string& what, DWORD error) {
  return what + ": Windows error " + std::to_string(error);
}

bool is_file(const std::wstring& path) {
  const DWORD attributes = GetFileAttributesW(path.c_str());
  return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) == 0;
}

std::wstring beside_this_module() {
  static const char inside = 0;
  HMODULE module = nullptr;
  if (!GetModuleHandleExW(
          GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
          reinterpret_cast<LPCWSTR>(&inside), &module)) {
    return {};
  }
  std::wstring file(kLongestPath, L'\0');
  file.resize(GetModuleFileNameW(module, file.data(), kLongestPath));
  const auto slash = file.find_last_of(L"\\/");
  return slash == std::wstring::npos ? std::wstring() : file.substr(0, slash + 1) + kProgram;
}

// Not SearchPathW with its default order: it would begin with the current folder, which a visitor
// may write to.
std::wstring on_the_path() {
  std::wstring path(kLongestPath, L'\0');
  path.resize(GetEnvironmentVariableW(L"PATH", path.data(), kLongestPath));
  std::wstring found(kLongestPath, L'\0');
  found.resize(SearchPathW(path.c_str(), kProgram, nullptr, kLongestPath, found.data(), nullptr));
  return found;
}

// Requires: no argument ends with a backslash or holds a quote. A cache's name, numbers and options
// do not.
std::wstring command_line(const std::string& program, const std::vector<std::string>& arguments) {
  std::wstring line = L"\"" + wide(program) + L"\"";
  for (const std::string& argument : arguments) {
    line += L" \"" + wide(argument) + L"\"";
  }
  return line;
}

}  // namespace

std::string why_not_executable(const std::string& path) {
  return is_file(wide(path)) ? std::string() : path + " is not a file";
}

std::string find_nitroctl() {
  const std::wstring beside = beside_this_module();
  return utf8(!beside.empty() && is_file(beside) ? beside : on_the_path());
}

std::string run_until_detached(const std::string& program,
                               const std::vector<std::string>& arguments) {
  std::wstring line = command_line(program, arguments);
  STARTUPINFOW startup{};
  startup.cb = sizeof(startup);
  PROCESS_INFORMATION process{};
  if (!CreateProcessW(wide(program).c_str(), line.data(), nullptr, nullptr, /*inherit=*/FALSE,
                      DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP, nullptr, nullptr, &startup,
                      &process)) {
    return because(program + " could not be started", GetLastError());
  }
  constexpr DWORD kLongestWait = 2000;
  const DWORD waited = WaitForSingleObject(process.hProcess, kLongestWait);
  DWORD exit_code = 0;
  GetExitCodeProcess(process.hProcess, &exit_code);
  CloseHandle(process.hThread);
  CloseHandle(process.hProcess);
  if (waited != WAIT_OBJECT_0) {
    return program + " has not detached itself within two seconds";
  }
  return exit_code == 0 ? std::string()
                        : program + " ended with exit code " + std::to_string(exit_code);
}

}  // namespace nitro::php::platform
