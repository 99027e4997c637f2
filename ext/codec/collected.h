// What objects say of themselves when they are stored: the results of __serialize(), __sleep(),
// Serializable::serialize(), and of the property tables that internal classes make up. All of it
// is asked for before a value is measured, since it runs PHP code.
#pragma once

#include <cstdint>

#include "ext/codec/address_map.h"
#include "ext/codec/graph.h"
#include "ext/codec/request_vector.h"

#include "ext/zend_headers.h"

namespace nitro::php {

struct CollectedObject {
  zend_object* object;      // held
  zend_string* class_name;  // held; that of an incomplete class is the missing one's
  ObjectForm form;
  bool is_asked;              // the rest is there
  bool is_null;               // it declined, and is stored as null: what serialize() does
  std::uint32_t met_in_look;  // where the last look that met it began
  zval data;                  // held
};

// Does the object have to be asked? Else its properties are there to be read.
[[nodiscard]] bool wants_to_be_asked(zend_object* object);

// Those of one value. Request memory and no destructor, since longjmp may pass over it.
class CollectedObjects {
 public:
  // nullptr: it is not known yet.
  [[nodiscard]] const CollectedObject* find(const zend_object* object) const noexcept {
    const std::uint64_t* number = numbers_.find(object);
    return number == nullptr ? nullptr : &objects_[*number];
  }
  // A look at a part of the value: what it meets is asked after it, in the order of meeting, and
  // before all that was met earlier.
  void begin_look() noexcept { look_begin_ = pending_.size(); }
  // Requires: it was not asked yet. May bail out.
  void meet(zend_object* object);
  void end_look() noexcept;
  [[nodiscard]] bool has_unasked() const noexcept { return unasked_ != 0; }
  // Asks the next one. Runs PHP code. nullptr: an exception was thrown. Valid until meet().
  [[nodiscard]] const CollectedObject* ask_next();
  // Runs destructors.
  void free();

 private:
  AddressMap numbers_;
  RequestVector<CollectedObject> objects_;
  // Numbers; the next one is the last. Those met twice are there twice, and asked once.
  RequestVector<std::uint32_t> pending_;
  std::uint32_t look_begin_ = 0;
  std::uint32_t unasked_ = 0;

  std::uint32_t add(zend_object* object);
};

}  // namespace nitro::php
