// getStats(): what core counts, as an array.
#pragma once

#include "ext/attachment.h"

#include "ext/zend_headers.h"

namespace nitro::php {

void make_statistics_array(const Attachment& attachment, bool per_stripe, zval* result);

// The longest string, in bytes, that fits under a short key.
[[nodiscard]] std::uint64_t longest_string(ByteCount largest_value) noexcept;

}  // namespace nitro::php
