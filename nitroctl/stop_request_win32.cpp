#include <windows.h>

#include "nitroctl/stop_request.h"

namespace nitro::ctl {
namespace {

HANDLE stop_requested = nullptr;

// Windows calls this on a thread of its own. After a closing console it ends the process as soon
// as the handler returns, whatever that answers; a sweep that dies there costs nothing.
BOOL WINAPI remember(DWORD /*event*/) { return SetEvent(stop_requested); }

}  // namespace

StopRequest::StopRequest() noexcept {
  stop_requested = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  SetConsoleCtrlHandler(remember, TRUE);
}

StopRequest::~StopRequest() {
  SetConsoleCtrlHandler(remember, FALSE);
  CloseHandle(stop_requested);
}

bool StopRequest::wait(std::chrono::milliseconds limit) noexcept {
  const auto milliseconds = limit.count() > 0 ? static_cast<DWORD>(limit.count()) : 0;
  return WaitForSingleObject(stop_requested, milliseconds) == WAIT_OBJECT_0;
}

}  // namespace nitro::ctl
