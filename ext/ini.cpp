#include "ext/ini.h"

#include <charconv>
#include <cmath>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "core/store/options.h"

#include "ext/cache_name.h"
#include "ext/codec/compression.h"
#include "ext/codec/igbinary.h"
#include "ext/globals.h"

#include "ext/zend_headers.h"

namespace nitro::php {
namespace {

Settings& settings() { return NITRO_G(settings); }

std::string_view text_of(const zend_string* value) {
  return value == nullptr ? std::string_view() : std::string_view(ZSTR_VAL(value), ZSTR_LEN(value));
}

std::optional<std::int64_t> parse_integer(std::string_view text, std::int64_t least,
                                          std::int64_t most) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < least || number > most) {
    return std::nullopt;
  }
  return number;
}

// The power of two that a suffix stands for; nothing for what is none.
std::optional<int> shift_of(char suffix) {
  switch (suffix) {
    case 'k':
    case 'K':
      return 10;
    case 'm':
    case 'M':
      return 20;
    case 'g':
    case 'G':
      return 30;
    default:
      return std::nullopt;
  }
}

// "128M", "1G", "4096K", or bytes.
std::optional<ByteCount> parse_size(std::string_view text, ByteCount least, ByteCount most) {
  int shift = 0;
  if (!text.empty()) {
    if (const auto suffix = shift_of(text.back())) {
      shift = *suffix;
      text.remove_suffix(1);
    }
  }
  const auto number = parse_integer(text, 0, INT64_MAX >> shift);
  if (!number) {
    return std::nullopt;
  }
  const ByteCount size{static_cast<std::uint64_t>(*number) << shift};
  return size < least || size > most ? std::nullopt : std::optional(size);
}

// Seconds, with a fraction if you like. zend_strtod, since strtod follows the locale.
std::optional<double> parse_seconds(std::string_view text, double least, double most) {
  if (text.empty() || text.find_first_not_of("0123456789.eE+-") != std::string_view::npos) {
    return std::nullopt;
  }
  const char* end = nullptr;
  const double seconds = zend_strtod(text.data(), &end);
  if (end != text.data() + text.size() || !(seconds >= least && seconds <= most)) {
    return std::nullopt;
  }
  return seconds;
}

// 100 000 years of milliseconds still fit 64 bits.
constexpr double kLongestSeconds = 3.15e12;

// Rounded up: what is to last shortly is not to be over at once.
Milliseconds milliseconds(double seconds) {
  return Milliseconds{static_cast<std::int64_t>(std::ceil(seconds * 1e3))};
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    if (zend_binary_strcasecmp(text.data(), text.size(), word.data(), word.size()) == 0) {
      return true;
    }
  }
  return false;
}

// Was this value said by anybody, or is it what we say when nobody does, or when what was said is
// wrong?
bool is_said_by_the_user(const zend_ini_entry* entry, const zend_string* value, int stage) {
  if (stage != ZEND_INI_STAGE_STARTUP) {
    return true;
  }
  const zval* said = cfg_get_entry_ex(entry->name);
  return said != nullptr && Z_TYPE_P(said) == IS_STRING && text_of(Z_STR_P(said)) == text_of(value);
}

constexpr char kDefaultMemory[] = "128M";
constexpr char kDefaultName[] = "default";
constexpr char kDefaultTtl[] = "0";
constexpr char kDefaultEntrySize[] = "224";
constexpr char kDefaultLockTimeout[] = "1";
constexpr char kDefaultSessionLockWait[] = "30";
constexpr char kDefaultSessionLockLease[] = "0";
constexpr char kDefaultInPlace[] = "1";
constexpr char kDefaultProtectMemory[] = "0";
constexpr char kDefaultHugePages[] = "auto";
constexpr char kDefaultMaxPins[] = "256";
constexpr char kDefaultMaxPinned[] = "0";
constexpr char kDefaultCompressAbove[] = "0";
constexpr char kDefaultSerializer[] = "native";
constexpr char kDefaultJanitor[] = "auto";
constexpr char kDefaultIdleTimeout[] = "600";

// What the handlers below give back for a value that is not `allowed`. PHP goes on with the
// default, or, once it runs, with the value before.
zend_result refuse(const zend_ini_entry* entry, const zend_string* value, const char* allowed,
                   const char* fallback) {
  const char* instead = entry->value != nullptr ? ZSTR_VAL(entry->value) : fallback;
  php_error_docref(nullptr, E_WARNING, "%s is \"%s\", but must be %s; \"%s\" is used instead",
                   ZSTR_VAL(entry->name), value != nullptr ? ZSTR_VAL(value) : "", allowed,
                   instead);
  return FAILURE;
}

