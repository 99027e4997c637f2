// increment() and decrement().
#pragma once

#include "ext/zend_headers.h"

namespace nitro::php {

enum class Direction { kUp, kDown };

void count(INTERNAL_FUNCTION_PARAMETERS, Direction direction);

}  // namespace nitro::php
