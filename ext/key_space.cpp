#include "ext/key_space.h"

#include <algorithm>
#include <cstring>

namespace nitro::php {
namespace {

std::uint32_t depth_of(const zend_string* prefix) {
  const std::string_view bytes = prefix == nullptr ? std::string_view() : view_of(prefix);
  return static_cast<std::uint32_t>(std::count(bytes.begin(), bytes.end(), '\0'));
}

// The caller owns it. nullptr: thrown.
zend_string* longer_prefix(const zend_string* prefix, const zend_string* name) {
  if (ZSTR_LEN(name) == 0 || ZSTR_LEN(name) > kLongestSpaceName) {
    zend_argument_value_error(1, "must have 1 to %zu bytes", kLongestSpaceName);
    return nullptr;
  }
  if (std::memchr(ZSTR_VAL(name), '\0', ZSTR_LEN(name)) != nullptr) {
    zend_argument_value_error(1, "must not contain NUL bytes");
    return nullptr;
  }
  if (depth_of(prefix) >= kDeepestSpace) {
    zend_argument_value_error(1, "must not name a namespace deeper than %u levels", kDeepestSpace);
    return nullptr;
  }
  const std::string_view before = prefix == nullptr ? std::string_view() : view_of(prefix);
  return zend_string_concat3(before.data(), before.size(), ZSTR_VAL(name), ZSTR_LEN(name), "\0", 1);
}

}  // namespace

bool make_key_space(CacheObject& object, zend_string* name, zval* result) {
  zend_string* prefix = longer_prefix(object.prefix, name);
  if (prefix == nullptr) {
    return false;
  }
  if (object_init_ex(result, object.std.ce) != SUCCESS) {
    zend_string_release(prefix);
    return false;
  }
  CacheObject& space = *cache_object(Z_OBJ_P(result));
  space.space_attachment = attachment_of(object);
  space.prefix = prefix;
  return true;
}

std::size_t space_marks(const CacheObject& object, const Store& store, std::span<TagMark> marks) {
  if (object.prefix == nullptr) {
    return 0;
  }
  const std::string_view prefix = view_of(object.prefix);
  std::size_t count = 0;
  for (std::size_t end = prefix.find('\0'); end != std::string_view::npos;
       end = prefix.find('\0', end + 1)) {
    marks[count++] = store.mark_of(prefix.substr(0, end), TagKind::kKeySpace);
  }
  return count;
}

void clear_key_space(const CacheObject& object, Store& store) noexcept {
  const std::string_view prefix = view_of(object.prefix);
  store.invalidate_tag(prefix.substr(0, prefix.size() - 1), TagKind::kKeySpace);
}

}  // namespace nitro::php
