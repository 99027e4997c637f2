// The one walk through a value that both measures and writes it, so that the two cannot drift: the
// same steps with an output that only counts, and with one that writes.
//
// Nothing of PHP's is run, and the writing walk does not allocate.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "ext/codec/class_facts.h"
#include "ext/codec/engine_array.h"
#include "ext/codec/graph.h"
#include "ext/codec/graph_outputs.h"
#include "ext/codec/graph_plan.h"
#include "ext/codec/place.h"
#include "ext/codec/strings.h"

#include "ext/zend_headers.h"

namespace nitro::php {

enum class Purity : std::uint8_t {
  kPure,     // usable where it lies
  kMixed,    // has something below it that must be rebuilt
  kStopped,  // the walk is over: an exception was thrown, or there is no room
};

[[nodiscard]] inline Purity worse_of(Purity a, Purity b) noexcept { return a > b ? a : b; }

template <typename Output>
class GraphWalk {
 public:
  // What to do with a reference that others hold, too.
  enum class References {
    kCount,   // the first measuring walk: we do not know yet whether it is met again
    kDecided  // GraphPlan::references knows
  };

  GraphWalk(GraphPlan& plan, Output& output, References references) noexcept
      : plan_(plan), output_(output), references_(references) {}

  // The whole value.
  [[nodiscard]] Purity root(zval* value) {
    const Place place;
    GraphOffset head;
    if (!output_.take(sizeof(GraphHead), head)) {
      return Purity::kStopped;
    }
    const Purity purity = element(value, head + offsetof(GraphHead, root), place);
    if constexpr (kWrites) {
      output_.template at<GraphHead>(head)->node_count = node_count_;
    }
    return purity;
  }

  // A part of a value, to see what is in it.
  [[nodiscard]] Purity part(zval* value) {
    GraphOffset target;
    static_cast<void>(output_.take(sizeof(zval), target));
    return element(value, target, Place());
  }

  // For measuring walks that only look what there is: refused things are met again by the walk that
  // may throw.
  void be_quiet() noexcept { is_quiet_ = true; }
  [[nodiscard]] bool met_shared_references() const noexcept { return met_shared_references_; }

 private:
  static constexpr bool kWrites = Output::kWrites;

  // --- scalars and strings; all else is below

  // True: it is one, and done. Inline, since loops over elements ask before they do anything else.
  [[nodiscard, gnu::always_inline]] bool scalar(const zval* from, GraphOffset to) noexcept {
    if (Z_TYPE_P(from) >= IS_STRING) {
      return false;
    }
    if constexpr (kWrites) {
      zval* target = output_.template at<zval>(to);
      target->value = from->value;
      Z_TYPE_INFO_P(target) = Z_TYPE_P(from);
    }
    return true;
  }

  [[nodiscard]] Purity element(zval* from, GraphOffset to, const Place& place) {
    return scalar(from, to) ? Purity::kPure : no_scalar(from, to, place);
  }

  [[nodiscard]] Purity no_scalar(zval* from, GraphOffset to, const Place& place) {
    if (Z_TYPE_P(from) == IS_STRING) {
      GraphOffset offset;
      if (!string(Z_STR_P(from), offset)) {
        return Purity::kStopped;
      }
      point(to, offset, IS_INTERNED_STRING_EX);
      return Purity::kPure;
    }
    return node(from, to, place);
  }

  void point(GraphOffset zval_offset, GraphOffset target, std::uint32_t type_info) noexcept {
    if constexpr (kWrites) {
      output_.point(zval_offset + offsetof(zval, value), target);
      Z_TYPE_INFO_P(output_.template at<zval>(zval_offset)) = type_info;
    }
  }

  [[nodiscard]] bool string(zend_string* from, GraphOffset& offset) {
    const bool is_shared =
        plan_.looks_for_repeats && (ZSTR_IS_INTERNED(from) || GC_REFCOUNT(from) > 1);
    if (is_shared && is_placed(from, offset)) {
      return true;
    }
    // Computed now, since no reader may write it later. The string remembers it.
    const zend_ulong hash = ZSTR_HASH(from);
    const std::size_t length = ZSTR_LEN(from);
    if (!output_.take(_ZSTR_HEADER_SIZE + length + 1, offset)) {
      return false;
    }
    if constexpr (kWrites) {
      auto* to = output_.template at<zend_string>(offset);
      GC_SET_REFCOUNT(to, is_shared ? kShared : kUsedOnce);
      GC_TYPE_INFO(to) = kStringTypeInfo;
      to->h = hash;
      to->len = length;
      std::memcpy(ZSTR_VAL(to), ZSTR_VAL(from), length + 1);
    }
    return true;
  }

