#include "ext/construction.h"

#include <atomic>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include "core/store/options.h"

#include "ext/cache_name.h"
#include "ext/codec/strings.h"
#include "ext/codec/value_abi.h"
#include "ext/errors.h"
#include "ext/globals.h"

namespace nitro::php {
namespace {

constexpr double kMiB = 1 << 20;

double in_mb(ByteCount size) { return static_cast<double>(size.value) / kMiB; }

// False: thrown.
bool parse_size(zval* max_memory_mb, std::optional<ByteCount>& size) {
  if (max_memory_mb == nullptr) {
    return true;
  }
  const double mb = zval_get_double(max_memory_mb);
  if (!std::isfinite(mb)) {
    zend_argument_value_error(1, "must be a finite number of MB");
    return false;
  }
  if (mb < in_mb(kSmallestSegment)) {
    zend_argument_value_error(1, "must be at least %g (MB), %g given", in_mb(kSmallestSegment), mb);
    return false;
  }
  constexpr double kMost = 1LL << 42;  // as bytes it still fits 63 bits
  if (mb > kMost) {
    zend_argument_value_error(1, "must be at most %.0f (MB), %g given", kMost, mb);
    return false;
  }
  size = ByteCount{static_cast<std::uint64_t>(std::ceil(mb * kMiB))};
  return true;
}

// False: thrown.
bool check_name(const zend_string* name) {
  if (name == nullptr || is_good_name(view_of(name))) {
    return true;
  }
  zend_argument_value_error(2, "must be %s", kNameRule);
  return false;
}

StoreOptions options_for(std::string_view name, std::optional<ByteCount> size) {
  const Settings& settings = NITRO_G(settings);
  StoreOptions options;
  options.name = name;
  options.size = size;
  if (!size && settings.memory_is_asked_for) {
    options.size = settings.memory;
  }
  options.default_size = settings.memory;
  options.value_abi = value_abi();
  options.maker = "PHP " PHP_VERSION;
  options.entry_size = settings.entry_size;
  options.lock_timeout = settings.lock_timeout;
  options.max_pins = settings.in_place ? settings.max_pins : 0;
  options.max_pinned = settings.max_pinned;
  options.protect_values = settings.protect_memory;
  options.huge_pages = settings.huge_pages_are_wanted;
  return options;
}

JanitorSettings janitor_settings() {
  const Settings& settings = NITRO_G(settings);
  return {settings.janitor_is_wanted, settings.janitor_path, settings.idle_timeout_seconds};
}

AttachmentTable& attachments() {
  if (NITRO_G(attachments) == nullptr) {
    NITRO_G(attachments) = new AttachmentTable;
  }
  return *NITRO_G(attachments);
}

// A default that shrank is no error, but whoever wonders where the memory is should read of it.
void tell_if_default_shrank(const StoreFacts& facts) {
  static std::atomic<bool> is_told{false};
  if (facts.shrunk_from && !is_told.exchange(true)) {
    php_error_docref(nullptr, E_NOTICE,
                     "The default size of %g MB does not fit; cache \"%s\" has %g MB. "
                     "nitro.memory or $maxMemoryMb can set a size of your choice",
                     in_mb(*facts.shrunk_from), facts.name.c_str(), in_mb(facts.size));
  }
}

void tell_if_size_was_refused(Attachment& attachment) {
  if (!attachment.should_tell_refused_size()) {
    return;
  }
  const StoreFacts& facts = attachment.store().facts();
  php_error_docref(nullptr, E_NOTICE,
                   "Cache \"%s\" keeps its size of %g MB; %g MB were asked for. "
                   "Run nitroctl destroy --cache %s to let the next process choose anew",
                   facts.name.c_str(), in_mb(facts.size), in_mb(*attachment.refused_size()),
                   facts.name.c_str());
}

}  // namespace

Attachment* find_or_attach(std::string_view name, std::optional<ByteCount> size) {
  AttachmentTable& table = attachments();
  Attachment* attachment = table.find(name);
  if (attachment == nullptr) {
    return table.attach(options_for(name, size), janitor_settings());
  }
  if (size) {
    attachment->note_size_asked_for(*size);
  }
  return attachment;
}

void construct(CacheObject& object, zval* max_memory_mb, zend_string* name) {
  if (object.prefix != nullptr) {
    zend_throw_error(nullptr, "A namespace cannot be constructed");
    return;
  }
  std::optional<ByteCount> size;
  if (!parse_size(max_memory_mb, size) || !check_name(name)) {
    return;
  }
  Attachment* attachment =
      find_or_attach(name != nullptr ? view_of(name) : NITRO_G(settings).name, size);
  if (attachment == nullptr) {
    throw_error(attachments().failure());
    return;
  }
  object.attachment = attachment;
  if (session_of(&object.std) == nullptr) {
    return;
  }
  tell_if_default_shrank(attachment->store().facts());
  tell_if_size_was_refused(*attachment);
}

}  // namespace nitro::php
