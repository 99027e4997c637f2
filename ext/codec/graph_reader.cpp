#include "ext/codec/graph_reader.h"

#include <cstring>

#include "ext/codec/address_map.h"
#include "ext/codec/class_facts.h"
#include "ext/codec/class_lookup.h"
#include "ext/codec/delayed_calls.h"
#include "ext/codec/graph_memory.h"
#include "ext/codec/named_property.h"

namespace nitro::php {
namespace {

// Zend's macros mean this one; core has its own.
using ::Bucket;

bool is_thrown() { return EG(exception) != nullptr; }

// Builds one value. Has no destructor, since what it calls may bail out: finish() ends it.
//
// When a function gives false, what it was to fill is a value that can be destroyed.
class GraphReader {
 public:
  enum class Strings {
    kInPlace,  // strings and pure arrays are used where they lie
    kCopied
  };

  GraphReader(const GraphMemory& memory, Strings strings) noexcept
      : memory_(memory),
        is_in_place_(strings == Strings::kInPlace),
        // No element is looked at twice, so whoever wants more of them has damaged pointers.
        elements_left_(memory.size() / sizeof(zval)) {}

  [[nodiscard]] bool root(zval* to) {
    ZVAL_UNDEF(to);
    const GraphHead* head = memory_.head();
    if (head == nullptr || head->node_count > memory_.size() / sizeof(ReferenceNode)) {
      return false;
    }
    node_count_ = static_cast<std::uint32_t>(head->node_count);
    if (node_count_ > kFewNodes) {
      nodes_ = static_cast<zend_refcounted**>(ecalloc(node_count_, sizeof(zend_refcounted*)));
    }
    return value(&head->root, to);
  }

  // Runs what was delayed, and frees what was needed.
  void finish(bool is_whole) {
    if (nodes_ != few_nodes_) {
      efree(nodes_);
    }
    for (std::uint32_t i = 0; i < held_count_; ++i) {
      zval held;
      ZVAL_COPY_VALUE(&held, &held_[i]);
      zval_ptr_dtor(&held);
    }
    if (held_ != nullptr) {
      efree(held_);
    }
    copies_.free();
    delayed_.run(is_whole);
  }

 private:
  [[nodiscard]] bool value(const zval* from, zval* to) {
    switch (Z_TYPE_INFO_P(from)) {
      case IS_UNDEF:
      case IS_NULL:
      case IS_FALSE:
      case IS_TRUE:
      case IS_LONG:
      case IS_DOUBLE:
        ZVAL_COPY_VALUE(to, from);
        return true;
      case IS_INTERNED_STRING_EX:
        return string(from, to);
      case IS_ARRAY:
        return is_in_place_ ? array_in_place(from, to) : array(from, to);
      case IS_ARRAY_EX:
        return array(from, to);
      case IS_REFERENCE_EX:
        return reference(from, to);
      case IS_OBJECT_EX:
        return object(from, to);
      default:
        ZVAL_UNDEF(to);
        return false;
    }
  }

  // --- strings

  [[nodiscard]] bool string(const zval* from, zval* to) {
    zend_string* string = string_at(Z_STR_P(from));
    if (string == nullptr) {
      ZVAL_UNDEF(to);
      return false;
    }
    ZVAL_STR(to, string);
    return true;
  }

  // Owned by the caller. nullptr: it leads out of the value.
  [[nodiscard]] zend_string* string_at(const zend_string* pointer) {
    if (is_in_place_) {
      return const_cast<zend_string*>(memory_.follow(pointer, _ZSTR_HEADER_SIZE));
    }
    const zend_string* from = memory_.string(pointer);
    if (from == nullptr) {
      return nullptr;
    }
    if (ZSTR_LEN(from) <= 1) {
      return zend_string_init_fast(ZSTR_VAL(from), ZSTR_LEN(from));
    }
    const bool is_shared = GC_REFCOUNT(from) == kShared;
    if (is_shared) {
      if (const std::uint64_t* copy = copies_.find(from)) {
        return zend_string_copy(reinterpret_cast<zend_string*>(*copy));
      }
    }
    zend_string* copy = zend_string_init(ZSTR_VAL(from), ZSTR_LEN(from), /*persistent=*/false);
    ZSTR_H(copy) = ZSTR_H(from);
    if (is_shared) {
      zval holder;
      ZVAL_STR_COPY(&holder, copy);
      hold(from, &holder);
    }
    return copy;
  }