PHP_INI_MH(on_memory) {
  const auto size = parse_size(text_of(new_value), kSmallestSegment, kLargestSegment);
  if (!size) {
    return refuse(entry, new_value, "a size from 1M to 64G", kDefaultMemory);
  }
  settings().memory = *size;
  settings().memory_is_asked_for = is_said_by_the_user(entry, new_value, stage);
  return SUCCESS;
}

PHP_INI_MH(on_name) {
  if (!is_good_name(text_of(new_value))) {
    return refuse(entry, new_value, kNameRule, kDefaultName);
  }
  settings().name = ZSTR_VAL(new_value);
  return SUCCESS;
}

// For a time after which something ends.
zend_result set_limit(Milliseconds& setting, const zend_ini_entry* entry,
                      const zend_string* new_value, const char* fallback) {
  const auto seconds = parse_seconds(text_of(new_value), 0, kLongestSeconds);
  if (!seconds) {
    return refuse(entry, new_value, "a number of seconds, or 0 for no limit", fallback);
  }
  setting = *seconds == 0 ? kForever : milliseconds(*seconds);
  return SUCCESS;
}

PHP_INI_MH(on_default_ttl) {
  return set_limit(settings().default_lifetime, entry, new_value, kDefaultTtl);
}

PHP_INI_MH(on_entry_size) {
  const auto bytes = parse_integer(text_of(new_value), 64, 65536);
  if (!bytes) {
    return refuse(entry, new_value, "a number of bytes from 64 to 65536", kDefaultEntrySize);
  }
  settings().entry_size = ByteCount{static_cast<std::uint64_t>(*bytes)};
  return SUCCESS;
}

PHP_INI_MH(on_lock_timeout) {
  const auto seconds = parse_seconds(text_of(new_value), 0.001, 3600);
  if (!seconds) {
    return refuse(entry, new_value, "a number of seconds from 0.001 to 3600", kDefaultLockTimeout);
  }
  settings().lock_timeout = milliseconds(*seconds);
  return SUCCESS;
}

PHP_INI_MH(on_session_lock_wait) {
  const auto seconds = parse_seconds(text_of(new_value), 0, 3600);
  if (!seconds) {
    return refuse(entry, new_value, "a number of seconds from 0 to 3600", kDefaultSessionLockWait);
  }
  settings().session_lock_wait = milliseconds(*seconds);
  return SUCCESS;
}

PHP_INI_MH(on_session_lock_lease) {
  return set_limit(settings().session_lock_lease, entry, new_value, kDefaultSessionLockLease);
}

// PHP's INI reader turns a bare `off` into "" and a bare `on` into "1".
bool means_on(std::string_view text) { return is_one_of(text, {"on", "yes", "true", "1"}); }
bool means_off(std::string_view text) {
  return is_one_of(text, {"off", "no", "false", "none", "0", ""});
}

zend_result set_switch(bool& setting, const zend_ini_entry* entry, const zend_string* new_value,
                       const char* fallback) {
  const std::string_view text = text_of(new_value);
  if (!means_on(text) && !means_off(text)) {
    return refuse(entry, new_value, "on or off", fallback);
  }
  setting = means_on(text);
  return SUCCESS;
}

// For what may be done where it is of use.
zend_result set_auto(bool& setting, const zend_ini_entry* entry, const zend_string* new_value,
                     const char* fallback) {
  const std::string_view text = text_of(new_value);
  const bool is_auto = means_on(text) || is_one_of(text, {"auto"});
  if (!is_auto && !means_off(text)) {
    return refuse(entry, new_value, "auto or off", fallback);
  }
  setting = is_auto;
  return SUCCESS;
}

PHP_INI_MH(on_in_place) {
  return set_switch(settings().in_place, entry, new_value, kDefaultInPlace);
}

PHP_INI_MH(on_protect_memory) {
  return set_switch(settings().protect_memory, entry, new_value, kDefaultProtectMemory);
}

PHP_INI_MH(on_huge_pages) {
  return set_auto(settings().huge_pages_are_wanted, entry, new_value, kDefaultHugePages);
}

PHP_INI_MH(on_max_pins) {
  constexpr std::int64_t kMost = 256;
  const auto count = parse_integer(text_of(new_value), 0, kMost);
  if (!count) {
    return refuse(entry, new_value, "a number from 0 to 256", kDefaultMaxPins);
  }
  settings().max_pins = static_cast<std::uint32_t>(*count);
  return SUCCESS;
}

PHP_INI_MH(on_max_pinned) {
  const auto size = parse_size(text_of(new_value), ByteCount{0}, kLargestSegment);
  if (!size) {
    return refuse(entry, new_value, "a size up to 64G, or 0 for no limit", kDefaultMaxPinned);
  }
  settings().max_pinned = size->value == 0 ? ByteCount{UINT64_MAX} : *size;
  return SUCCESS;
}

