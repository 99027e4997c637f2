#include "ext/codec/delayed_calls.h"

namespace nitro::php {
namespace {

// False: it threw.
bool call(zend_object* object, zval* data) {
  ++BG(serialize_lock);
  if (Z_TYPE_P(data) == IS_UNDEF) {
    auto* wakeup = static_cast<zend_function*>(
        zend_hash_find_ptr(&object->ce->function_table, ZSTR_KNOWN(ZEND_STR_WAKEUP)));
    zval result;
    zend_call_known_instance_method_with_0_params(wakeup, object, &result);
    zval_ptr_dtor(&result);
  } else {
    zend_call_known_instance_method_with_1_params(object->ce->__unserialize, object, nullptr, data);
  }
  --BG(serialize_lock);
  return EG(exception) == nullptr;
}

}  // namespace

void DelayedCalls::add_wakeup(zend_object* object) {
  zval none;
  ZVAL_UNDEF(&none);
  add_unserialize(object, &none);
}

void DelayedCalls::add_unserialize(zend_object* object, zval* data) {
  calls_.push({object, *data});
  GC_ADDREF(object);
}

void DelayedCalls::run(bool is_whole) {
  bool goes_on = is_whole;
  for (Call& delayed : calls_) {
    goes_on = goes_on && call(delayed.object, &delayed.data);
    if (!goes_on) {
      GC_ADD_FLAGS(delayed.object, IS_OBJ_DESTRUCTOR_CALLED);
    }
    zval_ptr_dtor(&delayed.data);
    OBJ_RELEASE(delayed.object);
  }
  calls_.free();
}

}  // namespace nitro::php
