#include "ext/codec/value_abi.h"

#include <cstddef>

#include "ext/zend_headers.h"

namespace nitro::php {
namespace {

// FNV-1a over 64-bit facts.
constexpr std::uint64_t kStart = 0xcbf29ce484222325U;
constexpr std::uint64_t kPrime = 0x100000001b3U;

// Raised when the way that values are stored changes.
constexpr std::uint64_t kCodecVersion = 1;

constexpr std::uint64_t kFacts[] = {
    kCodecVersion,
    PHP_MAJOR_VERSION,
    PHP_MINOR_VERSION,
    // zval
    sizeof(zval),
    offsetof(zval, u1),
    offsetof(zval, u2),
    IS_NULL,
    IS_FALSE,
    IS_TRUE,
    IS_LONG,
    IS_DOUBLE,
    IS_STRING,
    IS_ARRAY,
    IS_INTERNED_STRING_EX,
    // zend_string
    _ZSTR_HEADER_SIZE,
    offsetof(zend_string, gc),
    offsetof(zend_string, h),
    offsetof(zend_string, len),
    sizeof(zend_refcounted_h),
    offsetof(zend_refcounted_h, u),
    GC_FLAGS_SHIFT,
    IS_STR_INTERNED,
    IS_STR_PERSISTENT,
    IS_STR_PERMANENT,
    IS_STR_VALID_UTF8,
    // zend_array
    sizeof(zend_array),
    offsetof(zend_array, u),
    offsetof(zend_array, nTableMask),
    offsetof(zend_array, arData),
    offsetof(zend_array, nNumUsed),
    offsetof(zend_array, nNumOfElements),
    offsetof(zend_array, nTableSize),
    offsetof(zend_array, nInternalPointer),
    offsetof(zend_array, nNextFreeElement),
    offsetof(zend_array, pDestructor),
    sizeof(Bucket),
    offsetof(Bucket, val),
    offsetof(Bucket, h),
    offsetof(Bucket, key),
    HT_MIN_SIZE,
    HASH_FLAG_PACKED,
    HASH_FLAG_STATIC_KEYS,
    IS_ARRAY_IMMUTABLE,
    GC_NOT_COLLECTABLE,
};

}  // namespace

std::uint64_t value_abi() {
  std::uint64_t number = kStart;
  for (const std::uint64_t fact : kFacts) {
    number = (number ^ fact) * kPrime;
  }
  // Hashes are stored beside strings; a build could compute them in its own way.
  return (number ^ zend_hash_func("nitro", 5)) * kPrime;
}

}  // namespace nitro::php
