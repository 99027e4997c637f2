#include "ext/storing.h"

#include "ext/cache_object.h"
#include "ext/codec/codec.h"
#include "ext/lifetime.h"

namespace nitro::php {

bool store_value(zend_object* cache, zend_string* key, zval* value, Milliseconds lifetime) {
  if (is_over(lifetime)) [[unlikely]] {
    return erase_value(cache, key);
  }
  // Whatever has to be seen to is done before the value is looked at: that may run PHP code.
  if (writing_session_of(cache) == nullptr) [[unlikely]] {
    return false;
  }
  EncodedValue encoded;
  if (!encode(value, encoded)) [[unlikely]] {
    return false;
  }
  // Asked for anew, since encode() may run PHP code, too. Should that have led to the segment's
  // end, this call still goes there.
  Session& session = cache_object(cache)->attachment->session();
  const MonotonicTime deadline =
      lifetime == kForever ? kNever : deadline_of(lifetime, session.store().now());
  const bool is_stored = session.put(view_of(key), encoded.value, deadline) == PutOutcome::kStored;
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
