#include "ext/storing.h"

#include "ext/cache_object.h"
#include "ext/codec/codec.h"
#include "ext/lifetime.h"

namespace nitro::php {

bool store_value(zend_object* cache, zend_string* key, zval* value, Milliseconds lifetime) {
  if (is_over(lifetime)) [[unlikely]] {
    return erase_value(cache, key);
  }
  // Before the session is asked for: this may run PHP code.
  EncodedValue encoded;
  if (!encode(value, encoded)) [[unlikely]] {
    return false;
  }
  bool is_stored = false;
  if (Session* session = writing_session_of(cache)) [[likely]] {
    const MonotonicTime deadline =
        lifetime == kForever ? kNever : deadline_of(lifetime, session->store().now());
    is_stored = session->put(view_of(key), encoded.value, deadline) == PutOutcome::kStored;
  }
  dispose(encoded);
  return is_stored;
}

bool erase_value(zend_object* cache, zend_string* key) {
  Session* session = writing_session_of(cache);
  if (session == nullptr) [[unlikely]] {
    return false;
  }
  const EraseOutcome outcome = session->erase(view_of(key));
  return outcome == EraseOutcome::kErased || outcome == EraseOutcome::kAbsent;
}

}  // namespace nitro::php
