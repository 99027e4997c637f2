#include "ext/codec/collected.h"

#include <algorithm>

#include "ext/codec/class_facts.h"
#include "ext/codec/dates.h"

namespace nitro::php {
namespace {

bool is_thrown() { return EG(exception) != nullptr; }

bool is_incomplete(const zend_object* object) { return object->ce == php_ce_incomplete_class; }

bool looks_plain(const zend_object* object) {
  return object->handlers->get_properties_for == nullptr &&
         object->handlers->get_properties == zend_std_get_properties;
}

#if PHP_VERSION_ID >= 80400
bool is_lazy(zend_object* object) { return zend_object_is_lazy(object); }
#else
bool is_lazy(zend_object*) { return false; }
#endif

// --- __serialize()

bool call_serialize(CollectedObject& collected) {
  zend_object* object = collected.object;
  collected.form = ObjectForm::kData;
  if (describe_date(object, &collected.data)) {
    return true;
  }
  ++BG(serialize_lock);  // a serialize() of theirs is a document of its own
  zend_call_known_instance_method_with_0_params(object->ce->__serialize, object, &collected.data);
  --BG(serialize_lock);
  if (is_thrown()) {
    return false;
  }
  if (Z_TYPE(collected.data) != IS_ARRAY) {
    zend_type_error("%s::__serialize() must return an array", ZSTR_VAL(object->ce->name));
    return false;
  }
  return true;
}

// --- Serializable

bool call_serializable(CollectedObject& collected) {
  zval object;
  ZVAL_OBJ(&object, collected.object);
  unsigned char* bytes = nullptr;
  std::size_t length = 0;
  const int outcome = collected.object->ce->serialize(&object, &bytes, &length, nullptr);
  if (outcome == SUCCESS && !is_thrown()) {
    ZVAL_STRINGL(&collected.data, reinterpret_cast<char*>(bytes), length);
    collected.form = ObjectForm::kString;
  } else {
    collected.is_null = true;
  }
  if (bytes != nullptr) {
    efree(bytes);
  }
  return !is_thrown();
}

// --- __sleep()

// Adds the property of this mangled name. False: the object has none.
bool add_property(zend_array* to, zend_array* properties, zend_string* name, zend_string* said,
                  zend_object* object) {
  zval* value = zend_hash_find(properties, name);
  if (value == nullptr) {
    return false;
  }
  if (Z_TYPE_P(value) == IS_INDIRECT) {
    value = Z_INDIRECT_P(value);
    if (Z_TYPE_P(value) == IS_UNDEF) {
      // Not initialized is as good as not there, but it is not a mistake.
      return zend_get_typed_property_info_for_slot(object, value) != nullptr;
    }
  }
  if (zend_hash_add(to, name, value) == nullptr) {
    php_error_docref(nullptr, E_NOTICE, "\"%s\" is returned from __sleep() multiple times",
                     ZSTR_VAL(said));
  } else {
    Z_TRY_ADDREF_P(value);
  }
  return true;
}

bool add_mangled_property(zend_array* to, zend_array* properties, zend_string* scope,
                          zend_string* said, zend_object* object) {
  zend_string* mangled = zend_mangle_property_name(ZSTR_VAL(scope), ZSTR_LEN(scope), ZSTR_VAL(said),
                                                   ZSTR_LEN(said), false);
  const bool is_there = add_property(to, properties, mangled, said, object);
  zend_string_release(mangled);
  return is_there;
}

void add_named_property(zend_array* to, zend_array* properties, zval* name, zend_object* object) {
  ZVAL_DEREF(name);
  if (Z_TYPE_P(name) != IS_STRING) {
    php_error_docref(nullptr, E_WARNING,
                     "%s::__sleep() should return an array only containing the names of "
                     "instance-variables to serialize",
                     ZSTR_VAL(object->ce->name));
  }
  zend_string* said = zval_get_string(name);
  zend_string* is_protected = ZSTR_CHAR('*');
  if (!add_property(to, properties, said, said, object) && !is_thrown() &&
      !add_mangled_property(to, properties, object->ce->name, said, object) && !is_thrown() &&
      !add_mangled_property(to, properties, is_protected, said, object) && !is_thrown()) {
    php_error_docref(nullptr, E_WARNING,
                     "\"%s\" returned as member variable from __sleep() but does not exist",
                     ZSTR_VAL(said));
  }
  zend_string_release(said);
}

// Owned by the caller, as are its values.
zend_array* properties_to_store(zend_object* object) {
  zval holder;
  ZVAL_OBJ(&holder, object);
  return zend_get_properties_for(&holder, ZEND_PROP_PURPOSE_SERIALIZE);
}

bool call_sleep(CollectedObject& collected) {
  zend_object* object = collected.object;
  zval names;
  auto* function = static_cast<zend_function*>(
      zend_hash_find_ptr(&object->ce->function_table, ZSTR_KNOWN(ZEND_STR_SLEEP)));
  ++BG(serialize_lock);  // a serialize() of theirs is a document of its own
  zend_call_known_instance_method_with_0_params(function, object, &names);
  --BG(serialize_lock);
  if (is_thrown()) {
    zval_ptr_dtor(&names);
    return false;
  }
  if (Z_TYPE(names) != IS_ARRAY) {
    zval_ptr_dtor(&names);
    php_error_docref(nullptr, E_WARNING,
                     "%s::__sleep() should return an array only containing the names of "
                     "instance-variables to serialize",
                     ZSTR_VAL(object->ce->name));
    collected.is_null = true;
    return !is_thrown();
  }
  array_init(&collected.data);
  collected.form = ObjectForm::kNamed;
  zend_array* properties = properties_to_store(object);
  zval* name;
  ZEND_HASH_FOREACH_VAL(Z_ARRVAL(names), name) {
    add_named_property(Z_ARRVAL(collected.data), properties, name, object);
    if (is_thrown()) {
      break;
    }
  }
  ZEND_HASH_FOREACH_END();
  zend_release_properties(properties);
  zval_ptr_dtor(&names);
  return !is_thrown();
}

// --- internal classes, incomplete ones, lazy objects

void read_properties(CollectedObject& collected) {
  array_init(&collected.data);
  collected.form = ObjectForm::kNamed;
  zend_array* properties = properties_to_store(collected.object);
  if (properties == nullptr) {
    return;
  }
  zend_ulong index;
  zend_string* name;
  zval* value;
  ZEND_HASH_FOREACH_KEY_VAL_IND(properties, index, name, value) {
    if (name != nullptr && is_incomplete(collected.object) &&
        zend_string_equals_literal(name, MAGIC_MEMBER)) {
      continue;
    }
    Z_TRY_ADDREF_P(value);
    if (name != nullptr) {
      zend_hash_update(Z_ARRVAL(collected.data), name, value);
    } else {
      zend_hash_index_update(Z_ARRVAL(collected.data), index, value);
    }
  }
  ZEND_HASH_FOREACH_END();
  zend_release_properties(properties);
}

bool ask(CollectedObject& collected) {
  const zend_class_entry* class_entry = collected.object->ce;
  if (class_entry->__serialize != nullptr) {
    return call_serialize(collected);
  }
  if (class_entry->serialize != nullptr) {
    return call_serializable(collected);
  }
  if (!is_incomplete(collected.object) && facts_of(class_entry).has_sleep) {
    return call_sleep(collected);
  }
  read_properties(collected);
  return !is_thrown();
}

// Owned by the caller.
zend_string* class_name_of(zend_object* object) {
  zend_string* missing = is_incomplete(object) ? php_lookup_class_name(object) : nullptr;
  return missing != nullptr ? missing : zend_string_copy(object->ce->name);
}

}  // namespace

bool wants_to_be_asked(zend_object* object) {
  const zend_class_entry* class_entry = object->ce;
  if (class_entry->__serialize != nullptr || class_entry->serialize != nullptr ||
      is_incomplete(object) || !looks_plain(object) || is_lazy(object)) {
    return true;
  }
  const ClassFacts& facts = facts_of(class_entry);
  return facts.has_sleep || !facts.is_plain;
}

std::uint32_t CollectedObjects::add(zend_object* object) {
  const std::uint32_t number = objects_.size();
  CollectedObject collected{};
  collected.object = object;
  ZVAL_UNDEF(&collected.data);
  objects_.push(collected);
  GC_ADDREF(object);
  numbers_.insert(object, number);
  ++unasked_;
  return number;
}

void CollectedObjects::meet(zend_object* object) {
  const std::uint64_t* known = numbers_.find(object);
  const auto number = known != nullptr ? static_cast<std::uint32_t>(*known) : add(object);
  // Once per look is enough. Looks that begin at the same height follow one another; whoever was
  // met in the earlier one has been asked since.
  if (known != nullptr && objects_[number].met_in_look == look_begin_ + 1) {
    return;
  }
  objects_[number].met_in_look = look_begin_ + 1;
  pending_.push(number);
}

void CollectedObjects::end_look() noexcept {
  std::reverse(pending_.begin() + look_begin_, pending_.end());
}

const CollectedObject* CollectedObjects::ask_next() {
  std::uint32_t number = pending_.pop();
  while (objects_[number].is_asked) {
    number = pending_.pop();
  }
  // What PHP code does in between does not change this list, but it may be thrown out of here.
  CollectedObject collected = objects_[number];
  collected.class_name = class_name_of(collected.object);
  const bool is_done = ask(collected);
  collected.is_asked = true;
  objects_[number] = collected;
  --unasked_;
  return is_done ? &objects_[number] : nullptr;
}

void CollectedObjects::free() {
  for (CollectedObject& collected : objects_) {
    zval_ptr_dtor(&collected.data);
    if (collected.class_name != nullptr) {
      zend_string_release(collected.class_name);
    }
    OBJ_RELEASE(collected.object);
  }
  objects_.free();
  pending_.free();
  numbers_.free();
  *this = {};
}

}  // namespace nitro::php
