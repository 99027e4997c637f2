#include "core/store/verify.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <set>
#include <unordered_map>

#include "core/base/pointer_map.h"
#include "core/store/inspector.h"

namespace nitro {

namespace {

constexpr std::size_t kMostFindings = 100;

// Collects sentences; after the first hundred it only counts.
class Findings {
 public:
  template <typename... Numbers>
  void add(const char* format, Numbers... numbers) {
    if (++count_ <= kMostFindings) {
      std::array<char, 256> line{};
      std::snprintf(line.data(), line.size(), format, static_cast<unsigned long long>(numbers)...);
      lines_.emplace_back(line.data());
    }
  }
  std::vector<std::string> take() {
    if (count_ > kMostFindings) {
      lines_.push_back("… and " + std::to_string(count_ - kMostFindings) + " more.");
    }
    return std::move(lines_);
  }

 private:
  std::vector<std::string> lines_;
  std::size_t count_ = 0;
};

// One stripe under its lock.
class StripeCheck {
 public:
  StripeCheck(const StripeGuard& held, Stripe& stripe, Findings& findings)
      : held_(held), stripe_(stripe), ring_(stripe.ring()), findings_(findings) {}

  void run() {
    if (walk_ring()) {
      check_index();
      check_totals();
    }
    if (stripe_.state().journal.slot.load(std::memory_order_relaxed) != 0) {
      findings_.add("Stripe %llu: the journal names a change although nobody is writing.",
                    number());
    }
  }

 private:
  [[nodiscard]] std::uint64_t number() const { return stripe_.number(); }

  // Notes every block. False: the tiling is broken, and nothing else can be said of the stripe.
  bool walk_ring() {
    // As stored: the ring gives them rounded to what can be.
    const RingState& state = stripe_.state().ring;
    const std::uint64_t extent = state.extent.load(std::memory_order_relaxed);
    if (extent > ring_.size()) {
      findings_.add("Stripe %llu: the extent %llu lies outside the ring of %llu bytes.", number(),
                    extent, ring_.size());
      return false;
    }
    std::uint64_t position = 0;
    while (position < extent) {
      const Ring::View view = ring_.view(position);
      if (view.size == 0) {
        findings_.add("Stripe %llu: the block at %llu has a size of 0 or leaves the ring.",
                      number(), position);
        return false;
      }
      if (view.state > BlockState::kRetired) {
        findings_.add("Stripe %llu: the block at %llu has the unknown state %llu.", number(),
                      position, static_cast<std::uint64_t>(view.state));
        return false;
      }
      if (view.state == BlockState::kStored) {  // others may have been left half filled
        const Block& block = *ring_.at(position);
        if (Block::size_for(block.key_length, block.value_length) > view.size) {
          findings_.add("Stripe %llu: key (%llu) and value (%llu) do not fit the block at %llu.",
                        number(), block.key_length, block.value_length, position);
          return false;
        }
      }
      blocks_[ring_.start() + position] = view;
      position += view.size;
    }
    check_queues(state, extent);
    check_spares();
    return true;
  }

  void check_queues(const RingState& state, std::uint64_t extent) {
    const std::uint64_t border = state.border.load(std::memory_order_relaxed);
    const auto is_boundary = [&](std::uint64_t position) {
      return position == extent || blocks_.contains(ring_.start() + position);
    };
    if (!is_boundary(border)) {
      findings_.add("Stripe %llu: the border at %llu is no block's start.", number(), border);
    }
    for (const Queue queue : kQueues) {
      const std::uint64_t hand =
          state.hands[static_cast<std::size_t>(queue)].load(std::memory_order_relaxed);
      if (!is_boundary(hand)) {
        findings_.add("Stripe %llu: the hand at %llu is no block's start.", number(), hand);
      } else if (hand < ring_.begin_of(queue) || hand > ring_.end_of(queue)) {
        findings_.add("Stripe %llu: the hand at %llu is on the wrong side of the border at %llu.",
                      number(), hand, border);
      }
    }
  }

