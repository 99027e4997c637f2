#include "ext/statistics_array.h"

#include <cmath>
#include <string>

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
}

}  // namespace

std::uint64_t longest_string(ByteCount largest_value) noexcept {
  constexpr std::uint64_t kShortKey = 8;  // keys take up room in eights
  constexpr std::uint64_t kOthers = kShortKey + kLongStringOverhead;
  return largest_value.value > kOthers ? largest_value.value - kOthers : 0;
}

void make_statistics_array(const Attachment& attachment, zval* result) {
  const Store& store = attachment.store();
  const StoreFacts& facts = store.facts();
  const Statistics statistics = store.statistics();
  array_init(result);
  add(result, "name", facts.name);
  add(result, "segment", facts.segment_name);
  add(result, "created_at", static_cast<std::uint64_t>(facts.created_at));
  add_usage(statistics, result);
  add_room(statistics, result);
  add_events(statistics, result);
  add_processes(statistics, result);
  add(result, "janitor_pid", static_cast<std::uint64_t>(store.janitor_pid()));
  add_assoc_bool(result, "at_home", facts.at_home);
  add(result, "refused_bytes", attachment.refused_size().value_or(ByteCount{0}));
}

}  // namespace nitro::php
