#include "core/store/keys.h"

#include <string>

#include "core/store/inspector.h"

namespace nitro {

// Blocks lie anywhere: those of a later bucket come from memory meanwhile.
static constexpr std::uint64_t kAhead = 4 * kSlotsPerBucket;

std::optional<FoundKey> KeyCursor::next(Session& session, std::string_view prefix) noexcept {
  if (!StoreInspector::begin_call(session)) {
    return std::nullopt;
  }
  const Writer& reader = StoreInspector::writer(session);
  const std::span<Stripe> stripes = StoreInspector::stripes(session.store());
  for (; stripe_ < stripes.size(); ++stripe_, slot_ = 0) {
    const Index& index = stripes[stripe_].index();
    while (slot_ < index.slot_count()) {
      if (slot_ % kSlotsPerBucket == 0 && slot_ + kAhead < index.slot_count()) {
        StoreInspector::prefetch_blocks(session, index.bucket((slot_ + kAhead) / kSlotsPerBucket));
      }
      Block* block = StoreInspector::protect(session, index.slot(slot_++));
      if (block != nullptr && block->key().starts_with(prefix) &&
          is_live(*block, *reader.tags, *reader.clock)) {
        return FoundKey{block->key(), StoreInspector::entry_of(session, *block)};
      }
    }
  }
  StoreInspector::end_call(session);
  return std::nullopt;
}

std::uint64_t count_keys(Session& session, std::string_view prefix) noexcept {
  std::uint64_t count = 0;
  for (KeyCursor cursor; cursor.next(session, prefix).has_value();) {
    session.release();
    ++count;
  }
  return count;
}

void for_each_key(Session& session, std::string_view prefix,
                  const std::function<void(const KeyListing&)>& visit) {
  KeyCursor cursor;
  while (const auto found = cursor.next(session, prefix)) {
    const std::string key(found->key);
    session.release();
    visit({key, found->entry.kind, ByteCount{found->entry.bytes.size()}, found->entry.deadline});
  }
}

}  // namespace nitro
