// Who comes into which queue, and how much of the ring each of them has.
//
// Most keys of most caches are stored once and never asked for again. They come into a small queue,
// on probation; what is read there goes on to the main one, so that the many do not drive out the
// few that are used (S3-FIFO: Yang, Zhang, Qiu, Yue, Rashmi: FIFO Queues are All You Need for Cache
// Eviction, SOSP 2023). A key that comes back although it was evicted lately is one of the few,
// too.
//
// What is stored again while it is there also goes through probation, though as if it had been
// read: the next time may be soon, and what it leaves behind there is reclaimed soon (as in a
// generational garbage collector).
//
// How large probation should be depends on who comes back: were it larger by what it has evicted
// last, or were the main queue, which one would have had more hits? So a key that comes back at
// once moves the border in favour of its queue (as in ARC: Megiddo, Modha, FAST 2003), the more,
// the less that queue evicts compared with the other. What came before the memory was full says
// nothing about either of them: nobody remembers that it was there.
// docs/decisions/0001-two-queues.md has the measurements.
#include <algorithm>

#include "core/stripe/stripe.h"

namespace nitro {

namespace {

// Parts of the ring.
constexpr std::uint64_t kFirstShare = 10;     // probation begins with a tenth
constexpr std::uint64_t kSmallestShare = 20;  // and has a twentieth at least
constexpr std::uint64_t kLargestOfFive = 4;   // and four fifths at most
// Larger ones are not on probation: they could not go on from there.
constexpr std::uint64_t kLargestPart = 8;
constexpr std::uint64_t kMostRatio = 100;
// The border moves by so much, and over so many blocks, at a time.
constexpr std::uint64_t kBorderStep = 64 * 1024;
constexpr std::uint32_t kBorderBlocks = 512;

}  // namespace

std::uint64_t Stripe::wanted_border() const noexcept {
  const std::uint64_t wanted = ring_.state().wanted_border.load(std::memory_order_relaxed);
  return wanted != 0 ? wanted : ring_.size() / kFirstShare;
}

void Stripe::choose_queue(const StripeGuard& held, const Writer& writer, KeyHash hash,
                          const Slot* slot, RoomSearch& search) noexcept {
  search.has_queue = true;
  search.queue = Queue::kMain;
  // Nobody has to go yet: there is more memory than clearing ever leaves.
  if (ring_.may_grow() ||
      ring_.window(Queue::kMain) > most_aside() + slack(search) + stretch(writer)) {
    search.is_early = true;
    return;
  }
  if (search.need > std::min(kLargestMove, wanted_border() / kLargestPart)) {
    if (search.need > ring_.size_of(Queue::kMain) / 2) {
      ring_.set_border(0);
    }
    return;
  }
  const auto memory = slot != nullptr
                          ? std::nullopt
                          : history_.find(hash.first_bucket(index_.bucket_count()), hash);
  if (!memory) {
    search.queue = Queue::kProbation;
  } else if (memory->is_latest) {
    pull_border(held, memory->queue, search.need);
  }
}

void Stripe::note_evicted(const StripeGuard&, KeyHash hash, Queue queue,
                          std::uint64_t size) noexcept {
  history_.note(hash.first_bucket(index_.bucket_count()), hash, queue);
  // Relaxed: only a proportion.
  auto& evicted = ring_.state_of(queue).evicted_bytes;
  evicted.store(evicted.load(std::memory_order_relaxed) + size, std::memory_order_relaxed);
}

// In favour of the queue to which an entry of that size has come back.
void Stripe::pull_border(const StripeGuard&, Queue queue, std::uint64_t size) noexcept {
  const auto evicted = [&](Queue of) -> auto& { return ring_.state_of(of).evicted_bytes; };
  const Queue other = queue == Queue::kMain ? Queue::kProbation : Queue::kMain;
  // Never 0, whatever is stored.
  const std::uint64_t own_bytes = evicted(queue).load(std::memory_order_relaxed) | 1;
  const std::uint64_t other_bytes = evicted(other).load(std::memory_order_relaxed) | 1;
  if (own_bytes + other_bytes > ring_.size()) {
    evicted(queue).store(own_bytes / 2, std::memory_order_relaxed);
    evicted(other).store(other_bytes / 2, std::memory_order_relaxed);
  }
  // In favour of the main queue whole ratios only: with too little, probation lets go of what
  // everybody needs soon.
  const bool grows = queue == Queue::kProbation;
  const std::uint64_t in_proportion =
      grows ? size * other_bytes / own_bytes : size * (other_bytes / own_bytes);
  const auto step = static_cast<std::int64_t>(std::clamp(in_proportion, size, kMostRatio * size));
  const auto wanted = static_cast<std::int64_t>(wanted_border()) + (grows ? step : -step);
  const std::uint64_t ring = ring_.size();
  ring_.state().wanted_border.store(static_cast<std::uint64_t>(std::clamp(
                                        wanted, static_cast<std::int64_t>(ring / kSmallestShare),
                                        static_cast<std::int64_t>(ring / 5 * kLargestOfFive))),
                                    std::memory_order_relaxed);
}

bool Stripe::extend_probation(const StripeGuard&) noexcept {
  const std::uint64_t border = ring_.border();
  const std::uint64_t target =
      round_down(std::min(wanted_border(), border + kBorderStep), kBlockUnit);
  std::uint64_t position = border;
  for (std::uint32_t i = 0; position < target && i < kBorderBlocks; ++i) {
    const Ring::View view = ring_.view(position);
    if (!ring_.is_sound(position, view)) [[unlikely]] {
      report_damage();
      return false;
    }
    const std::uint64_t end = position + view.size;
    if (end > target && view.state == BlockState::kFree) {
      ring_.split(position, target - position);
      position = target;
    } else if (end > ring_.size() / 5 * kLargestOfFive) {
      break;
    } else {
      position = end;
    }
  }
  if (position == border) {
    return false;
  }
  ring_.set_border(position);
  return true;
}

}  // namespace nitro
