// Entries of one word that are changed where they are: counters, and limits of a rate.
#include <algorithm>
#include <bit>
#include <cmath>

#include "core/store/store.h"

namespace nitro {

namespace {

std::atomic_ref<std::uint64_t> word_of(Block& block) noexcept {
  return std::atomic_ref<std::uint64_t>(*reinterpret_cast<std::uint64_t*>(block.value()));
}

bool holds_number(const Block& block) noexcept {
  const auto kind = static_cast<ValueKind>(block.kind);
  return kind == ValueKind::kInteger || kind == ValueKind::kFloat;
}

Number number_in(Block& block) noexcept {
  const std::uint64_t word = word_of(block).load(std::memory_order_relaxed);
  return static_cast<ValueKind>(block.kind) == ValueKind::kInteger
             ? Number::of(std::bit_cast<std::int64_t>(word))
             : Number::of(std::bit_cast<double>(word));
}

std::uint64_t word_of(const Number& number) noexcept {
  return number.is_float ? std::bit_cast<std::uint64_t>(number.real)
                         : std::bit_cast<std::uint64_t>(number.integer);
}

// nullopt: the sum of two integers does not fit.
std::optional<Number> sum_of(const Number& a, const Number& b) noexcept {
  if (a.is_float || b.is_float) {
    return Number::of(a.as_float() + b.as_float());
  }
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a.integer, b.integer, &sum)) {
    return std::nullopt;
  }
  return Number::of(sum);
}

constexpr std::int64_t kNanosecondsPerMillisecond = 1'000'000;

// What becomes of an entry.
struct NewWord {
  ValueKind kind = ValueKind::kNull;
  std::uint64_t word = 0;
  MonotonicTime deadline = kNever;
};

std::span<const std::byte> extras_bytes(const Block* block) noexcept {
  const Extras* extras = block == nullptr ? nullptr : extras_of(*block);
  return extras == nullptr ? std::span<const std::byte>()
                           : std::span(reinterpret_cast<const std::byte*>(extras), extras->size());
}

}  // namespace

// One hold of the lock. `decide(block)`: what to store in place of the live block, or of none
// (nullptr); nullopt: nothing.
template <typename Decide>
Session::WordStep Session::try_change(Stripe& stripe, KeyHash key_hash, std::string_view key,
                                      std::span<const std::byte> extras, RoomSearch& search,
                                      const Decide& decide) noexcept {
  StripeGuard held(stripe, writer_);
  if (!held.has_lock()) {
    return WordStep::kFailed;
  }
  Block* block = stripe.find_live(held, writer_, key_hash, key);
  const std::optional<NewWord> change = decide(block);
  if (!change) {
    return WordStep::kLeft;
  }
  if (block != nullptr && block->kind == static_cast<std::uint8_t>(change->kind)) {
    word_of(*block).store(change->word, std::memory_order_relaxed);
    block->mark.store(1, std::memory_order_relaxed);
    if (change->deadline != deadline_of(*block)) {
      stripe.set_deadline(held, *block, change->deadline);
    }
    return WordStep::kChanged;
  }
  search.need = Block::size_for(key.size(), sizeof(change->word),
                                (block != nullptr ? extras_bytes(block) : extras).size());
  Slot* slot = stripe.find(held, key_hash, key);
  const Stripe::Room room = stripe.find_room(held, writer_, key_hash, slot, search);
  switch (room.step) {
    case RoomStep::kNone:
      return WordStep::kFailed;
    case RoomStep::kAgain:
      return WordStep::kAgain;
    case RoomStep::kReserve:
      return WordStep::kReserve;
    case RoomStep::kEnough:
      break;
  }
  // Looked for anew: it may have been moved. If it had to go, all begins anew.
  if (block != nullptr) {
    block = stripe.find_live(held, writer_, key_hash, key);
    if (block == nullptr) {
      return WordStep::kAgain;
    }
  }
  BlockContent content;
  content.key = key;
  content.kind = static_cast<std::uint8_t>(change->kind);
  content.deadline = change->deadline;
  content.value = std::as_bytes(std::span(&change->word, 1));
  content.extras = block != nullptr ? extras_bytes(block) : extras;
  // Nothing gives up.
  static_cast<void>(stripe.place(held, writer_, key_hash, content, search, room, slot));
  return WordStep::kChanged;
}

