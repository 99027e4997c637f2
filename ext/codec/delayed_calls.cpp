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

void DelayedCalls::add(zend_object* object, zval* data) {
  if (count_ == capacity_) {
    capacity_ = capacity_ == 0 ? 8 : 2 * capacity_;
    calls_ = static_cast<Call*>(safe_erealloc(calls_, capacity_, sizeof(Call), 0));
  }
  GC_ADDREF(object);
  calls_[count_].object = object;
  ZVAL_COPY_VALUE(&calls_[count_].data, data);
  ++count_;
}

void DelayedCalls::add_wakeup(zend_object* object) {
  zval none;
  ZVAL_UNDEF(&none);
  add(object, &none);
}

void DelayedCalls::add_unserialize(zend_object* object, zval* data) { add(object, data); }

void DelayedCalls::run(bool is_whole) {
  bool goes_on = is_whole;
  for (std::uint32_t i = 0; i < count_; ++i) {
    goes_on = goes_on && call(calls_[i].object, &calls_[i].data);
    if (!goes_on) {
      GC_ADD_FLAGS(calls_[i].object, IS_OBJ_DESTRUCTOR_CALLED);
    }
    zval_ptr_dtor(&calls_[i].data);
    OBJ_RELEASE(calls_[i].object);
  }
  if (calls_ != nullptr) {
    efree(calls_);
  }
  *this = {};
}

}  // namespace nitro::php
