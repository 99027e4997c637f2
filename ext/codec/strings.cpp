#include "ext/codec/strings.h"

#include <cstring>

#include "ext/codec/string_hash.h"

namespace nitro::php {
namespace {

static_assert(kEngineStringHeader == _ZSTR_HEADER_SIZE, "long strings would not be zend_strings");
static_assert(offsetof(zend_string, gc) == 0 && offsetof(zend_string, h) == 8 &&
                  offsetof(zend_string, len) == 16 && offsetof(zend_string, val) == 24,
              "fill the header of long strings anew");

bool write(const void* context, std::span<std::byte> at, std::uint64_t) noexcept {
  const auto* from = static_cast<const zend_string*>(context);
  auto* to = reinterpret_cast<zend_string*>(at.data());
  GC_SET_REFCOUNT(to, 1);
  GC_TYPE_INFO(to) = kStringTypeInfo;
  to->h = ZSTR_H(from);
  to->len = ZSTR_LEN(from);
  std::memcpy(ZSTR_VAL(to), ZSTR_VAL(from), ZSTR_LEN(from) + 1);
  return true;
}

}  // namespace

void encode_long_string(zend_string* string, Value& value) noexcept {
  // Computed now, since no reader may write it later. The string remembers it.
  remember_hash(string);
  value.kind = ValueKind::kLongString;
  value.writer = {write, string, ZSTR_LEN(string) + kLongStringOverhead};
}

bool decode_long_string(Session& session, Entry entry, zval* result) {
  if (entry.bytes.size() < kLongStringOverhead) [[unlikely]] {
    ZVAL_NULL(result);
    session.release();
    return false;
  }
  if (session.try_pin(entry)) [[likely]] {
    auto* string =
        reinterpret_cast<zend_string*>(const_cast<std::byte*>(session.in_place(entry).data()));
    ZVAL_INTERNED_STR(result, string);
  } else {
    const std::size_t length = entry.bytes.size() - kLongStringOverhead;
    ZVAL_STRINGL(result, reinterpret_cast<const char*>(entry.bytes.data()) + kEngineStringHeader,
                 length);
  }
  session.release();
  return true;
}

}  // namespace nitro::php
