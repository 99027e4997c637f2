#include "ext/codec/compression.h"

#ifdef NITRO_HAS_ZSTD

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include <zstd.h>

namespace nitro::php {
namespace {

// Level 1 is the fastest that looks for short repeats. On JSON, 2 and 3 take up to twice as long
// and save no more.
constexpr int kLevel = 1;

using Length = std::uint64_t;  // stored before the frame

// A block of a frame takes three bytes at least and gives so many at most: what is damaged must not
// ask for all of the memory there is.
bool may_become(std::size_t frame_size, Length length) {
  constexpr std::size_t kSmallestBlock = 3;
  return length / ZSTD_BLOCKSIZE_MAX <= frame_size / kSmallestBlock;
}

// nullptr: the bytes are no compressed string.
zend_string* decompress(std::span<const std::byte> bytes) {
  Length length;
  if (bytes.size() <= sizeof(length)) {
    return nullptr;
  }
  std::memcpy(&length, bytes.data(), sizeof(length));
  const auto frame = bytes.subspan(sizeof(length));
  if (ZSTD_getFrameContentSize(frame.data(), frame.size()) != length ||
      !may_become(frame.size(), length)) {
    return nullptr;
  }
  zend_string* string = zend_string_alloc(length, false);
  if (ZSTD_decompress(ZSTR_VAL(string), length, frame.data(), frame.size()) != length) {
    zend_string_efree(string);
    return nullptr;
  }
  ZSTR_VAL(string)[length] = '\0';
  return string;
}

}  // namespace

const char* compression_version() noexcept { return ZSTD_versionString(); }

zend_string* compress(const zend_string* string) {
  const Length length = ZSTR_LEN(string);
  const std::size_t most = length - length / 8;
  if (most <= sizeof(length)) {
    return nullptr;
  }
  zend_string* bytes = zend_string_alloc(most, false);
  std::memcpy(ZSTR_VAL(bytes), &length, sizeof(length));
  const std::size_t frame_size = ZSTD_compress(
      ZSTR_VAL(bytes) + sizeof(length), most - sizeof(length), ZSTR_VAL(string), length, kLevel);
  if (ZSTD_isError(frame_size) != 0) {  // it does not fit
    zend_string_efree(bytes);
    return nullptr;
  }
  ZSTR_LEN(bytes) = sizeof(length) + frame_size;
  return bytes;
}

bool decode_compressed_string(Session& session, Entry entry, zval* result) {
  zend_string* string = decompress(entry.bytes);
  session.release();
  if (string == nullptr) {
    ZVAL_NULL(result);
    return false;
  }
  ZVAL_NEW_STR(result, string);
  return true;
}

}  // namespace nitro::php

#else

#include "ext/globals.h"

namespace nitro::php {

const char* compression_version() noexcept { return nullptr; }

zend_string* compress(const zend_string*) { return nullptr; }

bool decode_compressed_string(Session& session, Entry, zval* result) {
  session.release();
  ZVAL_NULL(result);
  if (!NITRO_G(told_of_compression)) {
    NITRO_G(told_of_compression) = true;
    php_error_docref(nullptr, E_WARNING,
                     "Another process has stored compressed strings, which this one cannot read "
                     "and takes for missing: its nitro.so was built without zstd (Debian: install "
                     "libzstd-dev and build it again, or set nitro.compress_above=0 everywhere)");
  }
  return false;
}

}  // namespace nitro::php

#endif
