#include "core/stripe/block.h"

#include <string>
#include <vector>

#include "core/stripe/stripe.h"

#include "tests/support/catch.h"

namespace nitro {

TEST_CASE("block: a word holds every state and sizes of up to 4 GiB") {
  for (const BlockState state :
       {BlockState::kFree, BlockState::kBuilding, BlockState::kStored, BlockState::kRetired}) {
    for (const std::uint64_t size :
         {std::uint64_t{16}, std::uint64_t{1} << 20, ((std::uint64_t{1} << 28) - 1) * kBlockUnit}) {
      const BlockWord word = BlockWord::of(state, size);
      CHECK(word.state() == state);
      CHECK(word.size() == size);
    }
  }
  CHECK(BlockWord{0}.state() == BlockState::kFree);
}

TEST_CASE("block: values are aligned, and begin behind the key") {
  for (std::uint64_t key = 0; key < 40; ++key) {
    const std::uint64_t value = Block::value_offset(key);
    CHECK(value % 8 == 0);
    CHECK(value >= sizeof(Block) + key);
    CHECK(value < sizeof(Block) + key + 8);
  }
}

TEST_CASE("block: sizes are multiples of the unit, with less than a unit to spare") {
  for (std::uint64_t length = 0; length < 100; ++length) {
    const std::uint64_t size = Block::size_for(5, length);
    CHECK(size % kBlockUnit == 0);
    CHECK(size >= Block::value_offset(5) + length);
    CHECK(size < Block::value_offset(5) + length + kBlockUnit);
  }
}

TEST_CASE("block: lengths of gigabytes do not overflow") {
  CHECK(Block::size_for(UINT32_MAX, UINT32_MAX) > std::uint64_t{8'000'000'000});
}

TEST_CASE("block: is filled with a key and a value that lies somewhere already") {
  alignas(16) std::array<std::byte, 256> memory;
  memory.fill(std::byte{0xee});
  auto* block = reinterpret_cast<Block*>(memory.data());
  const std::string value = "the value";
  BlockContent content;
  content.key = "key";
  content.kind = 6;
  content.has_pointers = true;
  content.value = std::as_bytes(std::span(value));

  REQUIRE(fill(*block, content, 0));

  CHECK(block->key() == "key");
  CHECK(block->kind == 6);
  CHECK(block->mark.load() == 0);
  CHECK(block->has_pointers == 1);
  REQUIRE(block->value_length == value.size());
  CHECK(value == std::string(reinterpret_cast<const char*>(block->value()), value.size()));
  CHECK(memory[content.block_size()] == std::byte{0xee});
}

TEST_CASE("block: is filled by a writer that is told its place at home") {
  alignas(16) std::array<std::byte, 256> memory;
  memory.fill(std::byte{0xee});
  auto* block = reinterpret_cast<Block*>(memory.data());
  const std::string context = "context";
  BlockContent content;
  content.key = "key";
  content.writer.write = [](const void* given, std::span<std::byte> at,
                            std::uint64_t home) noexcept {
    CHECK(*static_cast<const std::string*>(given) == "context");
    REQUIRE(at.size() == sizeof(home));
    std::memcpy(at.data(), &home, sizeof(home));
    return true;
  };
  content.writer.context = &context;
  content.writer.size = sizeof(std::uint64_t);

  REQUIRE(fill(*block, content, 0x1000));

  REQUIRE(block->value_length == sizeof(std::uint64_t));
  std::uint64_t home = 0;
  std::memcpy(&home, block->value(), sizeof(home));
  CHECK(home == 0x1000 + Block::value_offset(3));
  CHECK(memory[content.block_size()] == std::byte{0xee});
}

TEST_CASE("block: may be empty in every part") {
  alignas(16) std::array<std::byte, 64> memory{};
  auto* block = reinterpret_cast<Block*>(memory.data());
  const BlockContent content;
  REQUIRE(fill(*block, content, 0));
  CHECK(block->key().empty());
  CHECK(block->value_length == 0);
  CHECK(content.block_size() == 32);
}

}  // namespace nitro
