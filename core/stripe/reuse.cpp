// What entries leave behind in the middle of the ring, and who gets it.
#include <algorithm>
#include <array>

#include "core/stripe/stripe.h"

namespace nitro {

void Stripe::free_spares(const Writer& writer, SpareClass& spares) noexcept {
  std::array<std::uint64_t, kSparesPerClass> offsets;
  // Most of what is named is none of them: a bit for each says so for less than a look at all.
  const auto bit_of = [](std::uint64_t offset) {
    return std::uint64_t{1} << (offset / kBlockUnit % 64);
  };
  std::uint64_t bits = 0;
  const std::uint32_t count = spares.take_retired([&](std::uint32_t i, const Spare& spare) {
    offsets[i] = ring_.start() + spare.position;
    bits |= bit_of(offsets[i]);
  });
  writer.table->for_each_named(number_, [&](std::uint64_t offset) {
    if ((bits & bit_of(offset)) != 0) [[unlikely]] {
      // What is named is left to the hand.
      std::replace(offsets.begin(), offsets.begin() + count, offset, std::uint64_t{0});
    }
  });
  // Before anybody can write there. Partner: Session::find_version().
  spares.looks.fetch_add(1, std::memory_order_release);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint64_t position = offsets[i] - ring_.start();
    const BlockWord word = offsets[i] != 0 ? ring_.word_at(position) : BlockWord{};
    // Of this class still: the others do not count this look.
    if (word.state() == BlockState::kRetired && &spares_.for_size(word.size()) == &spares) {
      ring_.set_free(position, word.size());
      spares.add_free({position, word.size()});
    }
  }
}

}  // namespace nitro
