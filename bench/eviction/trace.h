// What is replayed: requests in the order they came, read from a file or made by a generator.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/units.h"

namespace nitro::bench {

using Key = std::uint32_t;   // 0 … Trace::key_count - 1
using Tick = std::uint32_t;  // a point in a trace's time: a millisecond, one request each

inline constexpr Tick kNoTick = UINT32_MAX;

enum class Operation : std::uint8_t {
  kGet,    // and, on a miss, a set
  kSet,    // whatever is there
  kErase,  // if it is there
};

struct Request {
  Key key = 0;
  std::uint32_t value_size = 0;
  Tick lifetime = kNoTick;  // of what a set stores
  Operation operation = Operation::kGet;
};

struct Trace {
  std::string name;
  std::vector<Request> requests;
  Key key_count = 0;
  // By request: when its key is asked for next, with no other set or erase of it before that;
  // kNoTick: never. Only Bélády's policy knows the future.
  std::vector<Tick> next_gets;
  // Over distinct keys: their first value's size and the entry's overhead.
  ByteCount footprint;
  bool has_lifetimes = false;

  // Of a workload that names its memory, instead of shares of the footprint. The simulated policies
  // store its values without any overhead.
  ByteCount memory;

  [[nodiscard]] bool has_memory() const noexcept { return memory.value != 0; }
  // What a policy with ideal memory stores for a value.
  [[nodiscard]] std::uint64_t entry_size(std::uint32_t value_size) const noexcept;
};

// What a value of this size takes in a ring: header, key, value, rounding.
[[nodiscard]] std::uint64_t stored_size(std::uint32_t value_size) noexcept;

// The same for a key in every run: log-normal, a median of 400 bytes, 32 … 32768.
[[nodiscard]] std::uint32_t value_size_of(std::uint64_t key) noexcept;

// Makes a trace: numbers the keys, and in the end computes all that follows from the requests.
class TraceBuilder {
 public:
  explicit TraceBuilder(std::string name) { trace_.name = std::move(name); }

  void get(std::uint64_t key) { add(key, {0, value_size_of(key), kNoTick, Operation::kGet}); }
  // `request.key` is filled in here.
  void add(std::uint64_t key, Request request);
  [[nodiscard]] std::size_t size() const noexcept { return trace_.requests.size(); }
  [[nodiscard]] Trace finish(ByteCount memory = {});

 private:
  Trace trace_;
  std::unordered_map<std::uint64_t, Key> numbers_;
};

}  // namespace nitro::bench
