// S3-FIFO: Yang, Zhang, Qiu, Yue, Rashmi, "FIFO queues are all you need for cache eviction", SOSP
// 2023. A small queue with a tenth of the memory, a main queue with the rest, and a ghost queue
// that remembers the keys of as many bytes as the main queue has room for.
//
// What comes in goes to the small queue, or, if its ghost is remembered, to the main one. At the
// small queue's end an entry that was asked for more than once since goes on to the main queue; any
// other leaves its ghost. At the main queue's end an entry gets another round for each time it was
// asked for, three at most.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "bench/eviction/key_list.h"

namespace nitro::bench {

class S3Fifo {
 public:
  S3Fifo(std::uint64_t capacity, Key key_count)
      : capacity_(capacity), entries_(key_count), links_(key_count) {}

  [[nodiscard]] bool get(Key key, Tick) {
    Entry& entry = entries_[key];
    if (!is_stored(entry)) {
      return false;
    }
    entry.uses = std::min<std::uint8_t>(entry.uses + 1, kMostUses);
    return true;
  }

  // An overwrite keeps its place and counts as a use.
  void set(Key key, std::uint64_t size, Tick next_get) {
    if (get(key, next_get)) {
      resize(key, size);
      return;
    }
    const Place place = entries_[key].place == Place::kGhost ? Place::kMain : Place::kSmall;
    erase(key);
    if (size > capacity_) {
      return;
    }
    make_room(size);
    entries_[key].size = size;
    put(key, place);
  }

  void erase(Key key) {
    if (entries_[key].place != Place::kNowhere) {
      take(key);
      entries_[key] = {};
    }
  }

 private:
  enum class Place : std::uint8_t { kNowhere, kSmall, kMain, kGhost };
  static constexpr std::uint8_t kMostUses = 3;

  struct Entry {
    std::uint64_t size = 0;
    std::uint8_t uses = 0;
    Place place = Place::kNowhere;
  };
  struct Queue {
    KeyList list;
    std::uint64_t bytes = 0;
  };

  [[nodiscard]] static bool is_stored(const Entry& entry) {
    return entry.place == Place::kSmall || entry.place == Place::kMain;
  }
  [[nodiscard]] Queue& queue(Place place) { return queues_[static_cast<int>(place)]; }
  [[nodiscard]] std::uint64_t used() {
    return queue(Place::kSmall).bytes + queue(Place::kMain).bytes;
  }
  [[nodiscard]] std::uint64_t small_capacity() const { return capacity_ / 10; }
  [[nodiscard]] std::uint64_t main_capacity() const { return capacity_ - small_capacity(); }

  void put(Key key, Place place) {
    entries_[key].place = place;
    entries_[key].uses = 0;
    queue(place).list.push(links_, key);
    queue(place).bytes += entries_[key].size;
  }

  void take(Key key) {
    Queue& from = queue(entries_[key].place);
    from.list.remove(links_, key);
    from.bytes -= entries_[key].size;
  }

  void move(Key key, Place place) {
    take(key);
    put(key, place);
  }

  void resize(Key key, std::uint64_t size) {
    if (size > capacity_) {
      erase(key);
      return;
    }
    Queue& mine = queue(entries_[key].place);
    mine.bytes = mine.bytes - entries_[key].size + size;
    entries_[key].size = size;
    make_room(0);
  }

  void make_room(std::uint64_t size) {
    while (used() + size > capacity_) {
      const bool is_main_empty = queue(Place::kMain).list.is_empty();
      const bool is_small_empty = queue(Place::kSmall).list.is_empty();
      const bool is_small_full = queue(Place::kSmall).bytes >= small_capacity();
      if (is_main_empty || (is_small_full && !is_small_empty)) {
        clear_oldest_of_small();
      } else {
        clear_oldest_of_main();
      }
    }
  }

  void clear_oldest_of_small() {
    const Key key = queue(Place::kSmall).list.oldest();
    if (entries_[key].uses > 1) {
      move(key, Place::kMain);
      while (queue(Place::kMain).bytes > main_capacity()) {
        clear_oldest_of_main();
      }
      return;
    }
    move(key, Place::kGhost);
    while (queue(Place::kGhost).bytes > main_capacity()) {
      erase(queue(Place::kGhost).list.oldest());
    }
  }

  void clear_oldest_of_main() {
    const Key key = queue(Place::kMain).list.oldest();
    const std::uint8_t uses = entries_[key].uses;
    if (uses == 0) {
      erase(key);
      return;
    }
    move(key, Place::kMain);
    entries_[key].uses = uses - 1;
  }

  std::uint64_t capacity_;
  std::vector<Entry> entries_;
  std::vector<KeyLink> links_;
  Queue queues_[4];
};

}  // namespace nitro::bench