  // Remembers a copy, since it will be asked for again. Takes `copy`.
  void hold(const void* from, zval* copy) {
    if (held_count_ == held_capacity_) {
      held_capacity_ = held_capacity_ == 0 ? 16 : 2 * held_capacity_;
      held_ = static_cast<zval*>(safe_erealloc(held_, held_capacity_, sizeof(zval), 0));
    }
    ZVAL_COPY_VALUE(&held_[held_count_++], copy);
    copies_.insert(from, reinterpret_cast<std::uint64_t>(Z_COUNTED_P(copy)));
  }

  // --- arrays

  [[nodiscard]] bool array_in_place(const zval* from, zval* to) {
    const zend_array* array = memory_.follow(Z_ARR_P(from));
    if (array == nullptr) {
      ZVAL_UNDEF(to);
      return false;
    }
    Z_ARR_P(to) = const_cast<zend_array*>(array);
    Z_TYPE_INFO_P(to) = IS_ARRAY;  // not counted: nobody frees it
    return true;
  }

  [[nodiscard]] bool array(const zval* from, zval* to) {
    ZVAL_UNDEF(to);
    GraphMemory::ArrayView view;
    if (!memory_.array(Z_ARR_P(from), view) || depth_ > kMaxDepth || is_past_memory_limit()) {
      return false;
    }
    const bool is_shared = Z_TYPE_INFO_P(from) == IS_ARRAY && GC_REFCOUNT(view.array) == kShared;
    if (is_shared) {
      if (const std::uint64_t* copy = copies_.find(view.array)) {
        ZVAL_ARR(to, reinterpret_cast<zend_array*>(*copy));
        Z_ADDREF_P(to);
        return true;
      }
    }
    if (view.shape.used > elements_left_) {
      return false;
    }
    elements_left_ -= view.shape.used;
    zend_array* copy = zend_new_array(0);
    ZVAL_ARR(to, copy);
    copy->nNextFreeElement = view.array->nNextFreeElement;
    if (view.shape.used != 0) {
      ++depth_;
      const bool is_whole = view.shape.is_packed ? packed(view, copy) : hashed(view, copy);
      --depth_;
      if (!is_whole) {
        return false;
      }
    }
    if (is_shared) {
      zval holder;
      ZVAL_COPY(&holder, to);
      hold(view.array, &holder);
    }
    return true;
  }

  // Gives `copy` its memory.
  static std::byte* allocate(const ArrayShape& shape, zend_array* copy) {
    auto* data = static_cast<std::byte*>(emalloc(shape.full_bytes()));
    std::memset(data, 0xff, shape.hash_bytes());
    copy->nTableMask = shape.mask();
    copy->nTableSize = shape.table_size;
    HT_SET_DATA_ADDR(copy, data);
    HT_FLAGS(copy) = shape.is_packed ? HASH_FLAG_PACKED | HASH_FLAG_STATIC_KEYS : 0;
    return data + shape.hash_bytes();
  }

  [[nodiscard]] bool packed(const GraphMemory::ArrayView& view, zend_array* copy) {
    allocate(view.shape, copy);
    const auto* from = reinterpret_cast<const PackedElement*>(view.data + view.shape.hash_bytes());
    PackedElement* to = reinterpret_cast<PackedElement*>(packed_elements(copy));
    for (std::uint32_t i = 0; i < view.shape.used; ++i) {
      set_packed_key(to + i, i);
      const bool is_whole = value(value_of(from + i), value_of(to + i));
      copy->nNumUsed = i + 1;
      copy->nNumOfElements += Z_TYPE_P(value_of(to + i)) != IS_UNDEF ? 1 : 0;
      if (!is_whole) {
        return false;
      }
    }
    return true;
  }

