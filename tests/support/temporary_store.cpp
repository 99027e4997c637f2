#include "tests/support/temporary_store.h"

#include <algorithm>

#include <sys/mman.h>

#include "core/store/verify.h"

#include "tests/support/catch.h"
#include "tests/support/names.h"

namespace nitro::test {

// Addresses that nothing may be mapped to, and that nobody may touch.
struct TemporaryStore::Blockade {
  Blockade(void* at, std::size_t bytes) : length(bytes) {
    address = mmap(at, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    REQUIRE(address == at);
  }
  ~Blockade() { munmap(address, length); }
  Blockade(const Blockade&) = delete;
  Blockade& operator=(const Blockade&) = delete;

  void* address;
  std::size_t length;
};

std::shared_ptr<Store> open_or_fail(const StoreOptions& options) {
  auto store = Store::open(options);
  if (!store) {
    FAIL(store.error().message);
  }
  return std::move(store).value();
}

TemporaryStore::TemporaryStore(StoreOptions options) : options_(std::move(options)) {
  options_.name = unique_name();
  options_.clock = &clock_;
  if (!options_.size) {
    options_.size = 2_MiB;
  }
  store_ = open_or_fail(options_);
  session_ = std::make_unique<Session>(store_);
}

TemporaryStore::~TemporaryStore() {
  session_.reset();
  store_->destroy();
}

std::shared_ptr<Store> TemporaryStore::attach() const {
  StoreOptions options = options_;
  options.create = false;
  return open_or_fail(options);
}

void TemporaryStore::move_elsewhere() {
  Segment& segment = StoreInspector::segment(*store_);
  void* const address = segment.base();
  const std::size_t length = segment.size().value;
  session_.reset();
  REQUIRE(store_.use_count() == 1);
  store_.reset();
  const auto last_blockade = std::exchange(blockade_, std::make_unique<Blockade>(address, length));
  store_ = attach();
  session_ = std::make_unique<Session>(store_);
  REQUIRE(static_cast<void*>(StoreInspector::segment(*store_).base()) != address);
}

PutOutcome TemporaryStore::put(std::string_view key, std::string_view text,
                               MonotonicTime deadline) {
  return put_text(*session_, key, text, deadline);
}

std::optional<std::string> TemporaryStore::get(std::string_view key) {
  return get_text(*session_, key);
}

MonotonicTime TemporaryStore::in(std::int64_t milliseconds) const {
  return deadline_after(clock_.now(), Milliseconds{milliseconds});
}

std::string TemporaryStore::findings() { return joined(verify(*session_)); }

Stripe& TemporaryStore::stripe_of(std::string_view key) const {
  const auto all = stripes();
  return all[hash_key(key, all.front().seed()).stripe(all.size() - 1)];
}

Value text_value(std::string_view text) {
  return {ValueKind::kShortString, std::as_bytes(std::span(text)), {}};
}

PutOutcome put_text(Session& session, std::string_view key, std::string_view text,
                    MonotonicTime deadline) {
  return session.put(key, text_value(text), deadline);
}

std::optional<std::string> get_text(Session& session, std::string_view key) {
  std::optional<std::string> text;
  if (const auto entry = session.find(key)) {
    text = text_in(*entry);
  }
  session.release();
  return text;
}

std::string_view text_in(const Entry& entry) {
  return {reinterpret_cast<const char*>(entry.bytes.data()), entry.bytes.size()};
}

std::string joined(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) {
    all += line + "\n";
  }
  return all;
}

namespace {
template <typename Accept>
std::vector<std::string> find_keys(std::size_t count, Accept accept) {
  std::vector<std::string> keys;
  for (int i = 0; keys.size() < count; ++i) {
    std::string key = "key-" + std::to_string(i);
    if (accept(key)) {
      keys.push_back(std::move(key));
    }
  }
  return keys;
}
}  // namespace

std::vector<std::string> keys_of_stripe(const TemporaryStore& cache, std::uint32_t stripe,
                                        std::size_t count) {
  return find_keys(count,
                   [&](const std::string& key) { return cache.stripe_of(key).number() == stripe; });
}

std::vector<std::string> keys_of_two_buckets(const TemporaryStore& cache, std::uint32_t stripe,
                                             std::size_t count) {
  const Stripe& home = cache.stripes()[stripe];
  return find_keys(count, [&](const std::string& key) {
    auto [first, second] = home.index().buckets_of(hash_key(key, home.seed()));
    return cache.stripe_of(key).number() == stripe &&
           std::min(first, second) == &home.index().bucket(0) &&
           std::max(first, second) == &home.index().bucket(1);
  });
}

void forget_spares(Stripe& stripe) {
  for (SpareClass& spares : stripe.state().spares.classes) {
    spares.free_count.store(0, std::memory_order_relaxed);
    spares.retired_count.store(0, std::memory_order_relaxed);
  }
}

}  // namespace nitro::test
