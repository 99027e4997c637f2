// What a store keeps under a key: bytes, and a number that says how to read them.
#pragma once

#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/base/clock.h"
#include "core/stripe/value_writer.h"

namespace nitro {

// Stored in every block. Numbers are for ever within one core layout: append only.
enum class ValueKind : std::uint8_t {
  kNull = 0,         // no bytes
  kFalse = 1,        // no bytes
  kTrue = 2,         // no bytes
  kInteger = 3,      // one aligned 8-byte word, two's complement; changed in place by counters
  kFloat = 4,        // one aligned 8-byte word, IEEE 754 double; changed in place by counters
  kShortString = 5,  // the string's bytes
  kLongString = 6,   // engine header (kEngineStringHeader bytes), the string's bytes, one NUL
  kArray = 7,        // the engine's array, ready for use, and all that is below it; has pointers
  kGraph = 8,        // what has to be rebuilt: objects, references; has pointers
  kCompressedString = 9,  // the string's length as a word, one zstd frame
  kIgbinary = 10,         // an object, or an array with objects: what igbinary made of it
  kRateLimit = 11,        // one word, see Session::count_against_limit(); changed in place
};

// What lies before a long string's bytes so that the engine can use it where it is.
inline constexpr std::size_t kEngineStringHeader = 24;

// What put() stores: bytes that lie somewhere already, or what `writer` makes of them.
struct Value {
  ValueKind kind = ValueKind::kNull;
  std::span<const std::byte> bytes;
  ValueWriter writer;  // used when its function is set

  [[nodiscard]] std::size_t size() const noexcept {
    return writer.write != nullptr ? writer.size : bytes.size();
  }
};

// Values of these kinds end with a map of their pointers (core/base/pointer_map.h).
[[nodiscard]] constexpr bool has_pointers(ValueKind kind) noexcept {
  return kind == ValueKind::kArray || kind == ValueKind::kGraph;
}

// What find() found. The bytes (8-byte aligned) lie in the segment; they stay what they are until
// the session is released or asked for something else, or, once pinned, until drop_pins().
struct Entry {
  ValueKind kind = ValueKind::kNull;
  std::span<const std::byte> bytes;
  MonotonicTime deadline = kNever;
  std::uint64_t block = 0;  // offset in the segment: the same for as long as the bytes are the same

  // Requires: kind is kInteger. A counter may be changed while it is read, hence the atomic load.
  [[nodiscard]] std::int64_t integer() const noexcept {
    return std::bit_cast<std::int64_t>(word());
  }
  // Requires: kind is kFloat.
  [[nodiscard]] double real() const noexcept { return std::bit_cast<double>(word()); }

 private:
  [[nodiscard]] std::uint64_t word() const noexcept {
    // atomic_ref wants a non-const object; it is only loaded.
    auto* word = reinterpret_cast<std::uint64_t*>(const_cast<std::byte*>(bytes.data()));
    return std::atomic_ref<std::uint64_t>(*word).load(std::memory_order_relaxed);
  }
};

// An integer or a float, as counters know them.
struct Number {
  bool is_float = false;
  std::int64_t integer = 0;
  double real = 0.0;

  [[nodiscard]] static Number of(std::int64_t value) noexcept { return {false, value, 0.0}; }
  [[nodiscard]] static Number of(double value) noexcept { return {true, 0, value}; }
  [[nodiscard]] double as_float() const noexcept {
    return is_float ? real : static_cast<double>(integer);
  }
};

}  // namespace nitro
