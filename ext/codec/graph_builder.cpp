#include "ext/codec/graph_builder.h"

#include <cstring>

#include "ext/codec/memory_limit.h"

namespace nitro::php {
namespace {

// Gives `copy` its memory.
void allocate(const ArrayShape& shape, zend_array* copy) {
  auto* data = static_cast<std::byte*>(emalloc(shape.full_bytes()));
  std::memset(data, 0xff, shape.hash_bytes());
  copy->nTableMask = shape.mask();
  copy->nTableSize = shape.table_size;
  HT_SET_DATA_ADDR(copy, data);
  HT_FLAGS(copy) = shape.is_packed ? HASH_FLAG_PACKED | HASH_FLAG_STATIC_KEYS : 0;
}

}  // namespace

bool GraphBuilder::root(zval* to) {
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

void GraphBuilder::finish(bool is_whole) {
  if (nodes_ != few_nodes_) {
    efree(nodes_);
  }
  for (zval& held : held_) {
    zval_ptr_dtor(&held);
  }
  held_.free();
  copies_.free();
  delayed_.run(is_whole);
}

zend_string* GraphBuilder::copied_string(const zend_string* pointer) {
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
  if (ZSTR_LEN(from) > characters_left_) {
    return nullptr;
  }
  characters_left_ -= ZSTR_LEN(from);
  zend_string* copy = zend_string_init(ZSTR_VAL(from), ZSTR_LEN(from), /*persistent=*/false);
  ZSTR_H(copy) = ZSTR_H(from);
  if (is_shared) {
    zval holder;
    ZVAL_STR_COPY(&holder, copy);
    hold(from, &holder);
  }
  return copy;
}

void GraphBuilder::hold(const void* from, zval* copy) {
  held_.push(*copy);
  copies_.insert(from, reinterpret_cast<std::uint64_t>(Z_COUNTED_P(copy)));
}

bool GraphBuilder::array_in_place(const zval* from, zval* to) {
  const zend_array* array = memory_.follow(Z_ARR_P(from));
  if (array == nullptr) {
    ZVAL_UNDEF(to);
    return false;
  }
  Z_ARR_P(to) = const_cast<zend_array*>(array);
  Z_TYPE_INFO_P(to) = IS_ARRAY;  // not counted: nobody frees it
  return true;
}

bool GraphBuilder::array(const zval* from, zval* to) {
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
  if (!use_elements(view.shape.used)) {
    return false;
  }
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

bool GraphBuilder::packed(const GraphMemory::ArrayView& view, zend_array* copy) {
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

bool GraphBuilder::hashed(const GraphMemory::ArrayView& view, zend_array* copy) {
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

GraphBuilder::Met GraphBuilder::meet(std::uint64_t number, std::uint32_t type_info, zval* to,
                                     zend_refcounted**& made) {
  if (number >= node_count_ || depth_ > kMaxDepth || is_past_memory_limit()) {
    return Met::kDamaged;
  }
  made = &nodes_[number];
  if (*made == nullptr) {
    return Met::kFirst;
  }
  if (GC_TYPE(*made) != (type_info & Z_TYPE_MASK)) {
    return Met::kDamaged;
  }
  Z_COUNTED_P(to) = *made;
  Z_TYPE_INFO_P(to) = type_info;
  Z_ADDREF_P(to);
  return Met::kAgain;
}

bool GraphBuilder::reference(const zval* from, zval* to) {
  ZVAL_UNDEF(to);
  const auto* stored = memory_.follow(reinterpret_cast<const ReferenceNode*>(Z_PTR_P(from)));
  if (stored == nullptr || Z_TYPE(stored->value) == IS_REFERENCE) {
    return false;  // the engine looks through one reference, and would run in circles in others
  }
  zend_refcounted** made;
  const Met met = meet(stored->number, IS_REFERENCE_EX, to, made);
  if (met != Met::kFirst) {
    return met == Met::kAgain;
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

}  // namespace nitro::php
