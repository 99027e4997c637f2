// Deaths of those who use what few entries have: conditions, other deadlines, tags, locks with
// names.
#include <array>

#include "tests/crash/walk.h"
#include "tests/support/catch.h"

namespace nitro {

using test::kLockName;
using test::TemporaryStore;
using test::text_value;
using test::Walk;

namespace {

// The extras of an entry with one tag, which is of use for a second after its deadline.
class Tagged {
 public:
  explicit Tagged(Store& store) {
    const TagMark mark = store.mark_of("tag");
    ExtrasContent content;
    content.stale_for = Milliseconds{1000};
    content.marks = {&mark, 1};
    content.text = "text";
    size_ = content.size();
    content.write(bytes_.data());
  }
  [[nodiscard]] std::span<const std::byte> span() const { return {bytes_.data(), size_}; }

 private:
  alignas(8) std::array<std::byte, 64> bytes_{};
  std::size_t size_ = 0;
};

}  // namespace

TEST_CASE("death at any instruction: of a put with tags, if the key is there") {
  Walk walk;
  const auto keys = walk.store(3);
  walk.remember(keys);
  walk.allow(keys[0], "value");
  NITRO_WALK(walk, [&](Session& session) {
    const Condition if_present{Condition::Kind::kPresent, {}};
    const Tagged tagged(session.store());
    static_cast<void>(session.put(keys[0], text_value("value"),
                                  PutTerms{walk.cache().in(1000), &if_present, tagged.span()}));
  })
}

TEST_CASE("death at any instruction: of touching, with and without extras") {
  Walk walk;
  auto keys = walk.store(3);
  keys.push_back("tagged");
  const Tagged tagged(walk.cache().store());
  REQUIRE(walk.cache().session().put("tagged", text_value("value"),
                                     PutTerms{walk.cache().in(1000), nullptr, tagged.span()}) ==
          PutOutcome::kStored);
  walk.remember(keys);
  NITRO_WALK(walk, [&](Session& session) {
    for (const MonotonicTime deadline : {walk.cache().in(500), kNever, walk.cache().in(3000)}) {
      static_cast<void>(session.touch(keys[0], deadline));
      static_cast<void>(session.touch("tagged", deadline));
    }
  })
}

TEST_CASE("death at any instruction: of invalidating a tag") {
  Walk walk;
  auto keys = walk.store(3);
  keys.push_back("tagged");
  const Tagged tagged(walk.cache().store());
  REQUIRE(walk.cache().session().put("tagged", text_value("value"),
                                     PutTerms{kNever, nullptr, tagged.span()}) ==
          PutOutcome::kStored);
  walk.remember(keys);
  walk.allow("tagged", std::nullopt);
  walk.look_at_rows();
  NITRO_WALK(walk, [](Session& session) { session.store().invalidate_tag("tag"); })
}

TEST_CASE("death at any instruction: of taking, extending and giving back a lock with a name") {
  Walk walk;
  walk.remember(walk.store(3));
  walk.look_at_rows();
  NITRO_WALK(walk, [](Session& session) {
    const std::uint64_t name = session.lock_name(kLockName, LockKind::kLock);
    for (int i = 0; i < 2; ++i) {
      const auto lock = session.lock(name, Milliseconds{1000}, Milliseconds{0});
      static_cast<void>(session.extend_lock(lock.ticket, Milliseconds{2000}));
      static_cast<void>(session.unlock(lock.ticket));
    }
  })
}

}  // namespace nitro
