// Whether the request should stop allocating.
#pragma once

#include "ext/zend_headers.h"

namespace nitro::php {

// Some builds of PHP 8.2 end a request that passes the memory limit between two steps of the script
// only. Until then whoever allocates much has to ask; PHP ends the process when twice the limit is
// passed.
[[nodiscard]] inline bool is_past_memory_limit() noexcept {
#ifdef ZEND_HAS_OOM
  return ZEND_HAS_OOM();
#else
  return false;
#endif
}

}  // namespace nitro::php
