// A cache of a name that nobody else uses, on a clock that the test moves; gone when the test ends.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/store/inspector.h"
#include "core/store/store.h"

namespace nitro::test {

class TemporaryStore {
 public:
  // Two megabytes unless `options` names a size. Name and clock are the test's own.
  explicit TemporaryStore(StoreOptions options = {});
  ~TemporaryStore();
  TemporaryStore(const TemporaryStore&) = delete;
  TemporaryStore& operator=(const TemporaryStore&) = delete;

  [[nodiscard]] Store& store() const noexcept { return *store_; }
  [[nodiscard]] const std::shared_ptr<Store>& shared() const noexcept { return store_; }
  [[nodiscard]] Session& session() const noexcept { return *session_; }
  [[nodiscard]] ManualClock& clock() noexcept { return clock_; }
  // For opening the same cache once more, here or in a child.
  [[nodiscard]] const StoreOptions& options() const noexcept { return options_; }
  // A second mapping with a lock file of its own, as another process would have it.
  [[nodiscard]] std::shared_ptr<Store> attach() const;

  // Unmaps the cache, blocks the addresses where it was, and attaches to it somewhere else: a stray
  // pointer in it now leads to a crash. Ends the session and begins another.
  void move_elsewhere();

  // --- the session, with strings instead of bytes
  PutOutcome put(std::string_view key, std::string_view text, MonotonicTime deadline = kNever);
  [[nodiscard]] std::optional<std::string> get(std::string_view key);
  [[nodiscard]] MonotonicTime in(std::int64_t milliseconds) const;
  // Each broken invariant on a line of its own; "" when there is none.
  [[nodiscard]] std::string findings();

  [[nodiscard]] std::span<Stripe> stripes() const { return StoreInspector::stripes(*store_); }
  // The stripe that this key belongs to.
  [[nodiscard]] Stripe& stripe_of(std::string_view key) const;

 private:
  struct Blockade;

  ManualClock clock_;
  StoreOptions options_;
  std::shared_ptr<Store> store_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<Blockade> blockade_;
};

[[nodiscard]] std::shared_ptr<Store> open_or_fail(const StoreOptions& options);

// The same for any session.
[[nodiscard]] Value text_value(std::string_view text);
PutOutcome put_text(Session& session, std::string_view key, std::string_view text,
                    MonotonicTime deadline = kNever);
[[nodiscard]] std::optional<std::string> get_text(Session& session, std::string_view key);
[[nodiscard]] std::string_view text_in(const Entry& entry);
[[nodiscard]] std::string joined(const std::vector<std::string>& lines);

// `count` different keys that all belong to one stripe.
[[nodiscard]] std::vector<std::string> keys_of_stripe(const TemporaryStore& cache,
                                                      std::uint32_t stripe, std::size_t count);
// `count` different keys that all have the same two buckets of that stripe.
[[nodiscard]] std::vector<std::string> keys_of_two_buckets(const TemporaryStore& cache,
                                                           std::uint32_t stripe, std::size_t count);
// What entries have left behind so far is the hands' alone.
void forget_spares(Stripe& stripe);

}  // namespace nitro::test
