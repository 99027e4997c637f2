#include "ext/entry_class.h"

#include <chrono>
#include <cstring>

#include "ext/codec/graph.h"
#include "ext/codec/strings.h"
#include "ext/tag_names.h"

namespace nitro::php {
namespace {

zend_class_entry* entry_class;

// A function of its own, so that reflection does not make objects without properties, either.
zend_object* create_entry(zend_class_entry* class_entry) {
  zend_object* object = zend_objects_new(class_entry);
  object_properties_init(object, class_entry);
  return object;
}

// As get_debug_type() says it, but "object" for whatever class.
const char* kind_of(const Entry& entry) noexcept {
  switch (entry.kind) {
    case ValueKind::kNull:
      return "null";
    case ValueKind::kFalse:
    case ValueKind::kTrue:
      return "bool";
    case ValueKind::kInteger:
      return "int";
    case ValueKind::kFloat:
      return "float";
    case ValueKind::kShortString:
    case ValueKind::kLongString:
    case ValueKind::kCompressedString:
      return "string";
    case ValueKind::kRateLimit:
      return "rate limit";
    case ValueKind::kIgbinary:
      return "object";
    case ValueKind::kArray:
      return "array";
    case ValueKind::kGraph: {
      const auto* head = reinterpret_cast<const GraphHead*>(entry.bytes.data());
      const bool is_array =
          entry.bytes.size() >= sizeof(GraphHead) && Z_TYPE(head->root) == IS_ARRAY;
      return is_array ? "array" : "object";
    }
  }
  return "unknown";  // damage
}

std::size_t payload_size(const Entry& entry) noexcept {
  const std::size_t stored = entry.bytes.size();
  if (entry.kind == ValueKind::kCompressedString && stored >= sizeof(std::uint64_t)) {
    std::uint64_t length = 0;
    std::memcpy(&length, entry.bytes.data(), sizeof(length));
    return length;
  }
  return entry.kind == ValueKind::kLongString && stored >= kLongStringOverhead
             ? stored - kLongStringOverhead
             : stored;
}

// Seconds since 1970, in whole milliseconds.
double unix_time(MonotonicTime time, MonotonicTime now) {
  const auto wall_clock = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::system_clock::now().time_since_epoch());
  return (static_cast<double>(wall_clock.count()) + static_cast<double>(time.value - now.value)) /
         1000;
}

void set(zval* entry, const char* name, zval* value) {
  zend_update_property(entry_class, Z_OBJ_P(entry), name, std::strlen(name), value);
}

void set(zval* entry, const char* name, std::uint64_t number) {
  zval value;
  ZVAL_LONG(&value, static_cast<zend_long>(number));
  set(entry, name, &value);
}

void set_expires(zval* entry, MonotonicTime deadline, MonotonicTime now) {
  zval time;
  ZVAL_NULL(&time);
  if (deadline != kNever) {
    ZVAL_DOUBLE(&time, unix_time(deadline, now));
  }
  set(entry, "expires", &time);
}

void set_extras(zval* entry, const Extras* extras) {
  zval created;
  ZVAL_NULL(&created);
  zval tags;
  array_init(&tags);
  if (extras != nullptr) {
    if (extras->created_at != 0) {
      ZVAL_LONG(&created, extras->created_at);
    }
    TagNames names(extras->text());
    while (const auto name = names.next()) {
      add_next_index_stringl(&tags, name->data(), name->size());
    }
  }
  set(entry, "created", &created);
  set(entry, "tags", &tags);
  zval_ptr_dtor(&tags);
}

}  // namespace

void set_up_entries(zend_class_entry* class_entry) {
  entry_class = class_entry;
  class_entry->create_object = create_entry;
}

// Runs no PHP code while the entry is held.
void make_entry(Session& session, std::string_view key, zval* result) {
  const auto entry = session.peek(key);
  if (!entry) {
    return;
  }
  object_init_ex(result, entry_class);
  set(result, "size", payload_size(*entry));
  set(result, "storedSize", session.stored_size(*entry).value);
  zval kind;
  ZVAL_STRING(&kind, kind_of(*entry));
  set(result, "kind", &kind);
  zval_ptr_dtor(&kind);
  set_expires(result, entry->deadline, session.store().now());
  set_extras(result, session.extras_of(*entry));
  session.release();
}

}  // namespace nitro::php

using namespace nitro::php;

ZEND_METHOD(NitroEntry, __construct) { ZEND_PARSE_PARAMETERS_NONE(); }
