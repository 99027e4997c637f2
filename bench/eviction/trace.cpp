#include "bench/eviction/trace.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/store/store.h"

#include "bench/support/entries.h"

namespace nitro::bench {

namespace {

// MurmurHash3's 64-bit finaliser.
std::uint64_t fmix64(std::uint64_t h) noexcept {
  h = (h ^ h >> 33) * 0xff51afd7ed558ccdU;
  h = (h ^ h >> 33) * 0xc4ceb9fe1a85ec53U;
  return h ^ h >> 33;
}

std::vector<Tick> next_gets_of(const Trace& trace) {
  std::vector<Tick> next_gets(trace.requests.size());
  std::vector<Tick> next(trace.key_count, kNoTick);
  for (std::size_t i = trace.requests.size(); i-- > 0;) {
    const Request& request = trace.requests[i];
    next_gets[i] = next[request.key];
    next[request.key] = request.operation == Operation::kGet ? static_cast<Tick>(i) : kNoTick;
  }
  return next_gets;
}

ByteCount footprint_of(const Trace& trace) {
  std::vector<bool> is_counted(trace.key_count);
  std::uint64_t sum = 0;
  for (const Request& request : trace.requests) {
    if (!is_counted[request.key]) {
      is_counted[request.key] = true;
      sum += trace.entry_size(request.value_size);
    }
  }
  return ByteCount{sum};
}

}  // namespace

std::uint64_t stored_size(std::uint32_t value_size) noexcept {
  return Block::size_for(kKeyLength, value_size);
}

std::uint64_t Trace::entry_size(std::uint32_t value_size) const noexcept {
  return has_memory() ? value_size : stored_size(value_size);
}

std::uint32_t value_size_of(std::uint64_t key) noexcept {
  const std::uint64_t h = fmix64(key + 12345);
  const auto uniform = [](std::uint64_t bits) {
    return (static_cast<double>(bits) + 1) / 4294967297.0;
  };
  const double n = std::sqrt(-2 * std::log(uniform(h & 0xffffffff))) *
                   std::cos(2 * std::numbers::pi * uniform(h >> 32));
  return static_cast<std::uint32_t>(std::clamp(std::exp(6 + 1.2 * n), 32.0, 32768.0));
}

void TraceBuilder::add(std::uint64_t key, Request request) {
  const auto [found, is_new] = numbers_.try_emplace(key, static_cast<Key>(numbers_.size()));
  request.key = found->second;
  trace_.has_lifetimes |= request.lifetime != kNoTick;
  trace_.requests.push_back(request);
}

Trace TraceBuilder::finish(ByteCount memory) {
  trace_.key_count = static_cast<Key>(numbers_.size());
  trace_.memory = memory;
  trace_.next_gets = next_gets_of(trace_);
  trace_.footprint = footprint_of(trace_);
  return std::move(trace_);
}

}  // namespace nitro::bench