  [[nodiscard]] bool hashed(const GraphMemory::ArrayView& view, zend_array* copy) {
    allocate(view.shape, copy);
    HT_FLAGS(copy) = is_in_place_ ? HASH_FLAG_STATIC_KEYS : 0;
    const auto* from = reinterpret_cast<const Bucket*>(view.data + view.shape.hash_bytes());
    for (std::uint32_t i = 0; i < view.shape.used; ++i) {
      Bucket& to = copy->arData[i];
      to.h = from[i].h;
      to.key = nullptr;
      ZVAL_UNDEF(&to.val);
      if (from[i].key != nullptr) {
        to.key = string_at(from[i].key);
        if (to.key == nullptr) {
          return false;
        }
      }
      // In the table before its value: then it is freed with it.
      const auto slot =
          static_cast<std::int32_t>(static_cast<std::uint32_t>(to.h) | copy->nTableMask);
      Z_NEXT(to.val) = HT_HASH(copy, slot);
      HT_HASH(copy, slot) = HT_IDX_TO_HASH(i);
      copy->nNumUsed = i + 1;
      const bool is_whole = value(&from[i].val, &to.val);
      if (Z_TYPE(to.val) == IS_UNDEF) {
        if (to.key != nullptr) {
          zend_string_release(to.key);
          to.key = nullptr;
        }
        return false;  // a hash is stored without holes
      }
      ++copy->nNumOfElements;
      if (!is_whole) {
        return false;
      }
    }
    return true;
  }

  // --- references and objects

  // The cell of this node; nullptr: there is no such number.
  [[nodiscard]] zend_refcounted** node(std::uint64_t number) noexcept {
    return number < node_count_ ? &nodes_[number] : nullptr;
  }

  [[nodiscard]] bool reference(const zval* from, zval* to) {
    ZVAL_UNDEF(to);
    const auto* stored = memory_.follow(reinterpret_cast<const ReferenceNode*>(Z_PTR_P(from)));
    zend_refcounted** made = stored == nullptr ? nullptr : node(stored->number);
    if (made == nullptr || depth_ > kMaxDepth || is_past_memory_limit()) {
      return false;
    }
    if (*made != nullptr) {
      if (GC_TYPE(*made) != IS_REFERENCE) {
        return false;
      }
      ZVAL_REF(to, reinterpret_cast<zend_reference*>(*made));
      Z_ADDREF_P(to);
      return true;
    }
    ZVAL_NEW_EMPTY_REF(to);
    zval* inner = Z_REFVAL_P(to);
    ZVAL_NULL(inner);
    *made = Z_COUNTED_P(to);
    // Built where it will be: on the way through itself a typed property may look what is there.
    ++depth_;
    const bool is_whole = value(&stored->value, inner);
    --depth_;
    if (Z_TYPE_P(inner) == IS_UNDEF) {
      ZVAL_NULL(inner);
      return false;
    }
    return is_whole;
  }

  [[nodiscard]] bool object(const zval* from, zval* to) {
    ZVAL_UNDEF(to);
    const auto* stored = memory_.follow(reinterpret_cast<const ObjectNode*>(Z_PTR_P(from)));
    zend_refcounted** made = stored == nullptr ? nullptr : node(stored->number);
    if (made == nullptr || depth_ > kMaxDepth || is_past_memory_limit()) {
      return false;
    }
    if (*made != nullptr) {
      if (GC_TYPE(*made) != IS_OBJECT) {
        return false;
      }
      ZVAL_OBJ_COPY(to, reinterpret_cast<zend_object*>(*made));
      return true;
    }
    const ClassNode* class_node = memory_.follow(stored->class_node);
    if (class_node == nullptr || class_node->slot_count > memory_.size() / sizeof(zval)) {
      return false;
    }
    zend_class_entry* class_entry = class_of(class_node, stored->form);
    if (class_entry == nullptr) {
      return false;
    }
    ++depth_;
    const bool is_whole = build(stored, class_node, class_entry, made, to);
    --depth_;
    return is_whole;
  }

