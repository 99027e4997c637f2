#include "bench/eviction/replay.h"

namespace nitro::bench {

namespace {

void serve(Operation operation, const Access& access, Cache& cache, HitCount& count) {
  switch (operation) {
    case Operation::kGet:
      ++count.gets;
      if (cache.get(access)) {
        ++count.hits;
      } else {
        cache.set(access);
      }
      break;
    case Operation::kSet:
      cache.set(access);
      break;
    case Operation::kErase:
      cache.erase(access);
      break;
  }
}

}  // namespace

HitCount replay(const Trace& trace, std::uint32_t copies, Cache& cache) {
  HitCount count;
  for (std::size_t i = 0; i < trace.requests.size(); ++i) {
    const Request& request = trace.requests[i];
    Access access;
    access.value_size = request.value_size;
    access.entry_size = trace.entry_size(request.value_size);
    access.now = static_cast<Tick>(i);
    access.lifetime = request.lifetime;
    access.next_get = trace.next_gets[i];
    for (std::uint32_t copy = 0; copy < copies; ++copy) {
      access.key = request.key * copies + copy;
      serve(request.operation, access, cache, count);
    }
  }
  return count;
}

}  // namespace nitro::bench
