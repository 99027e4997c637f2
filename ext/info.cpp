#include "ext/info.h"

#include <array>
#include <cinttypes>
#include <cstdio>
#include <string>

#include "ext/attachment.h"
#include "ext/codec/compression.h"
#include "ext/globals.h"
#include "ext/statistics_array.h"
#include "ext/version.h"

namespace nitro::php {
namespace {

// Printing may run an output handler of the user's, which may bail out: no text here has a
// destructor.
using Line = std::array<char, 512>;

double in_mb(ByteCount size) { return static_cast<double>(size.value) / (1 << 20); }

void print_row(const char* name, const Line& line) {
  php_info_print_table_row(2, name, line.data());
}

void print_memory(const Statistics& statistics) {
  Line line;
  std::snprintf(line.data(), line.size(), "%.2f MB of %.2f MB in use, segment %.2f MB",
                in_mb(statistics.usage), in_mb(statistics.capacity),
                in_mb(statistics.segment_size));
  print_row("Memory", line);
  std::snprintf(line.data(), line.size(), "%" PRIu64, statistics.entries);
  print_row("Entries", line);
  std::snprintf(line.data(), line.size(), "%" PRIu64 " bytes",
                longest_string(statistics.largest_value));
  print_row("Largest value", line);
}

void print_janitor(const Attachment& attachment) {
  Line line;
  const std::int64_t pid = attachment.store().janitor_pid();
  const std::string& trouble = attachment.janitor_trouble();
  if (pid != 0) {
    std::snprintf(line.data(), line.size(), "pid %" PRId64, pid);
  } else {
    std::snprintf(line.data(), line.size(), trouble.empty() ? "none" : "none: %s", trouble.c_str());
  }
  print_row("Janitor", line);
}

void print_cache(const Attachment& attachment) {
  const StoreFacts& facts = attachment.store().facts();
  Line line;
  std::snprintf(line.data(), line.size(), "Cache %s", facts.name.c_str());
  php_info_print_table_start();
  php_info_print_table_colspan_header(2, line.data());
  php_info_print_table_row(2, "Segment", facts.segment_name.c_str());
  print_memory(attachment.store().statistics());
  php_info_print_table_row(2, "In place", facts.at_home ? "yes" : "no, values are copied");
  print_janitor(attachment);
  php_info_print_table_end();
}

}  // namespace

void print_info(zend_module_entry* module) {
  php_info_print_table_start();
  php_info_print_table_row(2, "NitroCache", "enabled");
  php_info_print_table_row(2, "Version", kVersion);
  const char* zstd = compression_version();
  php_info_print_table_row(2, "zstd", zstd != nullptr ? zstd : "not built in: no compression");
  php_info_print_table_end();
  display_ini_entries(module);
  if (const AttachmentTable* table = NITRO_G(attachments)) {
    table->for_each([](const Attachment& attachment) { print_cache(attachment); });
  }
}

}  // namespace nitro::php
