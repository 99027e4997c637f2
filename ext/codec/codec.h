// Value ↔ entry: picks the family that a value belongs to.
#pragma once

#include <cstdint>

#include "core/store/store.h"
#include "core/store/value.h"

#include "ext/codec/compression.h"
#include "ext/codec/graph_plan.h"
#include "ext/codec/graph_reader.h"
#include "ext/codec/igbinary.h"
#include "ext/codec/strings.h"
#include "ext/globals.h"

#include "ext/zend_headers.h"

namespace nitro::php {

// A value on its way into the store. Has no destructor, since longjmp may pass over it: what it
// owns is request memory, or given back by dispose().
struct EncodedValue {
  EncodedValue() noexcept {}  // encode() fills what it needs

  enum class Owned : std::uint8_t { kNothing, kPlan, kBytes };

  Value value;  // leads to what is below, or into the zval
  Owned owned;
  union {
    std::uint64_t word;
    GraphPlan plan;      // if kPlan
    zend_string* bytes;  // if kBytes: what is stored
  };
};

// As encode(), for all but a string that is not to be compressed. Requires: no reference.
[[nodiscard]] bool encode_slowly(zval* source, EncodedValue& encoded);

// False: an exception was thrown, and there is nothing to dispose of. May run PHP code. Requires:
// `source` stays as it is until the value is stored, and `encoded` where it is; no PHP code runs
// meanwhile.
[[nodiscard]] inline bool encode(zval* source, EncodedValue& encoded) {
  encoded.owned = EncodedValue::Owned::kNothing;
  ZVAL_DEREF(source);
  if (Z_TYPE_P(source) == IS_STRING && Z_STRLEN_P(source) <= NITRO_G(settings).compress_above.value)
      [[likely]] {
    encode_string(Z_STR_P(source), encoded.value);
    return true;
  }
  return encode_slowly(source, encoded);
}

// May run PHP code.
inline void dispose(EncodedValue& encoded) {
  switch (encoded.owned) {
    case EncodedValue::Owned::kNothing:
      break;
    case EncodedValue::Owned::kPlan:
      encoded.plan.free();
      break;
    case EncodedValue::Owned::kBytes:
      zend_string_release(encoded.bytes);
      break;
  }
}

// Makes the value that find() found, and releases the entry. False, and `result` is null: the bytes
// are no value any more, or an exception was thrown. May run PHP code.
[[nodiscard]] inline bool decode(Session& session, const Entry& entry, zval* result) {
  if (entry.kind == ValueKind::kShortString) [[likely]] {
    decode_short_string(session, entry, result);
    return true;
  }
  // Those that are called get a copy of the entry: then it need not be in memory for the others.
  switch (entry.kind) {
    case ValueKind::kInteger:
      ZVAL_LONG(result, entry.integer());
      break;
    case ValueKind::kLongString:
      return decode_long_string(session, entry, result);
    case ValueKind::kArray:
      return decode_array(session, entry, result);
    case ValueKind::kGraph:
      return decode_graph(session, entry, result);
    case ValueKind::kCompressedString:
      return decode_compressed_string(session, entry, result);
    case ValueKind::kIgbinary:
      return decode_igbinary(session, entry, result);
    case ValueKind::kFloat:
      ZVAL_DOUBLE(result, entry.real());
      break;
    case ValueKind::kNull:
      ZVAL_NULL(result);
      break;
    case ValueKind::kFalse:
      ZVAL_FALSE(result);
      break;
    case ValueKind::kTrue:
      ZVAL_TRUE(result);
      break;
    default:
      ZVAL_NULL(result);
      session.release();
      return false;
  }
  session.release();
  return true;
}

// For messages: "a string", "null".
[[nodiscard]] const char* describe(ValueKind kind) noexcept;

}  // namespace nitro::php