  // True: it lies at `offset` already. A writing walk finds what it is about to put there, too:
  // where the measuring one has met it first.
  [[nodiscard]] bool is_known(const void* address, GraphOffset& offset) const noexcept {
    const std::uint64_t* known = plan_.places.find(address);
    if (known == nullptr) {
      return false;
    }
    offset = *known;
    return !kWrites || offset != output_.end();
  }

  // The same. When measuring, what is not known is noted as being put at the end.
  [[nodiscard]] bool is_placed(const void* address, GraphOffset& offset) {
    if (is_known(address, offset)) {
      return true;
    }
    if constexpr (!kWrites) {
      plan_.places.insert(address, output_.end());
    }
    return false;
  }

  // --- arrays, objects, references

  [[nodiscard]] Purity node(zval* from, GraphOffset to, const Place& place) {
    if (place.depth > kMaxDepth) [[unlikely]] {
      return refuse_depth(place);
    }
    switch (Z_TYPE_P(from)) {
      case IS_ARRAY: {
        GraphOffset offset;
        const Purity purity = array(Z_ARRVAL_P(from), place, offset);
        point(to, offset, purity == Purity::kPure ? IS_ARRAY : IS_ARRAY_EX);
        return purity;
      }
      case IS_REFERENCE:
        return reference(from, to, place);
      case IS_OBJECT:
        return object(Z_OBJ_P(from), to, place);
      default:
        return refuse("A resource", place);
    }
  }

  // `names`: what a string key is.
  [[nodiscard]] Purity array(zend_array* from, const Place& place, GraphOffset& offset,
                             Place::Step names = Place::Step::kKey) {
    const bool is_shared = plan_.looks_for_repeats &&
                           ((GC_FLAGS(from) & IS_ARRAY_IMMUTABLE) != 0 || GC_REFCOUNT(from) > 1);
    if (is_shared && is_known(from, offset)) {
      return Purity::kPure;
    }
    const std::uint32_t used = used_elements_of(from, names);
    const bool is_packed = HT_IS_PACKED(from) || used == 0;
    const ArrayShape shape = shape_for(is_packed, used);
    if (!output_.take(sizeof(zend_array) + shape.used_bytes(), offset)) {
      return Purity::kStopped;
    }
    if constexpr (kWrites) {
      put_header(*from, shape, is_shared, offset);
      std::memset(output_.template at<std::byte>(offset + sizeof(zend_array)), 0xff,
                  shape.hash_bytes());
    }
    const Purity purity = is_packed ? packed_elements_of(from, shape, offset, place)
                                    : hashed_elements_of(from, shape, offset, names, place);
    if (purity == Purity::kPure && is_shared && !kWrites) {
      plan_.places.insert(from, offset);
    }
    return purity;
  }

  // The element, if it is there; else nullptr. A table of properties may lead to the slots of those
  // that are declared: when an object's own, those are stored as slots.
  [[nodiscard]] static zval* present(zval& element, Place::Step names) noexcept {
    zval* found = &element;
    if (Z_TYPE_P(found) == IS_INDIRECT) {
      found = names == Place::Step::kProperty ? nullptr : Z_INDIRECT_P(found);
    }
    return found != nullptr && Z_TYPE_P(found) != IS_UNDEF ? found : nullptr;
  }

  // Without holes at the end, and in a hash without any.
  [[nodiscard]] static std::uint32_t used_elements_of(const zend_array* array,
                                                      Place::Step names) noexcept {
    if (HT_IS_PACKED(array)) {
      std::uint32_t used = array->nNumUsed;
      while (used > 0 && Z_TYPE_P(value_of(packed_elements(array) + used - 1)) == IS_UNDEF) {
        --used;
      }
      return used;
    }
    if (names != Place::Step::kProperty && (HT_FLAGS(array) & HASH_FLAG_HAS_EMPTY_IND) == 0) {
      return array->nNumOfElements;
    }
    std::uint32_t count = 0;
    for (std::uint32_t i = 0; i < array->nNumUsed; ++i) {
      count += present(array->arData[i].val, names) != nullptr ? 1 : 0;
    }
    return count;
  }

