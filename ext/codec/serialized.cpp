#include "ext/codec/serialized.h"

#include <type_traits>

namespace nitro::php {
namespace {

// What the (un)serializer remembers between nested calls. A value in the cache is a document of its
// own, even when it is stored or fetched by a method that the (un)serializer is calling just now:
// its back references must not lead into the outer value. So each of ours begins with an empty
// state and puts the old one back. No destructor does that, since a bailout may pass over it; then
// the end of the request resets everything.
//
// Putting back is right in the opposite order only. So no fiber may be suspended in between:
// whoever tries it gets a FiberError.
struct SerializerState {
  unsigned lock;
  std::remove_reference_t<decltype(BG(serialize))> writing;
  std::remove_reference_t<decltype(BG(unserialize))> reading;
};

SerializerState begin_document() {
  const SerializerState outer{BG(serialize_lock), BG(serialize), BG(unserialize)};
  BG(serialize_lock) = 0;
  BG(serialize) = {};
  BG(unserialize) = {};
  zend_fiber_switch_block();
  return outer;
}

void end_document(const SerializerState& outer) {
  zend_fiber_switch_unblock();
  BG(serialize_lock) = outer.lock;
  BG(serialize) = outer.writing;
  BG(unserialize) = outer.reading;
}

bool unserialize(const zend_string* bytes, zval* result) {
  const SerializerState outer = begin_document();
  const auto* position = reinterpret_cast<const unsigned char*>(ZSTR_VAL(bytes));
  const unsigned char* end = position + ZSTR_LEN(bytes);
  php_unserialize_data_t data;
  PHP_VAR_UNSERIALIZE_INIT(data);
  const bool is_whole = php_var_unserialize(result, &position, end, &data) != 0;
  if (!is_whole) {
    zval_ptr_dtor(result);
    ZVAL_UNDEF(result);
  }
  // Calls __unserialize and __wakeup, which may still throw or change the result.
  PHP_VAR_UNSERIALIZE_DESTROY(data);
  end_document(outer);
  return is_whole && EG(exception) == nullptr;
}

}  // namespace

zend_string* serialize(zval* value) {
  // Code that runs below may change the variable that this value came from.
  zval held;
  ZVAL_COPY(&held, value);
  smart_str buffer = {};
  const SerializerState outer = begin_document();
  php_serialize_data_t data;
  PHP_VAR_SERIALIZE_INIT(data);
  php_var_serialize(&buffer, &held, &data);
  PHP_VAR_SERIALIZE_DESTROY(data);
  end_document(outer);
  zval_ptr_dtor(&held);
  if (EG(exception) != nullptr) {
    smart_str_free(&buffer);
    return nullptr;
  }
  return smart_str_extract(&buffer);
}

bool decode_serialized(Session& session, const Entry& entry, zval* result) {
  zend_string* bytes = zend_string_init(reinterpret_cast<const char*>(entry.bytes.data()),
                                        entry.bytes.size(), /*persistent=*/false);
  session.release();
  ZVAL_UNDEF(result);
  const bool is_a_value = unserialize(bytes, result);
  zend_string_release(bytes);
  if (!is_a_value) {
    zval_ptr_dtor(result);
    ZVAL_NULL(result);
    return false;
  }
  if (Z_ISREF_P(result)) {
    zend_unwrap_reference(result);
  }
  return true;
}

}  // namespace nitro::php
