#include "core/store/keys.h"

#include "core/store/inspector.h"

namespace nitro {

namespace {

// What one slot leads to, copied out of the segment.
struct CopiedEntry {
  std::string key;
  ValueKind kind;
  ByteCount value_size;
  MonotonicTime deadline;
};

std::optional<CopiedEntry> copy_entry(Session& session, const Slot& slot, std::string_view prefix) {
  if (!StoreInspector::begin_call(session)) {
    return std::nullopt;
  }
  std::optional<CopiedEntry> copy;
  const Block* block = StoreInspector::protect(session, slot);
  if (block != nullptr && block->key().starts_with(prefix) &&
      !is_expired(deadline_of(*block), *StoreInspector::writer(session).clock)) {
    copy = CopiedEntry{std::string(block->key()), static_cast<ValueKind>(block->kind),
                       ByteCount{block->value_length}, deadline_of(*block)};
  }
  StoreInspector::end_call(session);
  return copy;
}

}  // namespace

// A key's word never changes its slot, so a key that is there all the time is seen.
void for_each_key(Session& session, std::string_view prefix,
                  const std::function<void(const KeyListing&)>& visit) {
  for (Stripe& stripe : StoreInspector::stripes(session.store())) {
    const Index& index = stripe.index();
    for (std::uint64_t i = 0; i < index.slot_count(); ++i) {
      const Slot& slot = index.slot(i);
      if (slot.load(std::memory_order_relaxed) == 0) {
        continue;
      }
      if (const auto entry = copy_entry(session, slot, prefix)) {
        visit({entry->key, entry->kind, entry->value_size, entry->deadline});
      }
    }
  }
}

}  // namespace nitro
