// Strings: short ones are stored as their bytes and copied out, long ones as a zend_string that the
// engine can use where it lies.
#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>

#include "core/store/store.h"
#include "core/store/value.h"

#include "ext/zend_headers.h"

namespace nitro::php {

// From this length on a string is handed out in place: copying it would cost more than a pin.
inline constexpr std::size_t kInPlaceLength = 2048;

// Flags of strings that are used where they lie. Interned: the engine neither counts references nor
// frees. Not permanent: what outlives the request must copy it. Not persistent: it did not come
// from malloc.
inline constexpr std::uint32_t kStringTypeInfo = IS_STRING | (IS_STR_INTERNED << GC_FLAGS_SHIFT);

// What a long string takes besides its bytes: the header, and a NUL behind.
inline constexpr std::size_t kLongStringOverhead = kEngineStringHeader + 1;

[[nodiscard]] inline std::span<const std::byte> bytes_of(const zend_string* string) noexcept {
  return {reinterpret_cast<const std::byte*>(ZSTR_VAL(string)), ZSTR_LEN(string)};
}

[[nodiscard]] inline std::string_view view_of(const zend_string* string) noexcept {
  return {ZSTR_VAL(string), ZSTR_LEN(string)};
}

// A value that is nothing but its bytes. Written field by field where it is to be: a copy would be
// read in other pieces than it was written in, and wait for the stores.
inline void put_plain(Value& value, ValueKind kind,
                      std::span<const std::byte> bytes = {}) noexcept {
  value.kind = kind;
  value.bytes = bytes;
  value.writer.write = nullptr;
}

void encode_long_string(zend_string* string, Value& value) noexcept;

inline void encode_string(zend_string* string, Value& value) noexcept {
  if (ZSTR_LEN(string) < kInPlaceLength) [[likely]] {
    put_plain(value, ValueKind::kShortString, bytes_of(string));
  } else {
    encode_long_string(string, value);
  }
}

// As zend_string_alloc(). Most are small; a size that the compiler knows takes emalloc() half the
// time, and the block that holds 32 bytes is that large anyway.
[[nodiscard]] inline zend_string* new_string(std::size_t length) {
  constexpr std::size_t kSmall = 64;
  if (length >= kSmall - _ZSTR_HEADER_SIZE) {
    return zend_string_alloc(length, /*persistent=*/false);
  }
  auto* const string = static_cast<zend_string*>(emalloc(kSmall));
  GC_SET_REFCOUNT(string, 1);
  GC_TYPE_INFO(string) = GC_STRING;
  ZSTR_H(string) = 0;
  ZSTR_LEN(string) = length;
  return string;
}

inline void decode_short_string(Session& session, const Entry& entry, zval* result) {
  const std::size_t length = entry.bytes.size();
  const char* const bytes = reinterpret_cast<const char*>(entry.bytes.data());
  if (length > 1) [[likely]] {
    zend_string* const string = new_string(length);
    std::memcpy(ZSTR_VAL(string), bytes, length);
    ZSTR_VAL(string)[length] = '\0';
    ZVAL_NEW_STR(result, string);
  } else {
    ZVAL_STRINGL_FAST(result, bytes, length);
  }
  session.release();
}

// False, and `result` is null: there are not even the bytes of a header.
[[nodiscard]] bool decode_long_string(Session& session, Entry entry, zval* result);

}  // namespace nitro::php
