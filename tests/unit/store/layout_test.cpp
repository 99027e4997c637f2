#include "core/store/layout.h"

#include <bit>

#include "core/process/process_table.h"
#include "core/store/options.h"
#include "core/stripe/stripe.h"

#include "tests/support/catch.h"

namespace nitro {

TEST_CASE("layout: the regions follow one another and end within the segment") {
  for (const std::uint64_t mega : {1, 2, 3, 7, 64, 128, 129, 1000, 4096, 65536}) {
    for (const std::uint64_t entry_size : {64, 224, 65536}) {
      CAPTURE(mega, entry_size);
      const ByteCount size{mega << 20};
      const auto geometry = geometry_for(size, entry_size);
      if (!geometry) {
        // Only where the index would take what the rings need.
        CHECK((mega == 1 && entry_size == 64));
        continue;
      }
      CHECK(geometry->size == size.value);
      CHECK(geometry->table_offset >= sizeof(SegmentHeader));
      CHECK(geometry->stripes_offset >= geometry->table_offset + sizeof(ProcessTableState));
      CHECK(geometry->history_offset >=
            geometry->stripes_offset + geometry->stripe_count * sizeof(StripeState));
      CHECK(geometry->buckets_offset >=
            geometry->history_offset +
                geometry->stripe_count * geometry->buckets_per_stripe * sizeof(HistoryWord));
      CHECK(geometry->rings_offset >= geometry->buckets_offset + geometry->stripe_count *
                                                                     geometry->buckets_per_stripe *
                                                                     sizeof(Bucket));
      CHECK(geometry->rings_offset + geometry->stripe_count * geometry->ring_size <= size.value);
      for (const std::uint64_t offset :
           {geometry->table_offset, geometry->stripes_offset, geometry->buckets_offset,
            geometry->rings_offset, geometry->ring_size}) {
        CHECK(offset % kCacheLine == 0);
      }
    }
  }
}

TEST_CASE("layout: there are 4 to 64 stripes, a power of two near a stripe for 32 MB") {
  const auto stripes = [](ByteCount size) { return geometry_for(size, 224)->stripe_count; };
  CHECK(stripes(1_MiB) == 4);
  CHECK(stripes(128_MiB) == 4);
  CHECK(stripes(256_MiB) == 8);
  CHECK(stripes(1_GiB) == 32);
  CHECK(stripes(64_GiB) == 64);
  for (std::uint64_t mega = 1; mega < 5000; mega += 37) {
    CHECK(std::has_single_bit(stripes(ByteCount{mega << 20})));
  }
}

TEST_CASE("layout: every ring can be addressed by a block word and by a pin") {
  const auto geometry = geometry_for(kLargestSegment, 224);
  REQUIRE(geometry);
  CHECK(BlockWord::of(BlockState::kFree, geometry->ring_size).size() == geometry->ring_size);
  const std::uint64_t last = geometry->size - kBlockUnit;
  CHECK(static_cast<std::uint32_t>(last / kPinUnit) * kPinUnit == last);
}

TEST_CASE("layout: there is about a slot for each entry of the given size") {
  const auto geometry = geometry_for(256_MiB, 224);
  const std::uint64_t slots =
      geometry->buckets_per_stripe * geometry->stripe_count * kSlotsPerBucket;
  CHECK(slots > (256_MiB).value / 224 * 99 / 100);
  CHECK(slots <= (256_MiB).value / 224);
}

TEST_CASE("layout: most of a segment is there for entries") {
  for (const ByteCount size : {8_MiB, 128_MiB, 1_GiB}) {
    const auto geometry = geometry_for(size, 224);
    CHECK(geometry->ring_size * geometry->stripe_count > size.value * 9 / 10);
  }
}

TEST_CASE("layout: sizes that make no useful cache have no geometry") {
  CHECK_FALSE(geometry_for(ByteCount{(1_MiB).value - 1}, 224).has_value());
  CHECK_FALSE(geometry_for(ByteCount{(64_GiB).value + 1}, 224).has_value());
  CHECK_FALSE(geometry_for(128_MiB, 0).has_value());
  CHECK_FALSE(geometry_for(128_MiB, 1).has_value());
}

TEST_CASE("layout: the layout number is one for the whole program") {
  CHECK(core_layout() == core_layout());
  CHECK(core_layout() != 0);
}

}  // namespace nitro
