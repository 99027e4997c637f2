#include "ext/storing.h"

#include "ext/cache_object.h"
#include "ext/codec/codec.h"
#include "ext/key_space.h"
#include "ext/lifetime.h"

namespace nitro::php {
namespace {

// For a lifetime that is over before it begins.
std::optional<PutOutcome> store_nothing(zend_object* cache, zend_string* key,
                                        const Condition* condition) {
  Session* session = writing_session_of(cache);
  if (session == nullptr) [[unlikely]] {
    return std::nullopt;
  }
  const StoredKey stored(*cache_object(cache), key);
  return session->put(stored.view(), Value(), PutTerms{kLongAgo, condition, {}});
}

[[gnu::noinline]] PutOutcome put_with_extras(Session& session, const CacheObject& object,
                                             zend_string* key, const Value& value, PutTerms terms,
                                             StoredExtras extras) {
  // Nobody knows what was invalidated between the one store and the other.
  if (!extras.is_for(session.store())) {
    return PutOutcome::kNotWritten;
  }
  terms.extras = extras.span();
  const StoredKey stored(object, key);
  return session.put(stored.view(), value, terms);
}

}  // namespace

std::optional<PutOutcome> store_value(zend_object* cache, zend_string* key, zval* value,
                                      const StoreTerms& terms) {
  if (is_over(terms.lifetime)) [[unlikely]] {
    return store_nothing(cache, key, terms.condition);
  }
  // Whatever has to be seen to is done before the value is looked at: that may run PHP code.
  const Session* before = writing_session_of(cache);
  if (before == nullptr) [[unlikely]] {
    return std::nullopt;
  }
  const CacheObject& object = *cache_object(cache);
  StoredExtras own_extras =
      terms.extras.is_empty() ? extras_of_space(object, before->store()) : StoredExtras();
  EncodedValue encoded;
  if (!encode(value, encoded)) [[unlikely]] {
    own_extras.free();
    return std::nullopt;
  }
  // Asked for anew, since encode() may run PHP code, too. Should that have led to the segment's
  // end, this call still goes there.
  Session& session = attachment_of(object)->session();
  const MonotonicTime deadline =
      terms.lifetime == kForever ? kNever : deadline_of(terms.lifetime, session.store().now());
  const PutTerms put_terms{deadline, terms.condition, {}};
  const StoredExtras extras = terms.extras.is_empty() ? own_extras : terms.extras;
  const PutOutcome outcome =
      extras.is_empty() ? session.put(view_of(key), encoded.value, put_terms)
                        : put_with_extras(session, object, key, encoded.value, put_terms, extras);
  own_extras.free();
  dispose(encoded);
  return outcome;
}

bool touch_value(zend_object* cache, zend_string* key, Milliseconds lifetime) {
  if (is_over(lifetime)) {
    const Condition if_present{Condition::Kind::kPresent, {}};
    return store_nothing(cache, key, &if_present) == PutOutcome::kStored;
  }
  Session* session = writing_session_of(cache);
  if (session == nullptr) [[unlikely]] {
    return false;
  }
  const StoredKey stored(*cache_object(cache), key);
  const MonotonicTime deadline = deadline_of(lifetime, session->store().now());
  return session->touch(stored.view(), deadline) == TouchOutcome::kTouched;
}

bool erase_value(zend_object* cache, zend_string* key) {
  Session* session = writing_session_of(cache);
  if (session == nullptr) [[unlikely]] {
    return false;
  }
  const StoredKey stored(*cache_object(cache), key);
  const EraseOutcome outcome = session->erase(stored.view());
  return outcome == EraseOutcome::kErased || outcome == EraseOutcome::kAbsent;
}

}  // namespace nitro::php
