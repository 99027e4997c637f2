#include "nitroctl/printing.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace nitro::ctl {
namespace {

// The shortest digits that read back as the same number.
std::string float_text(double number) {
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  return {digits.data(), end};
}

std::string one_decimal(double number, const char* unit) {
  std::array<char, 48> text;
  std::snprintf(text.data(), text.size(), "%.1f %s", number, unit);
  return text.data();
}

}  // namespace

std::string kind_name(ValueKind kind) {
  switch (kind) {
    case ValueKind::kNull:
      return "null";
    case ValueKind::kFalse:
    case ValueKind::kTrue:
      return "bool";
    case ValueKind::kInteger:
      return "int";
    case ValueKind::kFloat:
      return "float";
    case ValueKind::kShortString:
    case ValueKind::kLongString:
      return "string";
    case ValueKind::kArray:
      return "array";
    case ValueKind::kGraph:
    case ValueKind::kIgbinary:
      return "objects";
    case ValueKind::kCompressedString:
      return "compressed string";
    case ValueKind::kRateLimit:
      return "rate limit";
  }
  return "unknown";  // written by a newer nitro
}

bool needs_php(ValueKind kind) {
  return has_pointers(kind) || kind == ValueKind::kCompressedString ||
         kind == ValueKind::kIgbinary || kind == ValueKind::kRateLimit;
}

ByteCount payload_size(ValueKind kind, ByteCount stored) {
  constexpr ByteCount kAround{kEngineStringHeader + 1};  // the header and the closing NUL
  return kind == ValueKind::kLongString && stored >= kAround ? stored - kAround : stored;
}

ByteCount longest_string(ByteCount largest_value) {
  constexpr ByteCount kShortKey{8};
  const ByteCount payload = payload_size(ValueKind::kLongString, largest_value);
  return payload > kShortKey ? payload - kShortKey : ByteCount{0};
}

std::string value_text(const Entry& entry) {
  switch (entry.kind) {
    case ValueKind::kNull:
      return "NULL\n";
    case ValueKind::kFalse:
      return "bool(false)\n";
    case ValueKind::kTrue:
      return "bool(true)\n";
    case ValueKind::kInteger:
      return "int(" + std::to_string(entry.integer()) + ")\n";
    case ValueKind::kFloat:
      return "float(" + float_text(entry.real()) + ")\n";
    default:
      break;
  }
  const std::size_t skip =
      entry.kind == ValueKind::kLongString ? std::min(kEngineStringHeader, entry.bytes.size()) : 0;
  const ByteCount size = payload_size(entry.kind, ByteCount{entry.bytes.size()});
  const auto payload =
      entry.bytes.subspan(skip).first(std::min<std::size_t>(size.value, entry.bytes.size() - skip));
  return {reinterpret_cast<const char*>(payload.data()), payload.size()};
}

std::string size_text(ByteCount size) {
  const auto bytes = static_cast<double>(size.value);
  if (size < 1_KiB) {
    return std::to_string(size.value) + " bytes";
  }
  if (size < 1_MiB) {
    return one_decimal(bytes / 1024, "KiB");
  }
  return one_decimal(bytes / (1024 * 1024), "MiB");
}

std::string remaining_text(MonotonicTime deadline, MonotonicTime now, const char* never) {
  if (deadline == kNever) {
    return never;
  }
  const std::int64_t milliseconds = std::max<std::int64_t>(deadline.value - now.value, 0);
  return std::to_string(milliseconds / 1000 + (milliseconds % 1000 != 0 ? 1 : 0));
}

std::string abi_text(std::uint64_t abi) {
  std::array<char, 17> digits;
  std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(abi));
  return digits.data();
}

}  // namespace nitro::ctl
