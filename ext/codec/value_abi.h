// A number that two builds of PHP share exactly when they lay out values in memory alike.
#pragma once

#include <cstdint>

namespace nitro::php {

// ZTS and debug builds do not differ in it: the structures do not depend on either.
[[nodiscard]] std::uint64_t value_abi();

}  // namespace nitro::php