PHP_INI_MH(on_compress_above) {
  const auto size = parse_size(text_of(new_value), ByteCount{0}, kLargestSegment);
  if (!size) {
    return refuse(entry, new_value, "a size up to 64G, or 0 for off", kDefaultCompressAbove);
  }
  if (size->value != 0 && compression_version() == nullptr) {
    return refuse(entry, new_value,
                  "0, since this nitro.so was built without zstd (Debian: install libzstd-dev and "
                  "build it again)",
                  kDefaultCompressAbove);
  }
  settings().compress_above = size->value == 0 ? ByteCount{UINT64_MAX} : *size;
  return SUCCESS;
}

PHP_INI_MH(on_serializer) {
  const std::string_view text = text_of(new_value);
  const bool by_igbinary = is_one_of(text, {"igbinary"});
  if (!by_igbinary && !is_one_of(text, {"native"})) {
    return refuse(entry, new_value, "native or igbinary", kDefaultSerializer);
  }
  if (by_igbinary && !is_igbinary_loaded()) {
    return refuse(entry, new_value,
                  "native, since the extension igbinary is not loaded (Debian: install "
                  "php-igbinary)",
                  kDefaultSerializer);
  }
  settings().by_igbinary = by_igbinary;
  return SUCCESS;
}

PHP_INI_MH(on_janitor) {
  return set_auto(settings().janitor_is_wanted, entry, new_value, kDefaultJanitor);
}

PHP_INI_MH(on_janitor_path) {
  settings().janitor_path = new_value != nullptr ? ZSTR_VAL(new_value) : "";
  return SUCCESS;
}

PHP_INI_MH(on_idle_timeout) {
  constexpr std::int64_t kYear = 365 * 24 * 3600;
  const auto seconds = parse_integer(text_of(new_value), 0, kYear);
  if (!seconds) {
    return refuse(entry, new_value, "a whole number of seconds from 0 to 31536000",
                  kDefaultIdleTimeout);
  }
  settings().idle_timeout_seconds = *seconds;
  return SUCCESS;
}

PHP_INI_BEGIN()
  PHP_INI_ENTRY("nitro.memory", kDefaultMemory, PHP_INI_SYSTEM, on_memory)
  PHP_INI_ENTRY("nitro.name", kDefaultName, PHP_INI_ALL, on_name)
  PHP_INI_ENTRY("nitro.default_ttl", kDefaultTtl, PHP_INI_ALL, on_default_ttl)
  PHP_INI_ENTRY("nitro.entry_size", kDefaultEntrySize, PHP_INI_SYSTEM, on_entry_size)
  PHP_INI_ENTRY("nitro.lock_timeout", kDefaultLockTimeout, PHP_INI_SYSTEM, on_lock_timeout)
  PHP_INI_ENTRY("nitro.session_lock_wait", kDefaultSessionLockWait, PHP_INI_ALL,
                on_session_lock_wait)
  PHP_INI_ENTRY("nitro.session_lock_lease", kDefaultSessionLockLease, PHP_INI_ALL,
                on_session_lock_lease)
  PHP_INI_ENTRY("nitro.in_place", kDefaultInPlace, PHP_INI_SYSTEM, on_in_place)
  PHP_INI_ENTRY("nitro.protect_memory", kDefaultProtectMemory, PHP_INI_SYSTEM, on_protect_memory)
  PHP_INI_ENTRY("nitro.huge_pages", kDefaultHugePages, PHP_INI_SYSTEM, on_huge_pages)
  PHP_INI_ENTRY("nitro.max_pins", kDefaultMaxPins, PHP_INI_SYSTEM, on_max_pins)
  PHP_INI_ENTRY("nitro.max_pinned", kDefaultMaxPinned, PHP_INI_SYSTEM, on_max_pinned)
  PHP_INI_ENTRY("nitro.compress_above", kDefaultCompressAbove, PHP_INI_ALL, on_compress_above)
  PHP_INI_ENTRY("nitro.serializer", kDefaultSerializer, PHP_INI_ALL, on_serializer)
  PHP_INI_ENTRY("nitro.janitor", kDefaultJanitor, PHP_INI_SYSTEM, on_janitor)
  PHP_INI_ENTRY("nitro.janitor_path", "", PHP_INI_SYSTEM, on_janitor_path)
  PHP_INI_ENTRY("nitro.idle_timeout", kDefaultIdleTimeout, PHP_INI_SYSTEM, on_idle_timeout)
PHP_INI_END()

}  // namespace

void register_ini([[maybe_unused]] int type, int module_number) { REGISTER_INI_ENTRIES(); }

void unregister_ini([[maybe_unused]] int type, int module_number) { UNREGISTER_INI_ENTRIES(); }

}  // namespace nitro::php
