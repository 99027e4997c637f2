// increment(), decrement() and allow().
#pragma once

#include "ext/zend_headers.h"

namespace nitro::php {

enum class Direction { kUp, kDown };

void count(INTERNAL_FUNCTION_PARAMETERS, Direction direction);

void count_against_limit(INTERNAL_FUNCTION_PARAMETERS);

}  // namespace nitro::php
