#include <windows.h>

#include "nitroctl/detach.h"

namespace nitro::ctl {
namespace {

// As CommandLineToArgvW() and the C run-time take it apart again: backslashes are doubled only
// before a quotation mark.
std::string quoted(const std::string& argument) {
  std::string text = "\"";
  std::size_t backslashes = 0;
  for (const char character : argument) {
    if (character == '\\') {
      ++backslashes;
    } else {
      if (character == '"') {
        text.append(backslashes + 1, '\\');
      }
      backslashes = 0;
    }
    text += character;
  }
  text.append(backslashes, '\\');
  return text + '"';
}

Error failed(const char* what) {
  return {ErrorKind::kSystem, std::string("Cannot detach: ") + what + " failed (error " +
                                  std::to_string(GetLastError()) + "). Run without --detach."};
}

}  // namespace

// There is no fork: a second nitroctl is started without our handles, our console and our
// directory, and this one ends.
Result<Side> detach(const std::vector<std::string>& arguments) {
  char program[MAX_PATH];
  const DWORD length = GetModuleFileNameA(nullptr, program, MAX_PATH);
  if (length == 0 || length == MAX_PATH) {
    return failed("finding this program's path");
  }
  std::string command_line = quoted(program);
  for (const std::string& argument : arguments) {
    command_line += ' ' + quoted(argument);
  }
  char system_directory[MAX_PATH];
  const UINT directory_length = GetSystemDirectoryA(system_directory, MAX_PATH);
  if (directory_length == 0 || directory_length >= MAX_PATH) {
    return failed("finding the system's directory");
  }
  STARTUPINFOA startup{};
  startup.cb = sizeof(startup);
  PROCESS_INFORMATION process{};
  const BOOL started = CreateProcessA(program, command_line.data(), nullptr, nullptr, FALSE,
                                      DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP, nullptr,
                                      system_directory, &startup, &process);
  if (started == 0) {
    return failed("CreateProcess");
  }
  CloseHandle(process.hThread);
  CloseHandle(process.hProcess);
  return Side::kStarter;
}

}  // namespace nitro::ctl
