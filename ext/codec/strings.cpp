#include "ext/codec/strings.h"

#include <cstring>

namespace nitro::php {
namespace {

static_assert(kEngineStringHeader == _ZSTR_HEADER_SIZE, "long strings would not be zend_strings");
static_assert(offsetof(zend_string, gc) == 0 && offsetof(zend_string, h) == 8 &&
                  offsetof(zend_string, len) == 16 && offsetof(zend_string, val) == 24,
              "fill the header of long strings anew");

// Interned: the engine neither counts references nor frees. Not permanent: what outlives the
// request must copy it. Not persistent: it did not come from malloc.
constexpr std::uint32_t kTypeInfo = IS_STRING | (IS_STR_INTERNED << GC_FLAGS_SHIFT);

}  // namespace

void encode_long_string(zend_string* string, StringHeader& header, Value& value) noexcept {
  zend_refcounted_h counted{};
  counted.refcount = 1;
  counted.u.type_info = kTypeInfo;
  // Computed now, since no reader may write it later. The string remembers it.
  const zend_ulong hash = ZSTR_HASH(string);
  const std::size_t length = ZSTR_LEN(string);
  std::memcpy(header.data(), &counted, sizeof(counted));
  std::memcpy(header.data() + offsetof(zend_string, h), &hash, sizeof(hash));
  std::memcpy(header.data() + offsetof(zend_string, len), &length, sizeof(length));
  value.kind = ValueKind::kLongString;
  value.prefix = header;
  value.body = bytes_of(string);
  value.zero_tail = 1;
}

void decode_long_string(Session& session, const Entry& entry, zval* result) {
  if (session.try_pin(entry)) [[likely]] {
    auto* string = reinterpret_cast<zend_string*>(const_cast<std::byte*>(entry.bytes.data()));
    ZVAL_INTERNED_STR(result, string);
  } else {
    const std::size_t length = entry.bytes.size() - kLongStringOverhead;
    ZVAL_STRINGL(result, reinterpret_cast<const char*>(entry.bytes.data()) + kEngineStringHeader,
                 length);
  }
  session.release();
}

}  // namespace nitro::php
