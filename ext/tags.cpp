#include "ext/tags.h"

#include "ext/type_names.h"

namespace nitro::php {

bool check_tag(const zval* tag, std::uint32_t position) {
  ZVAL_DEREF(tag);
  if (Z_TYPE_P(tag) != IS_STRING) {
    zend_argument_type_error(position, "must have elements of type string, %s given",
                             type_name(tag));
    return false;
  }
  if (Z_STRLEN_P(tag) == 0 || Z_STRLEN_P(tag) > kLongestTag) {
    zend_argument_value_error(position, "must have tags of 1 to %zu bytes, %zu given", kLongestTag,
                              Z_STRLEN_P(tag));
    return false;
  }
  return true;
}

bool check_tags(const zend_array* tags, std::uint32_t position) {
  if (zend_hash_num_elements(tags) > kMostTags) {
    zend_argument_value_error(position, "must have at most %u tags, %u given", kMostTags,
                              zend_hash_num_elements(tags));
    return false;
  }
  zval* tag;
  ZEND_HASH_FOREACH_VAL(const_cast<zend_array*>(tags), tag) {
    if (!check_tag(tag, position)) {
      return false;
    }
  }
  ZEND_HASH_FOREACH_END();
  return true;
}

}  // namespace nitro::php
