// How a failure travels: a value or an Error, never an exception.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace nitro {

enum class ErrorKind {
  kBadArgument,    // a name or a size that can never work
  kNotFound,       // nothing of that name, and creating was not asked for
  kNoRoom,         // the machine cannot give that much memory
  kNoPermission,   // the system said no
  kUntrusted,      // another owner, or a mode wider than ours
  kForeignFormat,  // something else, or another build, lies under our name
  kSystem,         // a system call failed in a way we do not expect
  kTimedOut,       // somebody else held it for too long
};

// `message` is a whole sentence for a person: the cause, its numbers, the remedy.
struct Error {
  ErrorKind kind;
  std::string message;
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  // Requires: has_value().
  [[nodiscard]] T& value() & noexcept { return *std::get_if<0>(&state_); }
  [[nodiscard]] const T& value() const& noexcept { return *std::get_if<0>(&state_); }
  [[nodiscard]] T&& value() && noexcept { return std::move(*std::get_if<0>(&state_)); }
  // Requires: !has_value().
  [[nodiscard]] const Error& error() const noexcept { return *std::get_if<1>(&state_); }

 private:
  std::variant<T, Error> state_;
};

}  // namespace nitro