  void check_spares() {
    const auto check = [&](const Spare& spare) {
      if (!blocks_.contains(ring_.start() + spare.position)) {
        findings_.add("Stripe %llu: the spare block at %llu is no block's start.", number(),
                      spare.position);
      }
    };
    for (const SpareClass& spares : stripe_.state().spares.classes) {
      for (std::uint32_t i = 0; i < spares.count_free(); ++i) {
        check(spares.free_at(i));
      }
      for (std::uint32_t i = 0; i < spares.count_retired(); ++i) {
        check(spares.retired_at(i));
      }
    }
  }

  void check_index() {
    const Index& index = stripe_.index();
    for (std::uint64_t i = 0; i < index.slot_count(); ++i) {
      const Slot& slot = index.slot(i);
      const IndexWord word{slot.load(std::memory_order_relaxed)};
      if (word.value != 0) {
        check_word(i, slot, word);
      }
    }
  }

  void check_word(std::uint64_t slot_number, const Slot& slot, IndexWord word) {
    const auto found = blocks_.find(word.block());
    if (found == blocks_.end()) {
      findings_.add("Stripe %llu: slot %llu leads to %llu, where no block begins.", number(),
                    slot_number, word.block());
      return;
    }
    if (found->second.state != BlockState::kStored) {
      findings_.add("Stripe %llu: slot %llu leads to the block at %llu, which has state %llu.",
                    number(), slot_number, word.block(),
                    static_cast<std::uint64_t>(found->second.state));
      return;
    }
    const Block& block = *stripe_.block_of(slot);
    const KeyHash hash = hash_key(block.key(), stripe_.seed());
    if (hash.tag() != word.tag()) {
      findings_.add("Stripe %llu: the tag in slot %llu is not that of its key.", number(),
                    slot_number);
    }
    const Bucket* bucket = &stripe_.index().bucket(slot_number / kSlotsPerBucket);
    const auto buckets = stripe_.index().buckets_of(hash);
    if (bucket != buckets[0] && bucket != buckets[1]) {
      findings_.add("Stripe %llu: slot %llu is in neither of its key's buckets.", number(),
                    slot_number);
    } else if (stripe_.find(held_, hash, block.key()) != &slot) {
      findings_.add("Stripe %llu: slot %llu is a second word of its key.", number(), slot_number);
    }
    if (!linked_.insert(word.block()).second) {
      findings_.add("Stripe %llu: the block at %llu is linked twice.", number(), word.block());
    }
    if (block.has_pointers != 0) {
      check_pointers(word.block());
    }
    live_bytes_ += found->second.size;
    if (has_extras(block) && extras_of(block) == nullptr) {
      findings_.add("Stripe %llu: the extras of the block at %llu do not fit it.", number(),
                    word.block());
    }
    const std::int64_t deadline = end_of(block).value;
    const std::int64_t next = stripe_.state().next_deadline.load(std::memory_order_relaxed);
    if (deadline != 0 && (next == 0 || deadline < next)) {
      findings_.add("Stripe %llu: the deadline in slot %llu lies before the stripe's next one.",
                    number(), slot_number);
    }
  }

  // Readers that are at home follow them as they are.
  void check_pointers(std::uint64_t offset) {
    Block& block = *ring_.at(offset - ring_.start());
    const std::uint64_t home = stripe_.home() + offset + Block::value_offset(block.key_length);
    const std::uint64_t end = words_before_pointer_map(block.value_length) * kWordSize;
    for_each_pointer({block.value(), block.value_length}, [&](const std::uint64_t& pointer) {
      // An empty array's elements begin, and end, where the value may end.
      if (pointer - home > end) {
        findings_.add("Stripe %llu: a pointer in the block at %llu leads out of the value.",
                      number(), offset);
      }
    });
  }

