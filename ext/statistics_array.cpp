#include "ext/statistics_array.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/base/clock.h"

#include "ext/codec/strings.h"

namespace nitro::php {
namespace {

void add(zval* array, const char* name, std::uint64_t number) {
  add_assoc_long(array, name, static_cast<zend_long>(number));
}

void add(zval* array, const char* name, ByteCount bytes) { add(array, name, bytes.value); }

void add(zval* array, const char* name, const std::string& text) {
  add_assoc_stringl(array, name, text.data(), text.size());
}

double rounded(double number, double steps) { return std::round(number * steps) / steps; }

void add_usage(const Statistics& statistics, zval* result) {
  const auto bytes = static_cast<double>(statistics.usage.value);
  add(result, "usage_bytes", statistics.usage);
  add_assoc_double(result, "usage_kb", rounded(bytes / 1024, 1e2));
  add_assoc_double(result, "usage_mb", rounded(bytes / (1024 * 1024), 1e4));
}

void add_room(const Statistics& statistics, zval* result) {
  add(result, "live_bytes", statistics.usage);
  add(result, "dead_bytes", statistics.dead());
  add(result, "free_bytes", statistics.free);
  add(result, "held_bytes", statistics.held);
  add(result, "probation_bytes", statistics.probation);
  add(result, "pinned_bytes", statistics.pinned);
  add(result, "reserved_bytes", statistics.reserved);
  add(result, "max_bytes", statistics.segment_size);
  add(result, "capacity_bytes", statistics.capacity);
  add(result, "largest_value", longest_string(statistics.largest_value));
}

void add_events(const Statistics& statistics, zval* result) {
  add(result, "entries", statistics.entries);
  add(result, "hits", statistics.hits);
  add(result, "misses", statistics.misses);
  add(result, "sets", statistics.sets);
  add(result, "deletes", statistics.deletes);
  add(result, "failed_sets", statistics.failed_sets);
  add(result, "evictions", statistics.evictions);
  add(result, "evictions_full_bucket", statistics.evictions_full_bucket);
  add(result, "expired", statistics.expired);
  add(result, "moved_bytes", statistics.moved_bytes);
  add(result, "pins", statistics.pins);
  add(result, "copies", statistics.copies);
  add(result, "lock_waits", statistics.lock_waits);
  add(result, "lock_timeouts", statistics.lock_timeouts);
  add(result, "recoveries", statistics.recoveries);
}

void add_processes(const Statistics& statistics, zval* result) {
  add(result, "stripes", statistics.stripes);
  add(result, "rows", statistics.rows);
  add(result, "rows_used", statistics.rows_used);
  add(result, "guest_calls", statistics.guest_calls);
  add(result, "refused_calls", statistics.refused_calls);
  add(result, "named_locks", statistics.named_locks);
}

void add_stripes(const Store& store, std::uint32_t count, zval* result) {
  zval stripes;
  array_init_size(&stripes, count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const StripeStatistics statistics = store.statistics_of(i);
    zval stripe;
    array_init(&stripe);
    add(&stripe, "entries", statistics.entries);
    add(&stripe, "usage_bytes", statistics.usage);
    add(&stripe, "free_bytes", statistics.free);
    add(&stripe, "held_bytes", statistics.held);
    add(&stripe, "probation_bytes", statistics.probation);
    add(&stripe, "pinned_bytes", statistics.pinned);
    add(&stripe, "ring_bytes", statistics.ring);
    add(&stripe, "reserved_bytes", statistics.reserved);
    add(&stripe, "hand", statistics.hand);
    add_next_index_zval(&stripes, &stripe);
  }
  add_assoc_zval(result, "per_stripe", &stripes);
}

}  // namespace

std::uint64_t longest_string(ByteCount largest_value) noexcept {
  constexpr std::uint64_t kShortKey = 8;  // keys take up room in eights
  constexpr std::uint64_t kOthers = kShortKey + kLongStringOverhead;
  return largest_value.value > kOthers ? largest_value.value - kOthers : 0;
}

void make_statistics_array(const Attachment& attachment, bool per_stripe, zval* result) {
  const Store& store = attachment.store();
  const StoreFacts& facts = store.facts();
  const Statistics statistics = store.statistics();
  array_init(result);
  add(result, "name", facts.name);
  add(result, "segment", facts.segment_name);
  add(result, "created_at", static_cast<std::uint64_t>(facts.created_at));
  // The wall clock may have been set back.
  const std::int64_t uptime = system_wall_clock_seconds() - facts.created_at;
  add(result, "uptime_seconds", static_cast<std::uint64_t>(std::max<std::int64_t>(uptime, 0)));
  add_usage(statistics, result);
  add_room(statistics, result);
  add_events(statistics, result);
  add_processes(statistics, result);
  add(result, "janitor_pid", static_cast<std::uint64_t>(store.janitor_pid()));
  add(result, "janitor_heartbeat", static_cast<std::uint64_t>(store.janitor_heartbeat()));
  add_assoc_bool(result, "at_home", facts.at_home);
  add(result, "refused_bytes", attachment.refused_size().value_or(ByteCount{0}));
  if (per_stripe) {
    add_stripes(store, statistics.stripes, result);
  }
}

}  // namespace nitro::php
