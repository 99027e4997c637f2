#include "ext/lock_class.h"

#include "ext/cache_object.h"
#include "ext/key_space.h"
#include "ext/named_lock.h"
#include "ext/seconds.h"

using namespace nitro;
using namespace nitro::php;

namespace nitro::php {
namespace {

struct LockObject {
  Attachment* attachment;  // belongs to the thread, which outlives the object; nullptr: released
  const Store* store;      // the ticket's: another one means nothing to another segment
  LockTicket ticket;
  zend_object std;
};

zend_class_entry* lock_class = nullptr;
zend_object_handlers handlers;

LockObject& lock_object(zend_object* object) {
  return *reinterpret_cast<LockObject*>(reinterpret_cast<char*>(object) -
                                        XtOffsetOf(LockObject, std));
}

zend_object* create_lock_object(zend_class_entry* class_entry) {
  auto* object = static_cast<LockObject*>(zend_object_alloc(sizeof(LockObject), class_entry));
  object->attachment = nullptr;
  zend_object_std_init(&object->std, class_entry);
  object_properties_init(&object->std, class_entry);
  object->std.handlers = &handlers;
  return &object->std;
}

// nullptr: it was released, or its segment was given up.
Session* session_of_lock(const LockObject& lock) {
  return lock.attachment != nullptr && &lock.attachment->store() == lock.store
             ? &lock.attachment->session()
             : nullptr;
}

bool release(LockObject& lock) {
  Session* session = session_of_lock(lock);
  lock.attachment = nullptr;
  return session != nullptr && session->unlock(lock.ticket);
}

void free_lock_object(zend_object* object) {
  release(lock_object(object));
  zend_object_std_dtor(object);
}

}  // namespace

void set_up_lock_objects(zend_class_entry* class_entry) {
  lock_class = class_entry;
  handlers = *zend_get_std_object_handlers();
  handlers.offset = XtOffsetOf(LockObject, std);
  handlers.clone_obj = nullptr;
  handlers.free_obj = free_lock_object;
  class_entry->create_object = create_lock_object;
}

bool take_lock(zend_object* cache, zend_string* name, Milliseconds lease, Milliseconds wait,
               zval* result) {
  const StoredKey stored(*cache_object(cache), name);
  const auto [session, attempt] = take_named_lock(stored.view(), {LockKind::kLock, lease, wait},
                                                  [&] { return writing_session_of(cache); });
  if (session == nullptr) {
    return false;
  }
  ZVAL_NULL(result);
  if (attempt.status == LockTable::Status::kTaken) {
    object_init_ex(result, lock_class);
    LockObject& lock = lock_object(Z_OBJ_P(result));
    lock.attachment = attachment_of(*cache_object(cache));
    lock.store = &session->store();
    lock.ticket = attempt.ticket;
  }
  return true;
}

}  // namespace nitro::php

ZEND_METHOD(NitroLock, __construct) { ZEND_PARSE_PARAMETERS_NONE(); }

ZEND_METHOD(NitroLock, release) {
  ZEND_PARSE_PARAMETERS_NONE();
  RETURN_BOOL(release(lock_object(Z_OBJ_P(ZEND_THIS))));
}

ZEND_METHOD(NitroLock, extend) {
  double seconds = 30;
  ZEND_PARSE_PARAMETERS_START(0, 1)
    Z_PARAM_OPTIONAL
    Z_PARAM_DOUBLE(seconds)
  ZEND_PARSE_PARAMETERS_END();

  Milliseconds lease;
  if (!parse_seconds(seconds, 1, lease)) {
    RETURN_THROWS();
  }
  const LockObject& lock = lock_object(Z_OBJ_P(ZEND_THIS));
  Session* session = session_of_lock(lock);
  RETURN_BOOL(session != nullptr && session->extend_lock(lock.ticket, lease));
}

ZEND_METHOD(NitroLock, isHeld) {
  ZEND_PARSE_PARAMETERS_NONE();
  const LockObject& lock = lock_object(Z_OBJ_P(ZEND_THIS));
  const Session* session = session_of_lock(lock);
  RETURN_BOOL(session != nullptr && session->holds(lock.ticket));
}
