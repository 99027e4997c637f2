// Being asked to end (SIGTERM, SIGINT, SIGHUP; on Windows Ctrl-C, Ctrl-Break, a closing console)
// as something to wait for. While one of these exists nothing of the kind ends the process.
#pragma once

#include <chrono>

namespace nitro::ctl {

class StopRequest {
 public:
  // Requires: no other exists.
  StopRequest() noexcept;
  ~StopRequest();
  StopRequest(const StopRequest&) = delete;
  StopRequest& operator=(const StopRequest&) = delete;

  // Sleeps, at most until `limit` is over; may wake up early. True: end now.
  [[nodiscard]] bool wait(std::chrono::milliseconds limit) noexcept;
};

}  // namespace nitro::ctl
