#include "tests/support/small_shared_memory.h"

#include <array>
#include <string>

#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <unistd.h>

#include "tests/support/catch.h"
#include "tests/support/forked_child.h"

namespace nitro::test {

namespace {

constexpr int kCannotMount = 77;

bool mount_own(ByteCount size, const std::string& further_options) {
  const std::string options = "size=" + std::to_string(size.value) + "," + further_options;
  return unshare(CLONE_NEWNS) == 0 &&
         // Else the mount would be seen outside, too.
         mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         mount("tmpfs", "/dev/shm", "tmpfs", 0, options.c_str()) == 0;
}

}  // namespace

bool passes_in_small_shared_memory(ByteCount size, const std::function<bool()>& body,
                                   const std::string& options) {
  ForkedChild child([&] {
    if (!mount_own(size, options)) {
      return kCannotMount;
    }
    return body() ? 0 : 1;
  });
  const auto status = child.wait();
  if (status == kCannotMount) {
    WARN("Skipped: no small /dev/shm can be mounted here, or not as wanted.");
    return true;
  }
  return status == 0;
}

void fill_shared_memory() {
  const int file = shm_open("filler", O_RDWR | O_CREAT, 0600);
  std::array<char, 4096> page{};
  page.fill('x');
  while (write(file, page.data(), page.size()) > 0) {
  }
  close(file);
}

}  // namespace nitro::test
