#include "ext/iterator_class.h"

#include "core/store/keys.h"

#include "ext/cache_object.h"
#include "ext/codec/codec.h"

namespace nitro::php {
namespace {

zend_class_entry* iterator_class;
zend_object_handlers handlers;

// Between two calls it holds what is PHP's only: nothing of the cache.
struct IteratorObject {
  KeyCursor cursor;
  const Session* session;  // whose keys these are; nullptr: the walk has not begun
  zend_string* prefix;
  std::size_t stripped;
  Yield yield;
  zend_long next_position;
  zval cache;
  zval key;
  zval current;  // undefined: the walk is over
  zend_object std;
};

IteratorObject& iterator_object(zend_object* object) noexcept {
  return *reinterpret_cast<IteratorObject*>(reinterpret_cast<char*>(object) -
                                            XtOffsetOf(IteratorObject, std));
}

zend_object* create_iterator(zend_class_entry* class_entry) {
  auto* it = static_cast<IteratorObject*>(zend_object_alloc(sizeof(IteratorObject), class_entry));
  it->session = nullptr;
  it->prefix = ZSTR_EMPTY_ALLOC();
  ZVAL_UNDEF(&it->cache);
  ZVAL_UNDEF(&it->key);
  ZVAL_UNDEF(&it->current);
  zend_object_std_init(&it->std, class_entry);
  object_properties_init(&it->std, class_entry);
  it->std.handlers = &handlers;
  return &it->std;
}

void free_iterator(zend_object* object) {
  IteratorObject& it = iterator_object(object);
  zval_ptr_dtor(&it.current);
  zval_ptr_dtor(&it.key);
  zval_ptr_dtor(&it.cache);
  zend_string_release(it.prefix);
  zend_object_std_dtor(object);
}

// For the garbage collector: a cache's subclass may hold the iterator.
HashTable* name_what_is_held(zend_object* object, zval** table, int* count) {
  IteratorObject& it = iterator_object(object);
  zend_get_gc_buffer* buffer = zend_get_gc_buffer_create();
  zend_get_gc_buffer_add_zval(buffer, &it.cache);
  zend_get_gc_buffer_add_zval(buffer, &it.current);
  zend_get_gc_buffer_use(buffer, table, count);
  return nullptr;
}

// Takes over both. What was there goes last: its destructor may use the iterator.
void stand_at(IteratorObject& it, const zval& key, const zval& current) {
  zval old_key;
  zval old_current;
  ZVAL_COPY_VALUE(&old_key, &it.key);
  ZVAL_COPY_VALUE(&old_current, &it.current);
  ZVAL_COPY_VALUE(&it.key, &key);
  ZVAL_COPY_VALUE(&it.current, &current);
  zval_ptr_dtor(&old_key);
  zval_ptr_dtor(&old_current);
}

void stand_at_end(IteratorObject& it) {
  zval none;
  ZVAL_UNDEF(&none);
  stand_at(it, none, none);
}

// The session whose keys the iterator walks through. nullptr: its segment was given up, or an
// exception was thrown.
Session* session_of_walk(const IteratorObject& it) {
  Session* session = session_of(Z_OBJ(it.cache));
  return session == it.session ? session : nullptr;
}

// Decoding may run PHP code, which may use this iterator.
void advance(IteratorObject& it) {
  while (Session* session = session_of_walk(it)) {
    const auto found = it.cursor.next(*session, view_of(it.prefix));
    if (!found) {
      break;
    }
    const std::string_view shown = found->key.substr(it.stripped);
    zval key;
    ZVAL_STRINGL_FAST(&key, shown.data(), shown.size());
    if (it.yield == Yield::kKeys) {
      session->release();
      zval position;
      ZVAL_LONG(&position, it.next_position++);
      stand_at(it, position, key);
      return;
    }
    zval value;
    if (decode(*session, found->entry, &value)) {
      stand_at(it, key, value);
      return;
    }
    zval_ptr_dtor(&key);
    if (EG(exception) != nullptr) {
      break;
    }
  }
  stand_at_end(it);
}

void rewind(IteratorObject& it) {
  it.cursor = KeyCursor();
  it.next_position = 0;
  it.session = session_of(Z_OBJ(it.cache));
  if (it.session != nullptr) {
    advance(it);
  } else {
    stand_at_end(it);
  }
}

// The iterator, at its first element at least.
IteratorObject& begun(zend_object* object) {
  IteratorObject& it = iterator_object(object);
  if (it.session == nullptr) {
    rewind(it);
  }
  return it;
}

// --- foreach, without a method call per step

IteratorObject& walked_by(zend_object_iterator* walker) {
  return iterator_object(Z_OBJ(walker->data));
}

void end_foreach(zend_object_iterator* walker) { zval_ptr_dtor(&walker->data); }

int is_at_element(zend_object_iterator* walker) {
  return Z_ISUNDEF(begun(Z_OBJ(walker->data)).current) ? FAILURE : SUCCESS;
}

zval* current_of(zend_object_iterator* walker) { return &walked_by(walker).current; }

void key_of(zend_object_iterator* walker, zval* key) { ZVAL_COPY(key, &walked_by(walker).key); }

void move_on(zend_object_iterator* walker) { advance(walked_by(walker)); }

void move_to_start(zend_object_iterator* walker) { rewind(walked_by(walker)); }

HashTable* name_walked(zend_object_iterator* walker, zval** table, int* count) {
  *table = &walker->data;
  *count = 1;
  return nullptr;
}

const zend_object_iterator_funcs kForeach = {
    end_foreach, is_at_element, current_of, key_of, move_on, move_to_start,
    nullptr,  // invalidate_current: there is nothing to forget
    name_walked,
};

zend_object_iterator* begin_foreach(zend_class_entry*, zval* object, int by_reference) {
  if (by_reference != 0) {
    zend_throw_error(nullptr, "An iterator cannot be used with foreach by reference");
    return nullptr;
  }
  auto* walker = static_cast<zend_object_iterator*>(emalloc(sizeof(zend_object_iterator)));
  zend_iterator_init(walker);
  ZVAL_COPY(&walker->data, object);
  walker->funcs = &kForeach;
  return walker;
}

}  // namespace

void set_up_iterators(zend_class_entry* class_entry) {
  iterator_class = class_entry;
  handlers = *zend_get_std_object_handlers();
  handlers.offset = XtOffsetOf(IteratorObject, std);
  handlers.free_obj = free_iterator;
  handlers.clone_obj = nullptr;
  handlers.get_gc = name_what_is_held;
  class_entry->create_object = create_iterator;
  class_entry->get_iterator = begin_foreach;
}

void make_iterator(zend_object* cache, zend_string* prefix, std::size_t stripped, Yield yield,
                   zval* result) {
  object_init_ex(result, iterator_class);
  IteratorObject& it = iterator_object(Z_OBJ_P(result));
  ZVAL_OBJ_COPY(&it.cache, cache);
  it.prefix = zend_string_copy(prefix);
  it.stripped = stripped;
  it.yield = yield;
}

}  // namespace nitro::php