  // All but the key that an append gets, if it is a hash.
  void put_header(const zend_array& from, const ArrayShape& shape, bool is_shared,
                  GraphOffset offset) noexcept {
    auto* to = output_.template at<zend_array>(offset);
    std::memset(static_cast<void*>(to), 0, sizeof(*to));
    GC_SET_REFCOUNT(to, is_shared ? kShared : kUsedOnce);
    GC_TYPE_INFO(to) = kArrayTypeInfo;
    HT_FLAGS(to) = HASH_FLAG_STATIC_KEYS;
    if (shape.used == 0) {
      HT_FLAGS(to) |= HASH_FLAG_UNINITIALIZED;
    } else if (shape.is_packed) {
      HT_FLAGS(to) |= HASH_FLAG_PACKED;
    }
    to->nTableMask = shape.used == 0 ? HT_MIN_MASK : shape.mask();
    to->nNumUsed = shape.used;
    to->nNumOfElements = shape.is_packed ? from.nNumOfElements : shape.used;
    to->nTableSize = shape.table_size;
    to->nNextFreeElement = shape.used == 0 ? ZEND_LONG_MIN : static_cast<zend_long>(shape.used);
    output_.point(offset + offsetof(zend_array, arData),
                  offset + sizeof(zend_array) + shape.hash_bytes());
  }

  // `offset`: of the array.
  [[nodiscard]] Purity packed_elements_of(zend_array* from, const ArrayShape& shape,
                                          GraphOffset offset, const Place& place) {
    const GraphOffset elements = offset + sizeof(zend_array) + shape.hash_bytes();
    Purity purity = Purity::kPure;
    Place here = place.below(Place::Step::kIndex);
    for (std::uint32_t i = 0; i < shape.used; ++i) {
      const GraphOffset to = elements + i * sizeof(PackedElement);
      if constexpr (kWrites) {
        set_packed_key(output_.template at<PackedElement>(to), i);
        Z_EXTRA_P(output_.template at<zval>(to)) = 0;
      }
      zval* value = value_of(packed_elements(from) + i);
      if (scalar(value, to)) {
        continue;
      }
      here.index = i;
      purity = worse_of(purity, no_scalar(value, to, here));
      if (purity == Purity::kStopped) {
        break;
      }
    }
    return purity;
  }

  [[nodiscard]] Purity hashed_elements_of(zend_array* from, const ArrayShape& shape,
                                          GraphOffset offset, Place::Step names,
                                          const Place& place) {
    const GraphOffset elements = offset + sizeof(zend_array) + shape.hash_bytes();
    // What an append gets: the key after the largest, whatever was removed.
    zend_long next_key = ZEND_LONG_MIN;
    Purity purity = Purity::kPure;
    Place here = place.below(names);
    std::uint32_t count = 0;
    for (std::uint32_t i = 0; i < from->nNumUsed; ++i) {
      Bucket& bucket = from->arData[i];
      zval* value = present(bucket.val, names);
      if (value == nullptr) {
        continue;
      }
      if (count == shape.used) {
        return Purity::kStopped;  // cannot be: they were counted just now
      }
      const GraphOffset to = elements + count * sizeof(Bucket);
      if (!key(bucket, shape, elements, to, count)) {
        return Purity::kStopped;
      }
      const GraphOffset value_offset = to + offsetof(Bucket, val);
      ++count;
      if (bucket.key != nullptr) {
        here.step = names;
        here.name = bucket.key;
      } else {
        here.step = Place::Step::kIndex;
        here.index = bucket.h;
        const auto number = static_cast<zend_long>(bucket.h);
        if (number >= next_key) {
          next_key = number == ZEND_LONG_MAX ? number : number + 1;
        }
      }
      if (scalar(value, value_offset)) {
        continue;
      }
      purity = worse_of(purity, no_scalar(value, value_offset, here));
      if (purity == Purity::kStopped) {
        return purity;
      }
    }
    if (count != shape.used) {
      return Purity::kStopped;
    }
    if constexpr (kWrites) {
      output_.template at<zend_array>(offset)->nNextFreeElement = next_key;
    }
    return purity;
  }

  // The key of an element, and its link in the chain of those with its hash.
  [[nodiscard]] bool key(const Bucket& from, const ArrayShape& shape, GraphOffset elements,
                         GraphOffset to, std::uint32_t number) {
    GraphOffset name = 0;
    if (from.key != nullptr && !string(from.key, name)) {
      return false;
    }
    if constexpr (kWrites) {
      auto* target = output_.template at<Bucket>(to);
      target->h = from.h;
      if (from.key != nullptr) {
        output_.point(to + offsetof(Bucket, key), name);
      } else {
        target->key = nullptr;
      }
      auto* data = output_.template at<Bucket>(elements);
      const auto slot =
          static_cast<std::int32_t>(static_cast<std::uint32_t>(from.h) | shape.mask());
      Z_NEXT(target->val) = HT_HASH_EX(data, slot);
      HT_HASH_EX(data, slot) = HT_IDX_TO_HASH(number);
    }
    return true;
  }