  // nullptr: an exception was thrown, or the name leads out of the value.
  [[nodiscard]] zend_class_entry* class_of(const ClassNode* class_node, ObjectForm form) {
    if (class_node == last_class_node_) {
      return last_class_;
    }
    const zend_string* name = memory_.string(class_node->name);
    const zend_string* lower_case = memory_.string(class_node->lower_case_name);
    if (name == nullptr || lower_case == nullptr) {
      return nullptr;
    }
    zend_class_entry* found = class_named(name, lower_case, form);
    if (found != nullptr) {
      last_class_node_ = class_node;
      last_class_ = found;
    }
    return found;
  }

  [[nodiscard]] zend_class_entry* class_named(const zend_string* name,
                                              const zend_string* lower_case, ObjectForm form) {
    zend_string* own_name = own(name);
    zend_string* own_lower_case = own(lower_case);
    zend_class_entry* found = form == ObjectForm::kEnumCase ? find_enum(own_name, own_lower_case)
                                                            : find_class(own_name, own_lower_case);
    zend_string_release(own_name);
    zend_string_release(own_lower_case);
    if (found != nullptr && (found->ce_flags & ZEND_ACC_NOT_SERIALIZABLE) != 0) {
      zend_throw_exception_ex(nullptr, 0, "Unserialization of '%s' is not allowed",
                              ZSTR_VAL(found->name));
      return nullptr;
    }
    return found;
  }

  // To be released by the caller.
  [[nodiscard]] zend_string* own(const zend_string* name) const {
    return is_in_place_ ? const_cast<zend_string*>(name)
                        : zend_string_init(ZSTR_VAL(name), ZSTR_LEN(name), /*persistent=*/false);
  }

  [[nodiscard]] bool build(const ObjectNode* stored, const ClassNode* class_node,
                           zend_class_entry* class_entry, zend_refcounted** made, zval* to) {
    if (stored->form == ObjectForm::kEnumCase) {
      return enum_case(stored, class_node, class_entry, made, to);
    }
    if (stored->form == ObjectForm::kString) {
      return from_string(stored, class_node, class_entry, made, to);
    }
    const bool is_missing = class_entry == php_ce_incomplete_class;
    if (stored->form == ObjectForm::kSlots && !is_missing &&
        class_entry->__unserialize == nullptr && class_entry->serialize == nullptr) {
      const ClassFacts& facts = facts_of(class_entry);
      if (facts.is_plain && facts.layout == class_node->layout &&
          class_node->slot_count ==
              static_cast<std::uint64_t>(class_entry->default_properties_count)) {
        return from_slots(stored, class_entry, facts.has_wakeup, made, to);
      }
    }
    if (class_entry->serialize != nullptr && class_entry->__unserialize == nullptr) {
      zend_error(E_WARNING, "Erroneous data format for unserializing '%s'",
                 ZSTR_VAL(class_entry->name));
      return false;
    }
    if (!begin(class_node, class_entry, made, to)) {
      return false;
    }
    return class_entry->__unserialize != nullptr ? through_unserialize(stored, class_node, to)
                                                 : by_names(stored, class_node, to);
  }

  // An object with its defaults. False: an exception was thrown.
  [[nodiscard]] bool begin(const ClassNode* class_node, zend_class_entry* class_entry,
                           zend_refcounted** made, zval* to) {
    if (object_init_ex(to, class_entry) != SUCCESS) {
      ZVAL_UNDEF(to);
      return false;
    }
    *made = Z_COUNTED_P(to);
    if (class_entry == php_ce_incomplete_class) {
      zend_string* name = own(memory_.string(class_node->name));
      php_store_class_name(to, name);
      zend_string_release(name);
    }
    return true;
  }

  // The class is as it was: its properties by slot.
  [[nodiscard]] bool from_slots(const ObjectNode* stored, zend_class_entry* class_entry,
                                bool has_wakeup, zend_refcounted** made, zval* to) {
    const auto count = static_cast<std::uint32_t>(class_entry->default_properties_count);
    const zval* slots = stored->slots();
    if (memory_.follow_local(slots, count * sizeof(zval)) == nullptr) {
      return false;
    }
    if (object_init_ex(to, class_entry) != SUCCESS) {
      ZVAL_UNDEF(to);
      return false;
    }
    zend_object* object = Z_OBJ_P(to);
    *made = Z_COUNTED_P(to);
    for (std::uint32_t i = 0; i < count; ++i) {
      if (Z_TYPE_INFO(slots[i]) != IS_UNDEF && !slot(object, i, &slots[i])) {
        return fail(object, has_wakeup);
      }
    }
    if (Z_TYPE_INFO(stored->data) != IS_UNDEF && !properties(object, &stored->data)) {
      return fail(object, has_wakeup);
    }
    if (has_wakeup) {
      delayed_.add_wakeup(object);
    }
    return true;
  }

