// Deaths at each instruction: of a writer, of the one who takes over from it, and so on.
//
// A process is run one instruction at a time. Whenever it has changed the segment, a copy is made
// of it: that is what a death at this point leaves, since in the copy nobody is alive but the
// walk's reader. Then a survivor attaches to the copy and goes on; or somebody who is himself run
// one instruction at a time, and dies at each of them, too.
//
// What a survivor must find, before it has mended anything and after
//  1. The keys that a reader of the original finds at this instant, and no others.
//  2. Each of them with a value that is right for it.
//  3. Of those that the operation may evict or clear, none that was missing in an earlier state.
//  4. As many of them missing as evictions have been counted, but for one in each process that
//     died: it may have died between the two.
// Then every key can be set, a lock that a dead one may have had can be taken, what a living reader
// holds stays through a lap of the hand, and a sweep gives back all that the dead had: no row is
// taken but by the living, no stripe counts a pin.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "tests/support/temporary_store.h"

namespace nitro::test {

// A key's value, or that it is not there.
using Seen = std::optional<std::string>;

// Of the lock with a name that every survivor takes.
inline constexpr std::string_view kLockName = "lock";

struct DeadState;

class Walk {
 public:
  // What a process does that dies on the way.
  struct Death {
    std::function<void(Session&)> operation;
    // Of the states that have somebody's lock held, one of so many is left to the next one.
    std::uint64_t one_of = 1;
  };

  explicit Walk(StoreOptions options = {});

  TemporaryStore& cache() { return cache_; }

  // Stores so many keys of one stripe, that of pin() and name().
  std::vector<std::string> store(std::size_t count, std::size_t value_size = 40);
  // Notes what the survivors must find: the keys as they are now, whatever happens to others.
  void remember(const std::vector<std::string>& keys);
  // This is also right for that key.
  void allow(const std::string& key, Seen value) { seen_[key].push_back(std::move(value)); }
  // The operation may evict these, so many of them at most, and counts them. Requires: all of them
  // are remembered and there, and nobody stores them during the walk.
  void may_evict(const std::vector<std::string>& keys, std::size_t at_most);
  // The operation removes all of these, and counts none. Requires: as above.
  void clears(const std::vector<std::string>& keys);

  // Whether a reader has marked it since the hand was there. Requires: the key is there.
  [[nodiscard]] bool is_marked(const std::string& key) const;

  // Looks also after each change of what rows hold.
  void look_at_rows() { looks_at_rows_ = true; }

  // One who lives on, whoever dies.
  Session& reader();
  // It pins the key's value.
  void pin(const std::string& key);
  // It names the key's block in its hazard: the last thing that it does.
  void name(const std::string& key);

  // False: tracing is forbidden here.
  [[nodiscard]] bool run(const std::vector<Death>& deaths);
  [[nodiscard]] bool run(std::function<void(Session&)> operation) {
    return run(std::vector<Death>{{std::move(operation)}});
  }

 private:
  friend class Copy;
  friend class Scene;

  static constexpr std::size_t kLapValue = 4000;

  struct Held {
    std::uint64_t offset;  // of the value
    std::string value;
  };
  void note_held(const Entry& entry);
  [[nodiscard]] bool is_held_intact(Store& store) const;

  [[nodiscard]] std::map<std::string, Seen> look_up(Session& session) const;
  void survive(const DeadState& state, std::set<std::string>& lost);
  void check_found(const std::map<std::string, Seen>& found, const DeadState& state,
                   std::set<std::string>& lost) const;
  void check_losses(Store& store, const std::set<std::string>& lost, std::uint64_t deaths) const;
  void make_room_for_a_lap(Session& survivor);

  TemporaryStore cache_;
  std::map<std::string, std::vector<Seen>> seen_;
  std::set<std::string> may_be_lost_;
  std::size_t most_lost_ = 0;
  bool counts_losses_ = true;
  std::uint64_t evictions_before_ = 0;
  bool looks_at_rows_ = false;

  std::shared_ptr<Store> reader_store_;
  std::optional<Session> reader_;
  std::vector<Held> held_;
  std::int64_t pinned_bytes_ = 0;
  std::vector<std::string> lap_;  // keys that fill the pinned values' ring

  std::uint64_t states_ = 0;
  double longest_recovery_ = 0;  // seconds of this process's time
};

}  // namespace nitro::test

// In a test case: everything of `walk`, or skips it.
#define NITRO_WALK(walk, ...)                       \
  if (!(walk).run(__VA_ARGS__)) {                   \
    NITRO_SKIP("processes may not be traced here"); \
  }
