#include "tests/support/aftermath.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/store/layout.h"

#include "tests/support/catch.h"
#include "tests/support/names.h"
#include "tests/support/temporary_store.h"

namespace nitro::test {

Aftermath::Aftermath(std::span<const std::byte> bytes, StoreOptions options)
    : options_(std::move(options)) {
  options_.name = unique_name();
  options_.create = false;
  system_name_ =
      platform::segment_name(platform::user_id(), options_.name, core_layout(), options_.value_abi);
  const int file = shm_open(system_name_.c_str(), O_RDWR | O_CREAT | O_EXCL, 0600);
  REQUIRE(file >= 0);
  REQUIRE(write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  close(file);
}

Aftermath::~Aftermath() { shm_unlink(system_name_.c_str()); }

std::shared_ptr<Store> Aftermath::attach() const { return open_or_fail(options_); }

}  // namespace nitro::test
