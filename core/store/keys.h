// Lists keys without holding a lock.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "core/store/store.h"

namespace nitro {

// What a cursor has come to. Key and value lie in the segment; they stay until the session is
// released or asked for something else.
struct FoundKey {
  std::string_view key;
  Entry entry;
};

// A place in the index of one segment. Between two steps nothing is held, whatever happens to the
// cache meanwhile: a key's word never changes its slot, so a key that is there from beginning to
// end is found exactly once. One that is removed and stored anew may be found twice. Owns nothing.
class KeyCursor {
 public:
  // The next live key that begins with `prefix`, in no order; it is neither counted nor marked as
  // used. No value, and nothing to release: that was all, or the session has no row.
  // Requires: the same store as in the steps before.
  [[nodiscard]] std::optional<FoundKey> next(Session& session, std::string_view prefix) noexcept;

 private:
  std::uint64_t stripe_ = 0;
  std::uint64_t slot_ = 0;  // of that stripe, the next to be looked at
};

// How many a cursor finds: all index slots are looked at.
[[nodiscard]] std::uint64_t count_keys(Session& session, std::string_view prefix) noexcept;

struct KeyListing {
  std::string_view key;  // valid during the call
  ValueKind kind;
  ByteCount value_size;    // bytes stored, engine header included
  MonotonicTime deadline;  // kNever: none
};

// Calls `visit` for each key that a cursor finds. `visit` may use the session.
void for_each_key(Session& session, std::string_view prefix,
                  const std::function<void(const KeyListing&)>& visit);

}  // namespace nitro
