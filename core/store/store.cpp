#include "core/store/store.h"

#include <algorithm>
#include <utility>

namespace nitro {

namespace {

constexpr ByteCount kSmallestEntry{64};
constexpr ByteCount kLargestEntry = 64_KiB;

std::optional<Error> check(const StoreOptions& options) {
  const auto bad = [](std::string message) {
    return Error{ErrorKind::kBadArgument, std::move(message)};
  };
  if (const std::string why = why_name_is_bad(options.name); !why.empty()) {
    return bad("The cache name " + why + ".");
  }
  const ByteCount size = options.size.value_or(options.default_size);
  if (size < kSmallestSegment || size > kLargestSegment) {
    return bad("A cache has between " + std::to_string(kSmallestSegment.value) + " and " +
               std::to_string(kLargestSegment.value) + " bytes; " + std::to_string(size.value) +
               " were asked for.");
  }
  if (options.entry_size < kSmallestEntry || options.entry_size > kLargestEntry) {
    return bad("The average size of an entry is between " + std::to_string(kSmallestEntry.value) +
               " and " + std::to_string(kLargestEntry.value) + " bytes, not " +
               std::to_string(options.entry_size.value) + ".");
  }
  return std::nullopt;
}

// Text from the segment, whatever is in it.
template <std::size_t N>
std::string text_of(const std::array<char, N>& bytes) {
  return {bytes.data(), strnlen(bytes.data(), bytes.size())};
}

}  // namespace

Result<std::shared_ptr<Store>> Store::open(const StoreOptions& options) noexcept {
  if (auto bad = check(options)) {
    return std::move(*bad);
  }
  SegmentRequest request;
  request.cache_name = options.name;
  request.maker = options.maker;
  request.core_layout = core_layout();
  request.value_abi = options.value_abi;
  request.entry_size = options.entry_size.value;
  request.size = options.size;
  request.default_size = options.default_size;
  request.smallest_size = kSmallestSegment;
  request.create = options.create;
  request.protect_values = options.protect_values;
  request.huge_pages = options.huge_pages;
  request.tables_size = [](ByteCount size, std::uint64_t entry_size) {
    const auto geometry = geometry_for(size, entry_size);
    return geometry ? ByteCount{geometry->rings_offset} : size;
  };
  auto segment = Segment::open(request);
  if (!segment) {
    return segment.error();
  }
  const SegmentHeader& header = segment.value().header();
  const auto geometry = geometry_for(ByteCount{header.size}, header.entry_size);
  if (!geometry) {
    return Error{
        ErrorKind::kForeignFormat,
        "The shared memory object " + segment.value().system_name() + " is damaged. Remove it."};
  }
  return std::shared_ptr<Store>(new Store(options, std::move(segment).value(), *geometry));
}

Store::Store(const StoreOptions& options, Segment segment, const Geometry& geometry)
    : options_(options),
      segment_(std::move(segment)),
      geometry_(geometry),
      table_(*segment_.at(Offset<ProcessTableState>(geometry.table_offset)), segment_.locks()),
      locks_(*segment_.at(Offset<LockTableState>(geometry.locks_offset)), table_, *options.clock),
      tags_(segment_.at(Offset<TagVersion>(geometry.tags_offset)), geometry.tag_count,
            segment_.header().hash_seed),
      user_(platform::user_id()) {
  stripes_.reserve(geometry.stripe_count);
  auto* states = segment_.at(Offset<StripeState>(geometry.stripes_offset));
  auto* buckets = segment_.at(Offset<Bucket>(geometry.buckets_offset));
  auto* history = segment_.at(Offset<HistoryWord>(geometry.history_offset));
  for (std::uint32_t i = 0; i < geometry.stripe_count; ++i) {
    const std::uint64_t first_bucket = i * geometry.buckets_per_stripe;
    stripes_.emplace_back(i, states[i], buckets + first_bucket, geometry.buckets_per_stripe,
                          history + first_bucket, segment_,
                          geometry.rings_offset + i * geometry.ring_size, geometry.ring_size);
  }

  const SegmentHeader& header = segment_.header();
  facts_.name = options.name;
  facts_.segment_name = segment_.system_name();
  facts_.maker = text_of(header.maker);
  facts_.value_abi = header.value_abi;
  facts_.size = ByteCount{header.size};
  facts_.created_at = header.created_at;
  facts_.created_here = segment_.was_created_here();
  facts_.at_home = segment_.is_at_home();
  facts_.shrunk_from = segment_.shrunk_from();
  if (options.size && round_up(options.size->value, 4096) != header.size) {
    facts_.refused_size = options.size;
  }
}

Store::~Store() = default;

std::vector<CacheListing> Store::list() {
  std::vector<CacheListing> caches;
  for (auto& found : platform::list_segments(platform::user_id(), core_layout())) {
    caches.push_back({std::move(found.cache), found.value_abi, std::move(found.segment)});
  }
  return caches;
}

bool Store::check_name() noexcept {
  if (user_ != platform::user_id()) {
    abandon();
  }
  return is_abandoned() || segment_.check_name();
}
void Store::destroy() noexcept { segment_.remove(); }

void Store::invalidate_tag(std::string_view tag, TagKind kind) noexcept {
  tags_.invalidate(tag, kind);
  for (Stripe& stripe : stripes_) {
    stripe.ask_for_sweep();
  }
}

bool Store::try_take_janitor_seat() noexcept {
  if (!segment_.locks().try_lock(kJanitorByte)) {
    return false;
  }
  segment_.header().janitor_pid.store(platform::process_id(), std::memory_order_relaxed);
  note_janitor_round();
  return true;
}

void Store::note_janitor_round() noexcept {
  segment_.header().janitor_heartbeat.store(system_wall_clock_seconds(), std::memory_order_relaxed);
}

std::int64_t Store::janitor_heartbeat() const noexcept {
  return has_janitor() ? segment_.header().janitor_heartbeat.load(std::memory_order_relaxed) : 0;
}

bool Store::has_janitor() const noexcept {
  return const_cast<Segment&>(segment_).locks().is_locked_elsewhere(kJanitorByte);
}

std::int64_t Store::janitor_pid() const noexcept {
  return has_janitor() ? segment_.header().janitor_pid.load(std::memory_order_relaxed) : 0;
}

std::uint32_t Store::attached_rows() const noexcept { return table_.count_living_rows(); }

void Store::after_fork_in_child() noexcept {
  if (!segment_.locks().reopen()) {
    abandon();
  }
  segment_.after_fork_in_child();
  table_.forget_own_rows();
}

StripeStatistics Store::statistics_of(std::uint32_t number) const noexcept {
  const Stripe& stripe = stripes_[number];
  const StripeState& state = stripe.state();
  const auto bytes = [](const SharedAtomic<std::uint64_t>& count) {
    return ByteCount{count.load(std::memory_order_relaxed)};
  };
  StripeStatistics result;
  result.entries = state.live_entries.load(std::memory_order_relaxed);
  result.usage = bytes(state.live_bytes);
  result.ring = ByteCount{stripe.ring().size()};
  result.reserved = ByteCount{stripe.ring().extent()};
  result.free = ByteCount{stripe.ring().free_bytes()};
  result.held = ByteCount{stripe.ring().held_bytes()};
  // Those who count do not wait for each other: below zero for a moment.
  result.pinned = ByteCount{static_cast<std::uint64_t>(
      std::max<std::int64_t>(0, state.pinned_bytes.load(std::memory_order_relaxed)))};
  result.probation = ByteCount{stripe.ring().size_of(Queue::kProbation)};
  result.hand = stripe.ring().hand(Queue::kMain);
  return result;
}

std::uint64_t Store::entry_count() const noexcept {
  std::uint64_t sum = 0;
  for (const Stripe& stripe : stripes_) {
    sum += stripe.state().live_entries.load(std::memory_order_relaxed);
  }
  return sum;
}

Statistics Store::statistics() const noexcept {
  Statistics sum;
  sum.hits = table_.sum(Counter::kHits);
  sum.misses = table_.sum(Counter::kMisses);
  sum.sets = table_.sum(Counter::kSets);
  sum.deletes = table_.sum(Counter::kDeletes);
  sum.evictions = table_.sum(Counter::kEvictions);
  sum.evictions_full_bucket = table_.sum(Counter::kEvictionsFullBucket);
  sum.expired = table_.sum(Counter::kExpired);
  sum.failed_sets = table_.sum(Counter::kFailedSets);
  sum.moved_bytes = table_.sum(Counter::kMovedBytes);
  sum.pins = table_.sum(Counter::kPins);
  sum.copies = table_.sum(Counter::kCopies);
  sum.lock_waits = table_.sum(Counter::kLockWaits);
  sum.lock_timeouts = table_.sum(Counter::kLockTimeouts);
  sum.recoveries = table_.sum(Counter::kRecoveries);
  sum.guest_calls = table_.sum(Counter::kGuestCalls);
  sum.refused_calls = segment_.header().refused_calls.load(std::memory_order_relaxed);
  for (const Stripe& stripe : stripes_) {
    const StripeStatistics of_stripe = statistics_of(stripe.number());
    sum.entries += of_stripe.entries;
    sum.usage = sum.usage + of_stripe.usage;
    sum.capacity = sum.capacity + of_stripe.ring;
    sum.reserved = sum.reserved + of_stripe.reserved;
    sum.free = sum.free + of_stripe.free;
    sum.held = sum.held + of_stripe.held;
    sum.probation = sum.probation + of_stripe.probation;
    sum.pinned = sum.pinned + of_stripe.pinned;
  }
  sum.named_locks = locks_.count_held();
  sum.segment_size = ByteCount{geometry_.size};
  sum.largest_value = ByteCount{stripes_.front().largest_block() - Block::value_offset(0)};
  sum.stripes = geometry_.stripe_count;
  sum.rows_used = table_.count_living_rows();
  sum.rows = kRowCount;
  return sum;
}

}  // namespace nitro
