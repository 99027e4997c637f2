// Long strings, compressed by zstd: the settings say above which length. What is stored is the
// length of the string, as a word, and one zstd frame.
#pragma once

#include "core/store/store.h"

#include "ext/zend_headers.h"

namespace nitro::php {

// nullptr: this nitro.so was built without zstd, and stores every string as it is.
[[nodiscard]] const char* compression_version() noexcept;

// What is to be stored; the caller owns it. nullptr: an eighth of the string would not be saved.
// May bail out.
[[nodiscard]] zend_string* compress(const zend_string* string);

// Releases the entry. False, and `result` is null: the bytes are no compressed string, or, after a
// warning, one that only a build with zstd can read. May run PHP code: an error handler.
[[nodiscard]] bool decode_compressed_string(Session& session, Entry entry, zval* result);

}  // namespace nitro::php
