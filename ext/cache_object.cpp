#include "ext/cache_object.h"

#include "ext/errors.h"
#include "ext/globals.h"

namespace nitro::php {
namespace {

zend_object_handlers handlers;

zend_object* create_cache_object(zend_class_entry* class_entry) {
  auto* object = static_cast<CacheObject*>(zend_object_alloc(sizeof(CacheObject), class_entry));
  object->attachment = nullptr;
  object->space_attachment = nullptr;
  object->prefix = nullptr;
  zend_object_std_init(&object->std, class_entry);
  object_properties_init(&object->std, class_entry);
  object->std.handlers = &handlers;
  return &object->std;
}

void free_cache_object(zend_object* object) {
  if (zend_string* prefix = cache_object(object)->prefix) {
    zend_string_release(prefix);
  }
  zend_object_std_dtor(object);
}

}  // namespace

void set_up_cache_objects(zend_class_entry* class_entry) {
  handlers = *zend_get_std_object_handlers();
  handlers.offset = XtOffsetOf(CacheObject, std);
  handlers.clone_obj = nullptr;
  handlers.free_obj = free_cache_object;
  class_entry->create_object = create_cache_object;
}

Session* renewed_session(CacheObject& object) {
  Attachment* attachment = attachment_of(object);
  if (attachment == nullptr) {
    zend_throw_error(nullptr, "The constructor of %s was not called",
                     ZSTR_VAL(object.std.ce->name));
    return nullptr;
  }
  AttachmentTable& table = *NITRO_G(attachments);
  if (!attachment->is_current() && !table.renew(*attachment)) {
    throw_error(table.failure());
    return nullptr;
  }
  return &attachment->session();
}

Session* session_after_look(CacheObject& object) {
  attachment_of(object)->look_around();
  return session_of(&object.std);
}

}  // namespace nitro::php
