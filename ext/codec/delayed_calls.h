// What is called when a value is complete, and not before: __unserialize() and __wakeup(), in the
// order in which the objects were completed. As unserialize() does.
#pragma once

#include "ext/codec/request_vector.h"

#include "ext/zend_headers.h"

namespace nitro::php {

// Request memory and no destructor, since longjmp may pass over it.
class DelayedCalls {
 public:
  void add_wakeup(zend_object* object);
  // Takes `data`.
  void add_unserialize(zend_object* object, zval* data);
  // Makes them all, and forgets them. After one that throws, or when `is_whole` is false, the
  // others are not called, and neither are their objects' destructors.
  void run(bool is_whole);

 private:
  struct Call {
    zend_object* object;  // held
    zval data;            // undefined: __wakeup
  };
  RequestVector<Call> calls_;
};

}  // namespace nitro::php
