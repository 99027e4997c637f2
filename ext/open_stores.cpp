#include "ext/open_stores.h"

#include <algorithm>
#include <mutex>
#include <vector>

namespace nitro::php {
namespace {

std::mutex stores_mutex;

// Guarded by stores_mutex. Those that were given up stay in it until their last user lets go: a
// fork has to find them, too.
std::vector<std::weak_ptr<Store>> stores;

std::shared_ptr<Store> find_usable(const std::string& name) {
  for (const auto& candidate : stores) {
    auto store = candidate.lock();
    if (store && store->facts().name == name && !store->is_condemned()) {
      return store;
    }
  }
  return nullptr;
}

void forget_unmapped() {
  stores.erase(std::remove_if(stores.begin(), stores.end(),
                              [](const auto& candidate) { return candidate.expired(); }),
               stores.end());
}

}  // namespace

Result<std::shared_ptr<Store>> open_shared_store(const StoreOptions& options) {
  const std::lock_guard guard(stores_mutex);
  if (auto store = find_usable(options.name)) {
    return store;
  }
  forget_unmapped();
  auto opened = Store::open(options);
  if (opened) {
    stores.emplace_back(opened.value());
  }
  return opened;
}

void hold_open_stores_for_fork() { stores_mutex.lock(); }

void release_open_stores_in_parent() { stores_mutex.unlock(); }

void adopt_open_stores_in_child() {
  for (const auto& candidate : stores) {
    if (auto store = candidate.lock()) {
      store->after_fork_in_child();
    }
  }
  stores_mutex.unlock();
}

}  // namespace nitro::php