using namespace nitro::php;

ZEND_METHOD(NitroIterator, __construct) { ZEND_PARSE_PARAMETERS_NONE(); }

ZEND_METHOD(NitroIterator, current) {
  ZEND_PARSE_PARAMETERS_NONE();

  const IteratorObject& it = begun(Z_OBJ_P(ZEND_THIS));
  if (!Z_ISUNDEF(it.current)) {
    RETURN_COPY(&it.current);
  }
}

ZEND_METHOD(NitroIterator, key) {
  ZEND_PARSE_PARAMETERS_NONE();

  const IteratorObject& it = begun(Z_OBJ_P(ZEND_THIS));
  if (!Z_ISUNDEF(it.current)) {
    RETURN_COPY(&it.key);
  }
}

ZEND_METHOD(NitroIterator, next) {
  ZEND_PARSE_PARAMETERS_NONE();

  advance(begun(Z_OBJ_P(ZEND_THIS)));
}

ZEND_METHOD(NitroIterator, rewind) {
  ZEND_PARSE_PARAMETERS_NONE();

  rewind(iterator_object(Z_OBJ_P(ZEND_THIS)));
}

ZEND_METHOD(NitroIterator, valid) {
  ZEND_PARSE_PARAMETERS_NONE();

  RETURN_BOOL(!Z_ISUNDEF(begun(Z_OBJ_P(ZEND_THIS)).current));
}