  [[nodiscard]] Purity reference(zval* from, GraphOffset to, const Place& place) {
    zend_reference* reference = Z_REF_P(from);
    if (!may_be_met_again(reference) || !is_kept(reference)) {
      return element(&reference->val, to, place);
    }
    GraphOffset offset;
    const bool is_known = is_placed(reference, offset);
    Purity purity = Purity::kMixed;
    if (!is_known) {
      if (!output_.take(sizeof(ReferenceNode), offset)) {
        return Purity::kStopped;
      }
      if constexpr (kWrites) {
        output_.template at<ReferenceNode>(offset)->number = node_count_;
      }
      ++node_count_;
      Place here = place;  // one level deeper: a cycle goes through here
      ++here.depth;
      purity =
          worse_of(purity, element(&reference->val, offset + offsetof(ReferenceNode, value), here));
      note_left(reference);
    }
    point(to, offset, IS_REFERENCE_EX);
    return purity;
  }

  // Held once, it is met again only on the way through an array that holds itself by it.
  [[nodiscard]] static bool may_be_met_again(const zend_reference* reference) noexcept {
    const zval& value = reference->val;
    return GC_REFCOUNT(reference) > 1 ||
           (Z_TYPE(value) == IS_ARRAY && Z_REFCOUNTED(value) && Z_REFCOUNT(value) > 1);
  }

  [[nodiscard]] bool is_kept(const zend_reference* reference) {
    std::uint64_t* count = plan_.references.find(reference);
    if (references_ == References::kDecided) {
      return count == nullptr || *count > 1;
    }
    met_shared_references_ = true;
    if (count == nullptr) {
      plan_.references.insert(reference, 1);
    } else if (*count != kNeverMetWithin) {
      ++*count;
    }
    return true;
  }

  // Held once, it stays a reference only if it was met on the way through itself: an array that is
  // there twice does not make two of it.
  void note_left(const zend_reference* reference) noexcept {
    if (references_ == References::kCount && GC_REFCOUNT(reference) == 1) {
      std::uint64_t* count = plan_.references.find(reference);
      *count = *count == 1 ? kNeverMetWithin : *count;
    }
  }
  static constexpr std::uint64_t kNeverMetWithin = 0;

  // --- objects: graph_walk_objects.h

  [[nodiscard]] Purity object(zend_object* from, GraphOffset to, const Place& place);
  [[nodiscard]] Purity own_properties(zend_object* from, std::uint32_t count, GraphOffset offset,
                                      const Place& place);
  // Becomes the `data` of the object at `offset`.
  [[nodiscard]] Purity property_table(zend_array* table, GraphOffset offset, const Place& place);
  [[nodiscard]] Purity collected_object(const CollectedObject& collected, GraphOffset to,
                                        const Place& place);
  [[nodiscard]] Purity enum_case(zend_object* from, GraphOffset to, const Place& place);
  // The node and its class. `class_entry`: given when there are slots.
  [[nodiscard]] bool begin_object(zend_object* from, ObjectForm form, zend_string* name,
                                  const zend_class_entry* class_entry, std::uint32_t slot_count,
                                  GraphOffset& offset);
  // With slots it is found by the class, without by the class's name, or by something within it:
  // the name itself may be there as a string.
  [[nodiscard]] bool class_node(zend_string* name, const zend_class_entry* class_entry,
                                std::uint32_t slot_count, GraphOffset& offset);
  // A class's name, as it is or in lower case, for the look-up in PHP's class table.
  [[nodiscard]] bool class_string(zend_string* name, bool is_lower_case, GraphOffset& offset);

  // --- refusals. Only measuring walks meet them.

  [[nodiscard]] Purity refuse(const char* what, const Place& place) {
    if (!kWrites && !is_quiet_) {
      throw_refused(what, place);
    }
    return Purity::kStopped;
  }

  [[nodiscard]] Purity refuse_object(const zend_class_entry* class_entry, const Place& place) {
    if (!kWrites && !is_quiet_) {
      throw_refused_object(class_entry, place);
    }
    return Purity::kStopped;
  }

  [[nodiscard]] Purity refuse_depth(const Place& place) {
    if (!kWrites && !is_quiet_) {
      throw_too_deep(place);
    }
    return Purity::kStopped;
  }

  GraphPlan& plan_;
  Output& output_;
  References references_;
  std::uint32_t node_count_ = 0;
  bool is_quiet_ = false;
  bool met_shared_references_ = false;
};

}  // namespace nitro::php
