// A cache made of the bytes of another one whose processes all are dead.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "core/store/store.h"

namespace nitro::test {

class Aftermath {
 public:
  // `options`: with which the other one was made. This one gets a name of its own.
  Aftermath(std::span<const std::byte> bytes, StoreOptions options);
  ~Aftermath();
  Aftermath(const Aftermath&) = delete;
  Aftermath& operator=(const Aftermath&) = delete;

  [[nodiscard]] const StoreOptions& options() const noexcept { return options_; }
  [[nodiscard]] std::shared_ptr<Store> attach() const;

 private:
  StoreOptions options_;
  std::string system_name_;
};

}  // namespace nitro::test