  [[nodiscard]] bool slot(zend_object* object, std::uint32_t number, const zval* from) {
    zval* to = &object->properties_table[number];
    zval built;
    if (!value(from, &built)) {
      zval_ptr_dtor(&built);
      return false;
    }
    zend_property_info* info = object->ce->properties_info_table[number];
    if (Z_TYPE(built) < IS_OBJECT && !Z_REFCOUNTED_P(to)) {
      // Types are as they were, so scalars, strings and arrays need no second look.
      ZVAL_COPY_VALUE(to, &built);
      Z_EXTRA_P(to) = 0;  // it is initialized
      return true;
    }
    return set_slot(info, to, &built);
  }

  // Whoever was not completed is not woken up, and not destructed.
  static bool fail(zend_object* object, bool has_wakeup) {
    if (has_wakeup) {
      GC_ADD_FLAGS(object, IS_OBJ_DESTRUCTOR_CALLED);
    }
    return false;
  }

  // Properties that are not declared, or all of them by name.
  [[nodiscard]] bool properties(zend_object* object, const zval* from) {
    GraphMemory::ArrayView view;
    const bool is_array = Z_TYPE_P(from) == IS_ARRAY && memory_.array(Z_ARR_P(from), view);
    if (!is_array || view.shape.used > elements_left_) {
      return false;
    }
    elements_left_ -= view.shape.used;
    const std::byte* elements = view.data + view.shape.hash_bytes();
    for (std::uint32_t i = 0; i < view.shape.used; ++i) {
      bool is_set = false;
      if (view.shape.is_packed) {
        const auto* element = reinterpret_cast<const PackedElement*>(elements) + i;
        is_set = Z_TYPE_P(value_of(element)) == IS_UNDEF ||
                 property(object, nullptr, i, value_of(element));
      } else {
        const auto* bucket = reinterpret_cast<const Bucket*>(elements) + i;
        is_set = property(object, bucket->key, bucket->h, &bucket->val);
      }
      if (!is_set) {
        return false;
      }
    }
    return true;
  }

  // By `key`, or if that is nullptr by `index`.
  [[nodiscard]] bool property(zend_object* object, const zend_string* key, zend_ulong index,
                              const zval* from) {
    zend_string* name =
        key != nullptr ? string_at(key) : zend_long_to_str(static_cast<zend_long>(index));
    if (name == nullptr) {
      return false;
    }
    zval built;
    bool is_set = value(from, &built);
    if (is_set) {
      is_set = set_named_property(object, name, &built);
    } else {
      zval_ptr_dtor(&built);
    }
    zend_string_release(name);
    return is_set;
  }

  // The class has changed, is missing, or gives its properties by name.
  [[nodiscard]] bool by_names(const ObjectNode* stored, const ClassNode* class_node, zval* to) {
    zend_object* object = Z_OBJ_P(to);
    const bool has_wakeup =
        object->ce != php_ce_incomplete_class && facts_of(object->ce).has_wakeup;
    if (stored->form == ObjectForm::kSlots &&
        !named_slots(stored, class_node, [&](const zend_string* name, const zval* from) {
          return property(object, name, 0, from);
        })) {
      return fail(object, has_wakeup);
    }
    if (Z_TYPE_INFO(stored->data) != IS_UNDEF && !properties(object, &stored->data)) {
      return fail(object, has_wakeup);
    }
    if (has_wakeup) {
      delayed_.add_wakeup(object);
    }
    return true;
  }

