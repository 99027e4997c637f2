// The PHP object behind `new NitroCache`: the way to this thread's attachment, and for a namespace
// what all of its keys begin with.
#pragma once

#include "core/base/clock.h"
#include "core/store/store.h"

#include "ext/attachment.h"

#include "ext/zend_headers.h"

namespace nitro::php {

struct CacheObject {
  // Belongs to the thread, which outlives the object. nullptr until the constructor has run, and
  // for a namespace, so that whoever reads without one has nothing else to look at.
  Attachment* attachment;
  // Of a namespace; otherwise both are nullptr.
  Attachment* space_attachment;
  zend_string* prefix;
  zend_object std;
};

// nullptr: the constructor was not called.
[[nodiscard]] inline Attachment* attachment_of(const CacheObject& object) noexcept {
  return object.attachment != nullptr ? object.attachment : object.space_attachment;
}

[[nodiscard]] inline CacheObject* cache_object(zend_object* object) noexcept {
  return reinterpret_cast<CacheObject*>(reinterpret_cast<char*>(object) -
                                        XtOffsetOf(CacheObject, std));
}

// Says how objects of the class and of those that extend it are made.
void set_up_cache_objects(zend_class_entry* class_entry);

// At the first call of a request, when the segment was given up, in a namespace, or without a
// constructor. nullptr: an exception was thrown.
[[nodiscard]] Session* renewed_session(CacheObject& object);

// Every look around takes place between two calls: user code may have run since the last one.
[[nodiscard]] Session* session_after_look(CacheObject& object);

// The way into the cache for a call that reads. nullptr: an exception was thrown. Do not keep it
// across anything that runs PHP code.
[[nodiscard]] inline Session* session_of(zend_object* this_object) {
  CacheObject& object = *cache_object(this_object);
  if (object.attachment != nullptr && object.attachment->is_current()) [[likely]] {
    return &object.attachment->session();
  }
  return renewed_session(object);
}

// The same for a call that writes; it looks around now and then.
[[nodiscard]] inline Session* writing_session_of(zend_object* this_object) {
  Session* session = session_of(this_object);
  if (session == nullptr) [[unlikely]] {
    return nullptr;
  }
  CacheObject& object = *cache_object(this_object);
  if (attachment_of(object)->is_look_due()) [[unlikely]] {
    return session_after_look(object);
  }
  return session;
}

}  // namespace nitro::php
