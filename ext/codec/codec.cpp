#include "ext/codec/codec.h"

#include <bit>
#include <new>
#include <span>

#include "ext/codec/place.h"
#include "ext/globals.h"

namespace nitro::php {
namespace {

void encode_word(ValueKind kind, std::uint64_t word, EncodedValue& encoded) noexcept {
  encoded.word = word;
  put_plain(encoded.value, kind, std::as_bytes(std::span(&encoded.word, 1)));
}

// Takes `bytes`.
void own_bytes(ValueKind kind, zend_string* bytes, EncodedValue& encoded) noexcept {
  encoded.owned = EncodedValue::Owned::kBytes;
  encoded.bytes = bytes;
  put_plain(encoded.value, kind, bytes_of(bytes));
}

bool try_compress(zend_string* string, EncodedValue& encoded) {
  zend_string* bytes = compress(string);
  if (bytes == nullptr) {
    return false;
  }
  own_bytes(ValueKind::kCompressedString, bytes, encoded);
  return true;
}

bool encode_by_igbinary(zval* source, EncodedValue& encoded) {
  zend_string* bytes = serialize_by_igbinary(source);
  if (bytes == nullptr) {
    return false;
  }
  own_bytes(ValueKind::kIgbinary, bytes, encoded);
  return true;
}

bool encode_graph(zval* source, EncodedValue& encoded) {
  GraphPlan& plan = *new (&encoded.plan) GraphPlan;
  const bool can_be_stored = plan.look(source);
  if (can_be_stored && plan.has_objects && NITRO_G(settings).by_igbinary && is_igbinary_loaded()) {
    plan.free();
    return encode_by_igbinary(source, encoded);
  }
  if (!can_be_stored || !plan.prepare()) {
    plan.free();
    return false;
  }
  encoded.owned = EncodedValue::Owned::kPlan;
  encoded.value = plan.value();
  return true;
}

}  // namespace

bool encode_slowly(zval* source, EncodedValue& encoded) {
  switch (Z_TYPE_P(source)) {
    case IS_STRING:
      if (!try_compress(Z_STR_P(source), encoded)) {
        encode_string(Z_STR_P(source), encoded.value);
      }
      return true;
    case IS_LONG:
      encode_word(ValueKind::kInteger, static_cast<std::uint64_t>(Z_LVAL_P(source)), encoded);
      return true;
    case IS_DOUBLE:
      encode_word(ValueKind::kFloat, std::bit_cast<std::uint64_t>(Z_DVAL_P(source)), encoded);
      return true;
    case IS_NULL:
      put_plain(encoded.value, ValueKind::kNull);
      return true;
    case IS_FALSE:
      put_plain(encoded.value, ValueKind::kFalse);
      return true;
    case IS_TRUE:
      put_plain(encoded.value, ValueKind::kTrue);
      return true;
    case IS_ARRAY:
    case IS_OBJECT:
      return encode_graph(source, encoded);
    default:
      throw_refused("A resource", Place());
      return false;
  }
}

const char* describe(ValueKind kind) noexcept {
  switch (kind) {
    case ValueKind::kNull:
      return "null";
    case ValueKind::kFalse:
    case ValueKind::kTrue:
      return "a bool";
    case ValueKind::kInteger:
      return "an int";
    case ValueKind::kFloat:
      return "a float";
    case ValueKind::kShortString:
    case ValueKind::kLongString:
    case ValueKind::kCompressedString:
      return "a string";
    case ValueKind::kArray:
      return "an array";
    case ValueKind::kGraph:
    case ValueKind::kIgbinary:
      return "an array or an object";
    case ValueKind::kRateLimit:
      return "a rate limit";
  }
  return "something else";
}

}  // namespace nitro::php
