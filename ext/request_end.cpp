#include "ext/request_end.h"

#include "ext/attachment.h"
#include "ext/globals.h"

namespace nitro::php {
namespace {

void empty(HashTable*& table) {
  if (table != nullptr) {
    zend_hash_destroy(table);
    efree(table);
    table = nullptr;
  }
}

// The request's own stream wrappers and filters. PHP empties these tables, and looks at their keys,
// later than it calls us; a key may be a string of the cache. As php_shutdown_stream_hashes() does,
// which PHP does not export; doing it once more finds nothing left.
void empty_stream_tables() {
  empty(FG(stream_wrappers));
  empty(FG(stream_filters));
}

}  // namespace

void end_request() noexcept {
  NITRO_G(class_facts).clear();
  NITRO_G(told_of_compression) = false;
  NITRO_G(told_of_igbinary) = false;
  const AttachmentTable* table = NITRO_G(attachments);
  if (table == nullptr) {
    return;
  }
  bool has_pins = false;
  table->for_each([&](const Attachment& attachment) { has_pins |= attachment.has_pins(); });
  if (has_pins) {
    empty_stream_tables();
  }
  table->for_each([](Attachment& attachment) { attachment.end_request(); });
}

}  // namespace nitro::php