  // Calls `visit(name, zval)` for each slot that has a value, until it gives false.
  template <typename Visit>
  [[nodiscard]] bool named_slots(const ObjectNode* stored, const ClassNode* class_node,
                                 Visit visit) {
    const std::uint64_t count = class_node->slot_count;
    const zval* slots = memory_.follow_local(stored->slots(), count * sizeof(zval));
    zend_string* const* names =
        memory_.follow_local(class_node->slot_names(), count * sizeof(zend_string*));
    if (slots == nullptr || names == nullptr) {
      return false;
    }
    for (std::uint64_t i = 0; i < count; ++i) {
      const bool has_value = names[i] != nullptr && Z_TYPE_INFO(slots[i]) != IS_UNDEF;
      if (has_value && !visit(names[i], &slots[i])) {
        return false;
      }
    }
    return true;
  }

  // The class wants an array; what was stored otherwise becomes one.
  [[nodiscard]] bool through_unserialize(const ObjectNode* stored, const ClassNode* class_node,
                                         zval* to) {
    zend_object* object = Z_OBJ_P(to);
    zval data;
    bool is_whole = true;
    if (Z_TYPE_INFO(stored->data) != IS_UNDEF) {
      is_whole = value(&stored->data, &data);
    } else {
      ZVAL_EMPTY_ARRAY(&data);
    }
    if (is_whole && Z_TYPE(data) != IS_ARRAY) {
      is_whole = false;
    }
    if (is_whole && stored->form == ObjectForm::kNamed) {
      // Names are always strings, keys may be ints.
      zend_array* by_keys = zend_proptable_to_symtable(Z_ARRVAL(data), /*always_duplicate=*/true);
      zval_ptr_dtor(&data);
      ZVAL_ARR(&data, by_keys);
    }
    if (is_whole && stored->form == ObjectForm::kSlots) {
      SEPARATE_ARRAY(&data);
      is_whole = named_slots(stored, class_node, [&](const zend_string* name, const zval* from) {
        zend_string* key = string_at(name);
        zval built;
        ZVAL_UNDEF(&built);
        const bool is_built = key != nullptr && value(from, &built);
        if (is_built) {
          zend_symtable_update(Z_ARRVAL(data), key, &built);
        } else {
          zval_ptr_dtor(&built);
        }
        if (key != nullptr) {
          zend_string_release(key);
        }
        return is_built;
      });
    }
    if (!is_whole) {
      zval_ptr_dtor(&data);
      return fail(object, true);
    }
    delayed_.add_unserialize(object, &data);
    return true;
  }

  [[nodiscard]] bool from_string(const ObjectNode* stored, const ClassNode* class_node,
                                 zend_class_entry* class_entry, zend_refcounted** made, zval* to) {
    const zend_string* text = Z_TYPE_INFO(stored->data) == IS_INTERNED_STRING_EX
                                  ? memory_.string(Z_STR(stored->data))
                                  : nullptr;
    if (text == nullptr) {
      return false;
    }
    if (class_entry->unserialize == nullptr) {
      zend_error(E_WARNING, "Class %s has no unserializer", ZSTR_VAL(class_entry->name));
      return !is_thrown() && begin(class_node, class_entry, made, to);
    }
    const int outcome = class_entry->unserialize(
        to, class_entry, reinterpret_cast<const unsigned char*>(ZSTR_VAL(text)), ZSTR_LEN(text),
        nullptr);
    if (outcome != SUCCESS || Z_TYPE_P(to) != IS_OBJECT) {
      return false;
    }
    *made = Z_COUNTED_P(to);
    return !is_thrown();
  }