  void check_totals() {
    const StripeState& state = stripe_.state();
    const std::uint64_t bytes = state.live_bytes.load(std::memory_order_relaxed);
    const std::uint64_t entries = state.live_entries.load(std::memory_order_relaxed);
    if (bytes != live_bytes_) {
      findings_.add("Stripe %llu: %llu live bytes are counted, %llu are linked.", number(), bytes,
                    live_bytes_);
    }
    if (entries != linked_.size()) {
      findings_.add("Stripe %llu: %llu entries are counted, %llu are linked.", number(), entries,
                    linked_.size());
    }
  }

  const StripeGuard& held_;
  Stripe& stripe_;
  const Ring& ring_;
  Findings& findings_;
  std::unordered_map<std::uint64_t, Ring::View> blocks_;
  std::set<std::uint64_t> linked_;
  std::uint64_t live_bytes_ = 0;
};

void check_rows(Store& store, Findings& findings) {
  const ProcessTable& table = StoreInspector::table(store);
  const Geometry& geometry = StoreInspector::geometry(store);
  const auto lies_in_rings = [&geometry](std::uint64_t offset) {
    return offset >= geometry.rings_offset && offset < geometry.size && offset % kBlockUnit == 0;
  };
  const auto* state =
      StoreInspector::segment(store).at(Offset<ProcessTableState>(geometry.table_offset));
  const std::uint32_t in_use = state->rows_in_use.load(std::memory_order_relaxed);
  if (in_use > kRowCount) {
    findings.add("The process table says that %llu of %llu rows are in use.", in_use, kRowCount);
    return;
  }
  for (std::uint32_t i = 0; i < table.rows_in_use(); ++i) {
    const Row& row = table.row(i);
    const std::uint64_t hazard = row.hazard.load(std::memory_order_relaxed);
    if (hazard != 0 && !lies_in_rings(hazard)) {
      findings.add("Row %llu: the hazard %llu lies outside the rings.", i, hazard);
    }
    const std::uint32_t count = row.pin_count.load(std::memory_order_acquire);
    if (count > kMaxPins) {
      findings.add("Row %llu: %llu pins of at most %llu.", i, count, kMaxPins);
      continue;
    }
    for (std::uint32_t pin = 0; pin < count; ++pin) {
      const std::uint64_t offset = row.pins[pin].load(std::memory_order_relaxed) * kPinUnit;
      if (!lies_in_rings(offset)) {
        findings.add("Row %llu: the pin %llu lies outside the rings.", i, offset);
      }
    }
  }
}

void check_header(Store& store, Findings& findings) {
  const SegmentHeader& header = StoreInspector::segment(store).header();
  if (header.magic != kSegmentMagic || header.core_layout != core_layout()) {
    findings.add("The header's magic or layout number has changed.");
  }
  if (header.size != StoreInspector::geometry(store).size) {
    findings.add("The header says %llu bytes, but %llu were mapped.", header.size,
                 StoreInspector::geometry(store).size);
  }
  if (header.state.load(std::memory_order_relaxed) > 2) {
    findings.add("The header has the unknown state %llu.",
                 header.state.load(std::memory_order_relaxed));
  }
}

}  // namespace

std::vector<std::string> verify(Session& session) {
  Findings findings;
  Store& store = session.store();
  check_header(store, findings);
  check_rows(store, findings);
  if (!StoreInspector::begin_call(session)) {
    findings.add("The process table is full: the stripes could not be checked.");
    return findings.take();
  }
  for (Stripe& stripe : StoreInspector::stripes(store)) {
    StripeGuard held(stripe, StoreInspector::writer(session));
    if (held.has_lock()) {
      StripeCheck(held, stripe, findings).run();
    } else {
      findings.add("Stripe %llu: the lock could not be had; its owner is stopped or very slow.",
                   stripe.number());
    }
  }
  StoreInspector::end_call(session);
  return findings.take();
}

}  // namespace nitro
