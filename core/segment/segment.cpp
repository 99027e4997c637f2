#include "core/segment/segment.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

#include <boost/interprocess/exceptions.hpp>

#include "core/base/clock.h"
#include "core/base/hash.h"

namespace nitro {

using boost::interprocess::mapped_region;
using boost::interprocess::mode_t;
using boost::interprocess::read_only;
using boost::interprocess::read_write;
using platform::SharedObject;

// One try of open(): a segment, an error for the user, or neither: something moved under us, look
// again.
struct Segment::Attempt {
  std::optional<Segment> segment;
  std::optional<Error> error;

  static Attempt again() { return {}; }
  static Attempt failed(ErrorKind kind, std::string message) {
    Attempt attempt;
    attempt.error = Error{kind, std::move(message)};
    return attempt;
  }
};

// What a process has of a segment: where it works, and where its values are, if they are protected.
struct Segment::Mappings {
  mapped_region region;
  std::unique_ptr<ValueView> view;
};

namespace {

// How long to wait for somebody who is creating or removing the segment. Both take milliseconds.
constexpr std::chrono::seconds kPatience{5};
constexpr std::chrono::milliseconds kLookAgainAfter{2};

// Smaller caches do without: a processor's table of translations covers some 8 MB of small pages,
// and each ring that holds anything may take a whole huge one.
constexpr ByteCount kLeastForHugePages = 64_MiB;

// Slots that a creator tries before it does without a home.
constexpr std::uint64_t kHomeTries = 8;

std::string in_mb(ByteCount bytes) {
  const std::uint64_t tenths = bytes.value * 10 / (1 << 20);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " MB";
}

// Maps the whole object, at `address` if that can be had, else not at all.
std::optional<mapped_region> try_map(const SharedObject& object, ByteCount size,
                                     std::uint64_t address, mode_t mode = read_write) {
  try {
    return mapped_region(object, mode, 0, static_cast<std::size_t>(size.value),
                         reinterpret_cast<void*>(address));
  } catch (const boost::interprocess::interprocess_exception&) {
    return std::nullopt;
  }
}

// The home address is a function of user and name, so that all processes ask for the same one and
// two caches of a process ask for different ones.
std::vector<std::uint64_t> new_homes(const std::string& cache_name) {
  const platform::HomeRange range = platform::home_range();
  const std::uint64_t first = hash_key(cache_name, platform::user_id()).value % range.slots;
  std::vector<std::uint64_t> homes;
  for (std::uint64_t i = 0; i < kHomeTries; ++i) {
    homes.push_back(range.start + (first + i) % range.slots * platform::kHomeSlotBytes);
  }
  return homes;
}

// At the first of these addresses that can be had, else anywhere.
std::optional<mapped_region> map_at_one_of(const SharedObject& object, ByteCount size,
                                           const std::vector<std::uint64_t>& homes, mode_t mode) {
  for (const std::uint64_t home : homes) {
    if (auto region = try_map(object, size, home, mode)) {
      return region;
    }
  }
  return try_map(object, size, 0, mode);
}

template <std::size_t N>
void copy_text(std::array<char, N>& to, const std::string& from) {
  const std::size_t length = std::min(from.size(), N - 1);
  std::memcpy(to.data(), from.data(), length);
  to[length] = '\0';
}

// The size a new segment gets, in whole pages.
struct ChosenSize {
  ByteCount size;
  std::optional<ByteCount> shrunk_from;
};

Result<ChosenSize> choose_size(const SegmentRequest& request) {
  constexpr std::uint64_t kPage = 4096;
  const platform::Room room = platform::room_for_segments();
  const auto no_room = [&room](ByteCount wanted) {
    return Error{ErrorKind::kNoRoom, "The cache asks for " + in_mb(wanted) + ", but only " +
                                         in_mb(room.available) + " can be had (" + room.limit +
                                         "). Ask for less, or raise that limit."};
  };
  const ByteCount wanted{round_up(request.size.value_or(request.default_size).value, kPage)};
  if (wanted <= room.available) {
    return ChosenSize{wanted, std::nullopt};
  }
  if (request.size) {
    return no_room(wanted);
  }
  const ByteCount smaller{round_down(room.available.value / 4 * 3, kPage)};
  if (smaller < request.smallest_size) {
    return Error{ErrorKind::kNoRoom, "The cache needs at least " + in_mb(request.smallest_size) +
                                         ", and takes by itself three quarters of what there is: " +
                                         in_mb(room.available) + " (" + room.limit +
                                         "). Raise that limit, or ask for a size that fits."};
  }
  return ChosenSize{smaller, wanted};
}

}  // namespace

// Values have to be at home, so that pointers within them can be followed; work can be done
// anywhere.
std::optional<Segment::Mappings> Segment::map(const SharedObject& object, ByteCount size,
                                              const std::vector<std::uint64_t>& homes,
                                              const SegmentRequest& request) {
  if (!request.protect_values) {
    auto region = map_at_one_of(object, size, homes, read_write);
    return region ? std::optional(Mappings{std::move(*region), nullptr}) : std::nullopt;
  }
  auto values = map_at_one_of(object, size, homes, read_only);
  auto region = try_map(object, size, 0);
  if (!values || !region) {
    return std::nullopt;
  }
  return Mappings{std::move(*region), std::make_unique<ValueView>(std::move(*values))};
}

Segment::Segment(SharedObject object, LockFile locks, Mappings mappings) noexcept
    : object_(std::move(object)),
      locks_(std::move(locks)),
      region_(std::move(mappings.region)),
      view_(std::move(mappings.view)),
      header_(static_cast<SegmentHeader*>(region_.get_address())) {}

void Segment::ask_for_huge_pages(const SegmentRequest& request) noexcept {
  wants_huge_pages_ = request.huge_pages && size() >= kLeastForHugePages;
  if (wants_huge_pages_) {
    platform::advise_huge_pages(base(), size());
  }
  if (wants_huge_pages_ && view_) {
    platform::advise_huge_pages(view_->base(), size());
  }
}

// Makes a segment of that name. The guard is held from before the first byte until `ready`, so
// whoever finds an unfinished segment without a guard knows that its creator died.
Segment::Attempt Segment::create(const std::string& name, const SegmentRequest& request) {
  auto chosen = choose_size(request);
  if (!chosen) {
    return Attempt::failed(chosen.error().kind, chosen.error().message);
  }
  const ByteCount size = chosen.value().size;

  auto made = SharedObject::create_new(name);
  if (!made) {
    return Attempt::failed(made.error().kind, made.error().message);
  }
  if (!made.value()) {
    return Attempt::again();
  }
  SharedObject object = std::move(*std::move(made).value());

  auto locks = LockFile::open(object);
  if (!locks) {
    if (object.name_leads_here()) {
      object.remove_name();
    }
    return Attempt::failed(locks.error().kind, locks.error().message);
  }
  // Between creating and locking, somebody may have taken us for dead and removed the name.
  if (!locks.value().try_lock(kGuardByte) || !object.name_leads_here()) {
    return Attempt::again();
  }

  const auto no_room = [](SharedObject& made_in_vain, std::string message) {
    made_in_vain.remove_name();
    return Attempt::failed(ErrorKind::kNoRoom, std::move(message));
  };
  const ByteCount tables = request.tables_size(size, request.entry_size);
  const std::string refused = "The system refused memory for a cache of " + in_mb(size) +
                              ": its tables alone need " + in_mb(tables) +
                              ". Ask for less, or free shared memory.";
  if (!object.resize(size)) {
    return no_room(object, refused);
  }
  auto mappings = map(object, size, new_homes(request.cache_name), request);
  if (!mappings) {
    return no_room(object, "A cache of " + in_mb(size) +
                               " cannot be mapped into this process: its address space is limited "
                               "(see ulimit -v). Ask for less, or raise that limit.");
  }

  Segment segment(std::move(object), std::move(locks).value(), std::move(*mappings));
  segment.ask_for_huge_pages(request);
  if (!segment.reserve(0, tables)) {
    return no_room(segment.object_, refused);
  }
  SegmentHeader& header = segment.header();
  header.magic = kSegmentMagic;
  header.core_layout = request.core_layout;
  header.value_abi = request.value_abi;
  header.size = size.value;
  header.entry_size = request.entry_size;
  const auto address = reinterpret_cast<std::uint64_t>(segment.values());
  const platform::HomeRange range = platform::home_range();
  const bool has_home =
      address >= range.start && address - range.start < range.slots * platform::kHomeSlotBytes;
  header.home_address = has_home ? address : 0;
  header.hash_seed = platform::random_number();
  header.created_at = system_wall_clock_seconds();
  copy_text(header.name, request.cache_name);
  copy_text(header.maker, request.maker);
  // Release: whoever sees `ready` sees all of the above. Partner: the acquire in attach().
  header.state.store(static_cast<std::uint32_t>(SegmentState::kReady), std::memory_order_release);
  segment.locks().unlock(kGuardByte);

  segment.created_here_ = true;
  segment.shrunk_from_ = chosen.value().shrunk_from;
  Attempt attempt;
  attempt.segment = std::move(segment);
  return attempt;
}

// Attaches to what lies under the name, or clears it away if it is half-made or condemned.
Segment::Attempt Segment::attach(SharedObject object, const SegmentRequest& request) {
  if (std::string why = object.why_untrusted(); !why.empty()) {
    return Attempt::failed(ErrorKind::kUntrusted, std::move(why));
  }
  auto locks = LockFile::open(object);
  if (!locks) {
    return Attempt::failed(locks.error().kind, locks.error().message);
  }
  const auto foreign = [&object](const std::string& what) {
    return Attempt::failed(ErrorKind::kForeignFormat,
                           "The shared memory object " + object.name() + " is " + what +
                               ". Remove it, or choose another cache name.");
  };

  const ByteCount size = object.size();
  const auto unmappable = [size] {
    return Attempt::failed(ErrorKind::kNoRoom,
                           "The cache's " + in_mb(size) +
                               " cannot be mapped into this process: its address space is "
                               "limited (see ulimit -v).");
  };
  std::optional<mapped_region> region;
  // The reservation is for what died half-made: looking at a page that is not there would raise
  // a signal when shared memory is full.
  if (size.value >= sizeof(SegmentHeader) && object.reserve(0, ByteCount{sizeof(SegmentHeader)})) {
    region = try_map(object, size, 0);
    if (!region) {
      return unmappable();
    }
    const auto& header = *static_cast<const SegmentHeader*>(region->get_address());
    const auto state = static_cast<SegmentState>(header.state.load(std::memory_order_acquire));
    if (state > SegmentState::kCondemned || (header.magic != 0 && header.magic != kSegmentMagic)) {
      return foreign("not a NitroCache segment");
    }
    if (state == SegmentState::kReady) {
      if (header.core_layout != request.core_layout || header.value_abi != request.value_abi ||
          header.size != size.value || header.size < request.smallest_size.value ||
          header.entry_size == 0) {
        return foreign("damaged, or of another build of NitroCache");
      }
      std::vector<std::uint64_t> homes;
      if (header.home_address != 0) {
        homes.push_back(header.home_address);
      }
      region.reset();
      auto mappings = map(object, size, homes, request);
      if (!mappings) {
        return unmappable();
      }
      Attempt attempt;
      attempt.segment = Segment(std::move(object), std::move(locks).value(), std::move(*mappings));
      attempt.segment->ask_for_huge_pages(request);
      return attempt;
    }
  } else if (size.value != 0 && size.value < sizeof(SegmentHeader)) {
    return foreign("too short for a NitroCache segment");
  }

  // Making or condemned. Whoever is at work holds the guard; without one, it is for us to clear
  // away. We look at size and state again, since the creator may have gone on meanwhile.
  if (!locks.value().try_lock(kGuardByte)) {
    std::this_thread::sleep_for(kLookAgainAfter);
    return Attempt::again();
  }
  if (object.size() != size) {
    return Attempt::again();
  }
  const bool finished = region && static_cast<const SegmentHeader*>(region->get_address())
                                          ->state.load(std::memory_order_acquire) ==
                                      static_cast<std::uint32_t>(SegmentState::kReady);
  if (!finished && object.name_leads_here()) {
    if (region) {
      nitro::condemn(*static_cast<SegmentHeader*>(region->get_address()));
    }
    object.remove_name();
  }
  return Attempt::again();
}

Result<Segment> Segment::open(const SegmentRequest& request) {
  const std::string name = platform::segment_name(platform::user_id(), request.cache_name,
                                                  request.core_layout, request.value_abi);
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  do {
    auto existing = SharedObject::open_existing(name);
    if (!existing) {
      return existing.error();
    }
    Attempt attempt;
    if (existing.value()) {
      attempt = attach(std::move(*std::move(existing).value()), request);
    } else if (request.create) {
      attempt = create(name, request);
    } else {
      return Error{ErrorKind::kNotFound, "There is no cache named \"" + request.cache_name + "\"."};
    }
    if (attempt.segment) {
      return std::move(*attempt.segment);
    }
    if (attempt.error) {
      return std::move(*attempt.error);
    }
  } while (std::chrono::steady_clock::now() < deadline);
  return Error{ErrorKind::kTimedOut, "Another process has been creating or removing the cache \"" +
                                         request.cache_name +
                                         "\" for seconds and does not finish. Is it stopped?"};
}

void Segment::condemn() noexcept { nitro::condemn(*header_); }

bool Segment::check_name() noexcept {
  // A damaged state becomes a plain one, so that whoever opens the name replaces the segment.
  if (is_condemned() || !object_.name_leads_here()) {
    condemn();
  }
  return is_condemned();
}

void Segment::remove() noexcept {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (!locks_.try_lock(kGuardByte)) {
    if (std::chrono::steady_clock::now() >= deadline) {
      return;
    }
    std::this_thread::sleep_for(kLookAgainAfter);
  }
  const bool ours = object_.name_leads_here();
  condemn();
  if (ours) {
    object_.remove_name();
  }
  locks_.unlock(kGuardByte);
}

}  // namespace nitro
