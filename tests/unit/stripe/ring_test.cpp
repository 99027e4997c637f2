#include "core/stripe/ring.h"

#include <cstdlib>
#include <string>
#include <vector>

#include "tests/support/catch.h"

namespace nitro {

namespace {

constexpr std::uint64_t kStart = 4096;
constexpr std::uint64_t kSize = 1024;

struct Fixture {
  Fixture() { ring.extend_to(512); }

  void store(std::uint64_t size) {
    ring.commit(ring.front(Queue::kMain, size), BlockState::kStored, size);
  }
  // "S64 F448": what a walk sees.
  std::string tiling() const {
    std::string text;
    std::uint64_t position = 0;
    while (position < ring.extent()) {
      const Ring::View view = ring.view(position);
      if (view.size == 0) {
        return text + "broken";
      }
      text += (text.empty() ? "" : " ") + std::string(1, "FBSR"[static_cast<int>(view.state)]) +
              std::to_string(view.size);
      position += view.size;
    }
    return text;
  }

  struct alignas(16) Line {
    std::array<std::byte, 16> bytes{};
  };
  std::vector<Line> memory{(kStart + kSize) / 16};
  RingState state{};
  Ring ring{state, reinterpret_cast<std::byte*>(memory.data()), kStart, kSize};
};

}  // namespace

TEST_CASE("ring: zero-filled memory is one free block to the end") {
  Fixture f;
  CHECK(f.tiling() == "F512");
  CHECK(f.ring.hand(Queue::kMain) == 0);
  CHECK(f.ring.window(Queue::kMain) == 512);
}

TEST_CASE("ring: a block is cut from the window's front, and the hand moves behind it") {
  Fixture f;
  f.store(64);
  CHECK(f.tiling() == "S64 F448");
  CHECK(f.ring.hand(Queue::kMain) == 64);
  CHECK(f.ring.window(Queue::kMain) == 448);
}

TEST_CASE("ring: until it is committed, a block is not there") {
  Fixture f;
  f.store(64);
  Block* block = f.ring.front(Queue::kMain, 128);
  CHECK(f.ring.position_of(block) == 64);
  CHECK(f.ring.offset_of(block) == kStart + 64);
  CHECK(f.tiling() == "S64 F448");
  CHECK(f.ring.hand(Queue::kMain) == 64);
}

TEST_CASE("ring: a block that takes the whole window leaves none") {
  Fixture f;
  f.store(512);
  CHECK(f.tiling() == "S512");
  CHECK(f.ring.hand(Queue::kMain) == f.ring.extent());
  CHECK(f.ring.window(Queue::kMain) == 0);
}

TEST_CASE("ring: it grows at its end") {
  Fixture f;
  f.store(512);
  CHECK(f.ring.may_grow());
  f.ring.extend_to(1024);
  CHECK(f.tiling() == "S512 F512");
  CHECK(f.ring.window(Queue::kMain) == 512);
  CHECK_FALSE(f.ring.may_grow());
}

TEST_CASE("ring: the first free block grows along while nothing lies behind it") {
  Fixture f;
  f.store(64);
  f.ring.extend_to(1024);
  CHECK(f.tiling() == "S64 F960");
}

TEST_CASE("ring: one that is stuck does not grow until it is told to try again") {
  Fixture f;
  f.ring.set_stuck(true);
  CHECK_FALSE(f.ring.may_grow());
  f.ring.set_stuck(false);
  CHECK(f.ring.may_grow());
}

TEST_CASE("ring: a remainder is named before the block that is cut off") {
  Fixture f;
  f.store(512);
  f.ring.set_free(128, 384);
  f.ring.set_free(0, 128);
  f.ring.set_hand(Queue::kMain, 128);
  // The memory is not fresh: what was there before would be read as a word.
  f.ring.at(192)->word.store(0x12345678);
  REQUIRE(f.ring.front(Queue::kMain, 64) == f.ring.at(128));
  CHECK(BlockWord{f.ring.at(192)->word.load()}.size() == 320);
  CHECK(f.tiling() == "F128 F384");
  f.ring.commit(f.ring.at(128), BlockState::kBuilding, 64);
  CHECK(f.tiling() == "F128 B64 F320");
}

TEST_CASE("ring: the border divides it, and takes a hand along that is on its other side") {
  Fixture f;
  for (int i = 0; i < 8; ++i) {
    f.store(64);
  }
  f.ring.set_hand(Queue::kMain, 64);
  f.ring.set_border(128);
  CHECK(f.ring.hand(Queue::kMain) == 128);
  CHECK(f.ring.hand(Queue::kProbation) == 0);
  CHECK(f.ring.size_of(Queue::kProbation) == 128);
  CHECK(f.ring.size_of(Queue::kMain) == 384);
  CHECK(f.ring.queue_at(64) == Queue::kProbation);
  CHECK(f.ring.queue_at(128) == Queue::kMain);
  f.ring.set_hand(Queue::kProbation, 128);
  f.ring.set_border(64);
  CHECK(f.ring.hand(Queue::kProbation) == 0);
  CHECK(f.ring.hand(Queue::kMain) == 128);
}

TEST_CASE("ring: a queue's window ends at its end") {
  Fixture f;
  f.store(512);
  f.ring.set_free(0, 512);
  f.ring.split(0, 128);
  CHECK(f.tiling() == "F128 F384");
  f.ring.set_hand(Queue::kMain, 128);
  f.ring.set_border(128);
  CHECK(f.ring.window(Queue::kProbation) == 128);
  CHECK(f.ring.window(Queue::kMain) == 384);
  CHECK(f.ring.free_bytes() == 512 + kSize - f.ring.extent());
}

TEST_CASE("ring: a window is free memory at the hand, nothing else") {
  Fixture f;
  f.store(64);
  f.store(64);
  f.ring.set_hand(Queue::kMain, 0);
  CHECK(f.ring.window(Queue::kMain) == 0);
  f.ring.set_retired(f.ring.at(0), 64);
  CHECK(f.ring.window(Queue::kMain) == 0);
  f.ring.set_free(0, 64);
  CHECK(f.ring.window(Queue::kMain) == 64);
  CHECK(f.tiling() == "F64 S64 F384");
}

TEST_CASE("ring: a block that would leave the ring is told from a good one") {
  Fixture f;
  f.store(64);
  f.ring.at(0)->word.store(BlockWord::of(BlockState::kStored, 528).value);
  CHECK(f.tiling() == "broken");
  f.ring.at(0)->word.store(BlockWord::of(BlockState::kStored, 0).value);
  CHECK(f.tiling() == "broken");
}

}  // namespace nitro