  [[nodiscard]] bool enum_case(const ObjectNode* stored, const ClassNode* class_node,
                               zend_class_entry* class_entry, zend_refcounted** made, zval* to) {
    const zend_string* name = Z_TYPE_INFO(stored->data) == IS_INTERNED_STRING_EX
                                  ? memory_.string(Z_STR(stored->data))
                                  : nullptr;
    const zend_string* class_name = memory_.string(class_node->name);
    if (name == nullptr || class_name == nullptr) {
      return false;
    }
    if ((class_entry->ce_flags & ZEND_ACC_ENUM) == 0) {
      php_error_docref(nullptr, E_WARNING, "Class '%s' is not an enum", ZSTR_VAL(class_name));
      return false;
    }
    auto* constant = static_cast<zend_class_constant*>(
        zend_hash_str_find_ptr(CE_CONSTANTS_TABLE(class_entry), ZSTR_VAL(name), ZSTR_LEN(name)));
    if (constant == nullptr) {
      php_error_docref(nullptr, E_WARNING, "Undefined constant %s::%s", ZSTR_VAL(class_name),
                       ZSTR_VAL(name));
      return false;
    }
    if ((ZEND_CLASS_CONST_FLAGS(constant) & ZEND_CLASS_CONST_IS_CASE) == 0) {
      php_error_docref(nullptr, E_WARNING, "%s::%s is not an enum case", ZSTR_VAL(class_name),
                       ZSTR_VAL(name));
      return false;
    }
    if (Z_TYPE(constant->value) == IS_CONSTANT_AST &&
        zval_update_constant_ex(&constant->value, constant->ce) != SUCCESS) {
      return false;
    }
    ZVAL_COPY(to, &constant->value);
    *made = Z_COUNTED_P(to);
    return true;
  }

  static constexpr std::uint32_t kFewNodes = 8;

  const GraphMemory memory_;
  const bool is_in_place_;
  std::uint64_t elements_left_;
  std::uint32_t depth_ = 0;
  std::uint32_t node_count_ = 0;
  // Objects and references made so far, by number. They belong to the value.
  zend_refcounted* few_nodes_[kFewNodes] = {};
  zend_refcounted** nodes_ = few_nodes_;
  const ClassNode* last_class_node_ = nullptr;
  zend_class_entry* last_class_ = nullptr;
  // Copies of what the value has several times, by where it lies.
  AddressMap copies_;
  zval* held_ = nullptr;
  std::uint32_t held_count_ = 0;
  std::uint32_t held_capacity_ = 0;
  DelayedCalls delayed_;
};

bool read(const GraphMemory& memory, GraphReader::Strings strings, zval* result) {
  GraphReader reader(memory, strings);
  bool is_whole = reader.root(result);
  // A reference at the top would be one with nothing else: references are within arrays or objects.
  is_whole =
      is_whole && Z_TYPE_P(result) != IS_UNDEF && !Z_ISREF_P(result) && !is_past_memory_limit();
  reader.finish(is_whole);
  if (is_whole && !is_thrown()) {
    if (Z_REFCOUNTED_P(result) && Z_REFCOUNT_P(result) > 1) {
      // It holds itself. Who drops it without a variable, as in get('key')->name, would not tell
      // the garbage collector.
      gc_check_possible_root(Z_COUNTED_P(result));
    }
    return true;
  }
  zval_ptr_dtor(result);
  ZVAL_NULL(result);
  return false;
}

}  // namespace

bool decode_array(Session& session, const Entry& entry, zval* result) {
  const auto* head = reinterpret_cast<const GraphHead*>(entry.bytes.data());
  if (session.is_at_home() && session.try_pin(entry)) [[likely]] {
    session.release();
    Z_ARR_P(result) = reinterpret_cast<zend_array*>(const_cast<GraphHead*>(head + 1));
    Z_TYPE_INFO_P(result) = IS_ARRAY;  // not counted: nobody frees it
    return true;
  }
  const bool is_whole =
      read(GraphMemory(entry.bytes, session.home_of(entry)), GraphReader::Strings::kCopied, result);
  session.release();
  return is_whole;
}

bool decode_graph(Session& session, const Entry& entry, zval* result) {
  const std::uint64_t home = session.home_of(entry);
  if (session.is_at_home() && session.try_pin(entry)) [[likely]] {
    session.release();
    return read(GraphMemory(entry.bytes, home), GraphReader::Strings::kInPlace, result);
  }
  // Whole, and without its key: what is called from now on may use the cache.
  const std::size_t size = entry.bytes.size();
  auto* copy = static_cast<std::byte*>(emalloc(size));
  std::memcpy(copy, entry.bytes.data(), size);
  session.release();
  const bool is_whole =
      read(GraphMemory({copy, size}, home), GraphReader::Strings::kCopied, result);
  efree(copy);
  return is_whole;
}

}  // namespace nitro::php
