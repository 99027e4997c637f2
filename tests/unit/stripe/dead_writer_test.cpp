// What a killed writer had in hand: a lock, and a block that it was building.
#include <atomic>

#include <unistd.h>

#include "core/store/sweep.h"

#include "tests/support/catch.h"
#include "tests/support/flood.h"
#include "tests/support/forked_child.h"
#include "tests/support/shared_page.h"
#include "tests/support/temporary_store.h"

namespace nitro {

using test::ForkedChild;
using test::TemporaryStore;
using test::wait_until;

namespace {

// A process that begins to build a block of `size` in stripe 0, and gets no further.
class Builder {
 public:
  Builder(TemporaryStore& cache, std::uint64_t size, bool keeps_lock)
      : child_([&cache, size, keeps_lock, this] {
          const auto store = cache.attach();
          Session session(store);
          static_cast<void>(StoreInspector::begin_call(session));
          const Writer& writer = StoreInspector::writer(session);
          Stripe& stripe = StoreInspector::stripes(*store)[0];
          StripeGuard held(stripe, writer);
          Ring ring = stripe.ring();
          Block* block = ring.front(Queue::kMain, size);
          block->deadline.store(static_cast<std::int64_t>(writer.owner.value));
          ring.commit(block, BlockState::kBuilding, size);
          if (!keeps_lock) {
            unlock(stripe.state().lock);
          }
          *is_building_ = true;
          for (;;) {
            pause();
          }
          return 0;
        }) {
    REQUIRE(wait_until([&] { return is_building_->load(); }));
  }
  ForkedChild& child() { return child_; }

 private:
  test::SharedPage<std::atomic<bool>> is_building_;
  ForkedChild child_;
};

constexpr std::uint64_t kSize = 50'000 / kBlockUnit * kBlockUnit;

std::uint64_t building_bytes(const TemporaryStore& cache) {
  std::uint64_t sum = 0;
  const Ring& ring = cache.stripes()[0].ring();
  for (std::uint64_t position = 0; position < ring.extent();) {
    const Ring::View view = ring.view(position);
    REQUIRE(view.size != 0);
    sum += view.state == BlockState::kBuilding ? view.size : 0;
    position += view.size;
  }
  return sum;
}

// So that the ring has memory.
void use_stripe_0(TemporaryStore& cache) {
  REQUIRE(cache.put(test::keys_of_stripe(cache, 0, 1).front(), "value") == PutOutcome::kStored);
}

}  // namespace

TEST_CASE("dead writer: a block that a living process builds is left alone") {
  TemporaryStore cache;
  use_stripe_0(cache);
  Builder builder(cache, kSize, /*keeps_lock=*/false);
  builder.child().stop();
  test::flood(cache, 20_MiB);
  sweep(cache.session());
  test::flood(cache, 20_MiB);
  CHECK(building_bytes(cache) == kSize);
  CHECK(cache.findings() == "");
}

TEST_CASE("dead writer: what it was building is reclaimed once its row is") {
  TemporaryStore cache;
  use_stripe_0(cache);
  Builder builder(cache, kSize, /*keeps_lock=*/false);
  builder.child().kill();
  test::flood(cache, 20_MiB);
  // Nobody has asked the kernel yet.
  CHECK(building_bytes(cache) == kSize);

  CHECK(sweep(cache.session()).dead_rows == 1);
  test::flood(cache, 20_MiB);
  CHECK(building_bytes(cache) == 0);
  CHECK(cache.findings() == "");
}

TEST_CASE("dead writer: its lock is taken over, and the recovery is counted") {
  TemporaryStore cache;
  use_stripe_0(cache);
  Builder builder(cache, kSize, /*keeps_lock=*/true);
  builder.child().kill();
  const std::string key = test::keys_of_stripe(cache, 0, 2).back();
  CHECK(cache.put(key, "value") == PutOutcome::kStored);
  CHECK(cache.get(key) == "value");
  CHECK(cache.store().statistics().recoveries == 1);
  CHECK(cache.findings() == "");
}

TEST_CASE("dead writer: one that is only stopped keeps its lock; others give up in time") {
  StoreOptions options;
  options.lock_timeout = Milliseconds{50};
  TemporaryStore cache(options);
  use_stripe_0(cache);
  Builder builder(cache, kSize, /*keeps_lock=*/true);
  builder.child().stop();
  const auto keys = test::keys_of_stripe(cache, 0, 2);
  CHECK(cache.put(keys[1], "value") == PutOutcome::kTimedOut);
  // Readers do not care, and other stripes neither.
  CHECK(cache.get(keys[0]) == "value");
  CHECK(cache.put(test::keys_of_stripe(cache, 1, 1).front(), "value") == PutOutcome::kStored);
  CHECK(cache.store().statistics().recoveries == 0);
}

}  // namespace nitro
