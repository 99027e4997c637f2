#include "bench/support/nameless_store.h"

#include <atomic>
#include <stdexcept>
#include <string>

#include <unistd.h>

namespace nitro::bench {

namespace {

std::string unique_name() {
  static std::atomic<int> count{0};
  return "bench-" + std::to_string(getpid()) + "-" + std::to_string(++count);
}

}  // namespace

std::shared_ptr<Store> open_nameless_store(StoreOptions options) {
  options.name = unique_name();
  options.maker = "bench";
  auto store = Store::open(options);
  if (!store) {
    throw std::runtime_error(store.error().message);
  }
  store.value()->destroy();
  return std::move(store).value();
}

}  // namespace nitro::bench
