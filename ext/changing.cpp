#include "ext/changing.h"

#include <bit>

#include "ext/cache_object.h"
#include "ext/codec/codec.h"
#include "ext/key_space.h"

namespace nitro::php {
namespace {

// What was read, and what to ask for so that it is changed only if it is still that. nullopt: there
// is nothing, or an exception was thrown. May run PHP code.
std::optional<Condition> read_version(zend_object* cache, zend_string* key, zval* value) {
  Session* session = session_of(cache);
  if (session == nullptr) {
    return std::nullopt;
  }
  const StoredKey stored(*cache_object(cache), key);
  const auto found = session->find_version(stored.view());
  if (!found) {
    return std::nullopt;
  }
  // A number changes where it is: the one that is compared has to be the version's own.
  if (found->entry.kind == ValueKind::kInteger) {
    ZVAL_LONG(value, std::bit_cast<zend_long>(found->version.first_word));
    session->release();
  } else if (found->entry.kind == ValueKind::kFloat) {
    ZVAL_DOUBLE(value, std::bit_cast<double>(found->version.first_word));
    session->release();
  } else if (!decode(*session, found->entry, value)) {
    return std::nullopt;
  }
  return Condition{Condition::Kind::kUnchanged, found->version};
}

// nullptr: thrown.
zend_string* serialized(zval* value) {
  smart_str text = {nullptr, 0};
  php_serialize_data_t data;
  ++BG(serialize_lock);  // a document of its own, also within a serialize() of theirs
  PHP_VAR_SERIALIZE_INIT(data);
  php_var_serialize(&text, value, &data);
  PHP_VAR_SERIALIZE_DESTROY(data);
  --BG(serialize_lock);
  if (EG(exception) != nullptr) {
    smart_str_free(&text);
    return nullptr;
  }
  return smart_str_extract(&text);
}

}  // namespace

bool are_same(zval* left, zval* right) {
  ZVAL_DEREF(left);
  ZVAL_DEREF(right);
  if (zend_is_identical(left, right)) {
    return true;
  }
  if (Z_TYPE_P(left) != Z_TYPE_P(right) ||
      (Z_TYPE_P(left) != IS_ARRAY && Z_TYPE_P(left) != IS_OBJECT)) {
    return false;
  }
  // No object is identical with one that was stored. Those with the same content serialize to the
  // same.
  zend_string* text = serialized(left);
  if (text == nullptr) {
    return false;
  }
  zend_string* other = serialized(right);
  const bool are_equal = other != nullptr && zend_string_equals(text, other);
  if (other != nullptr) {
    zend_string_release(other);
  }
  zend_string_release(text);
  return are_equal;
}

void pull_value(zend_object* cache, zend_string* key, zval* result) {
  for (;;) {
    ZVAL_UNDEF(result);
    const auto condition = read_version(cache, key, result);
    if (!condition) {
      ZVAL_UNDEF(result);
      return;
    }
    Session* session = writing_session_of(cache);
    EraseOutcome outcome = EraseOutcome::kNoRow;
    if (session != nullptr) {
      const StoredKey stored(*cache_object(cache), key);
      outcome = session->erase(stored.view(), &*condition);
    }
    if (outcome == EraseOutcome::kErased) {
      return;
    }
    zval_ptr_dtor(result);
    ZVAL_UNDEF(result);
    if (outcome != EraseOutcome::kConditionFailed) {
      return;  // somebody else has it, or the stripe could not be locked
    }
  }
}

bool compare_and_set(zend_object* cache, zend_string* key, zval* expected, zval* value,
                     StoreTerms terms) {
  std::optional<PutOutcome> outcome;
  do {
    zval current;
    const auto condition = read_version(cache, key, &current);
    if (!condition) {
      return false;
    }
    const bool is_expected = are_same(&current, expected);
    zval_ptr_dtor(&current);
    if (!is_expected || EG(exception) != nullptr) {
      return false;
    }
    terms.condition = &*condition;
    outcome = store_value(cache, key, value, terms);
    // Changed meanwhile, perhaps to the same, perhaps only moved: look again.
  } while (outcome == PutOutcome::kConditionFailed);
  return outcome == PutOutcome::kStored;
}

}  // namespace nitro::php
