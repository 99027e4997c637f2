#include "ext/stored_extras.h"

#include <array>

#include "ext/key_space.h"
#include "ext/tags.h"

namespace nitro::php {
namespace {

constexpr std::size_t kMostMarks = kDeepestSpace + kMostTags;
// Of each name: its length in two bytes, the lower one first, and its bytes.
constexpr std::size_t kLongestText = kMostTags * (2 + kLongestTag);
static_assert(kMostMarks <= ExtrasContent::kMostMarks);
static_assert(kLongestText <= ExtrasContent::kLongestText);

std::size_t append_name(char* text, std::string_view name) {
  text[0] = static_cast<char>(name.size() & 0xff);
  text[1] = static_cast<char>(name.size() >> 8);
  std::memcpy(text + 2, name.data(), name.size());
  return 2 + name.size();
}

}  // namespace

StoredExtras::StoredExtras(const Store& store, const ExtrasContent& content)
    : made_(static_cast<Made*>(emalloc(sizeof(Made) + content.size()))) {
  *made_ = {&store, content.size()};
  content.write(bytes());
}

StoredExtras make_extras(const CacheObject& object, const Store& store,
                         const ExtrasWanted& wanted) {
  std::array<TagMark, kMostMarks> marks;
  std::array<char, kLongestText> text;
  std::size_t count = space_marks(object, store, marks);
  std::size_t length = 0;
  if (wanted.tags != nullptr) {
    zval* tag;
    ZEND_HASH_FOREACH_VAL(const_cast<zend_array*>(wanted.tags), tag) {
      ZVAL_DEREF(tag);
      const std::string_view name = view_of(Z_STR_P(tag));
      marks[count++] = store.mark_of(name);
      length += append_name(text.data() + length, name);
    }
    ZEND_HASH_FOREACH_END();
  }
  ExtrasContent content;
  content.created_at = system_wall_clock_seconds();
  content.stale_for = wanted.stale_for;
  content.marks = {marks.data(), count};
  content.text = {text.data(), length};
  return StoredExtras(store, content);
}

bool make_tag_extras(zend_object* cache, const zend_array* tags, std::uint32_t position,
                     StoredExtras& extras) {
  if (tags == nullptr || zend_hash_num_elements(tags) == 0) {
    return true;
  }
  const Session* session = writing_session_of(cache);
  if (session == nullptr) {
    return false;
  }
  if (extras.is_for(session->store())) {
    return true;
  }
  if (!check_tags(tags, position)) {
    return false;
  }
  extras.free();
  extras = make_extras(*cache_object(cache), session->store(), {tags, Milliseconds{0}});
  return true;
}

}  // namespace nitro::php
