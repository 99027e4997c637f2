#include "core/base/result.h"

#include <memory>

#include "tests/support/catch.h"

namespace nitro {

TEST_CASE("result: holds a value") {
  Result<int> result = 7;
  REQUIRE(result.has_value());
  CHECK(result);
  CHECK(result.value() == 7);
}

TEST_CASE("result: holds an error with its sentence") {
  const Result<int> result = Error{ErrorKind::kNoRoom, "There is no room."};
  REQUIRE_FALSE(result.has_value());
  CHECK_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kNoRoom);
  CHECK(result.error().message == "There is no room.");
}

TEST_CASE("result: a value that can only be moved comes out again") {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(7);
  const std::unique_ptr<int> value = std::move(result).value();
  REQUIRE(value != nullptr);
  CHECK(*value == 7);
}

}  // namespace nitro