// kChanged, kLeft or kFailed.
template <typename Decide>
Session::WordStep Session::change_word(std::string_view key, std::span<const std::byte> extras,
                                       const Decide& decide) noexcept {
  if (!begin_call()) {
    return WordStep::kFailed;
  }
  const KeyHash key_hash = hash(key);
  Stripe& stripe = stripe_of(key_hash);
  const bool can_fit =
      Block::size_for(key.size(), sizeof(std::uint64_t), extras.size()) <= stripe.largest_block();
  WordStep step = can_fit ? WordStep::kAgain : WordStep::kFailed;
  RoomSearch search;
  while (step == WordStep::kAgain || step == WordStep::kReserve) {
    step = try_change(stripe, key_hash, key, extras, search, decide);
    if (step == WordStep::kAgain) {
      let_others_in(stripe.state().lock);
    } else if (step == WordStep::kReserve && !stripe.grow(writer_, search)) {
      step = WordStep::kFailed;
    }
  }
  if (step != WordStep::kLeft) {
    writer_.row->count(step == WordStep::kChanged ? Counter::kSets : Counter::kFailedSets);
  }
  end_guest_call();
  return step;
}

CounterOutcome Session::add_to_counter(std::string_view key, Number by, Number initial,
                                       MonotonicTime deadline,
                                       std::span<const std::byte> extras) noexcept {
  using Status = CounterOutcome::Status;
  CounterOutcome outcome;
  const WordStep step = change_word(key, extras, [&](Block* block) -> std::optional<NewWord> {
    outcome = {Status::kDone, initial};
    MonotonicTime end = deadline;
    if (block != nullptr) {
      if (!holds_number(*block)) {
        outcome.status = Status::kNotANumber;
        writer_.row->count(Counter::kFailedSets);
        return std::nullopt;
      }
      outcome.value = number_in(*block);
      end = deadline_of(*block);
    }
    const auto sum = sum_of(outcome.value, by);
    if (!sum) {
      outcome.status = Status::kOverflow;
      writer_.row->count(Counter::kFailedSets);
      return std::nullopt;
    }
    outcome.value = *sum;
    return NewWord{sum->is_float ? ValueKind::kFloat : ValueKind::kInteger, word_of(*sum), end};
  });
  return step == WordStep::kFailed ? CounterOutcome{Status::kNotStored, {}} : outcome;
}

// The generic cell rate algorithm (ITU-T I.371): the word is when, at the permitted rate, the next
// one would be expected; it may come so much earlier as `limit` of them take.
LimitOutcome Session::count_against_limit(std::string_view key, std::int64_t limit,
                                          Nanoseconds period,
                                          std::span<const std::byte> extras) noexcept {
  LimitOutcome outcome = LimitOutcome::kNotStored;
  const WordStep step = change_word(key, extras, [&](Block* block) -> std::optional<NewWord> {
    if (block != nullptr && static_cast<ValueKind>(block->kind) != ValueKind::kRateLimit) {
      outcome = LimitOutcome::kNotALimit;
      return std::nullopt;
    }
    const std::int64_t now = writer_.clock->now().value * kNanosecondsPerMillisecond;
    // Whatever an earlier call, with other terms, has left there.
    const std::int64_t expected =
        block == nullptr
            ? now
            : std::clamp(static_cast<std::int64_t>(word_of(*block).load(std::memory_order_relaxed)),
                         now, now + period.value);
    const std::int64_t next = expected + std::max<std::int64_t>(1, period.value / limit);
    if (next - now > period.value) {
      outcome = LimitOutcome::kRefused;
      return std::nullopt;
    }
    outcome = LimitOutcome::kAllowed;
    return NewWord{ValueKind::kRateLimit, static_cast<std::uint64_t>(next),
                   MonotonicTime{next / kNanosecondsPerMillisecond + 1}};
  });
  return step == WordStep::kFailed ? LimitOutcome::kNotStored : outcome;
}

}  // namespace nitro
