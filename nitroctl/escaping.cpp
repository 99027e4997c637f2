#include "nitroctl/escaping.h"

#include <charconv>
#include <cstddef>
#include <cstdint>

namespace nitro::ctl {
namespace {

// How many bytes at the beginning of `bytes` are one printable character in UTF-8; 0: none.
std::size_t printable_length(std::string_view bytes) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) {
    return first >= 0x20 && first != 0x7f ? 1 : 0;
  }
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || bytes.size() < length) {
    return 0;
  }
  std::uint32_t character = first & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) {
      return 0;
    }
    character = character << 6 | (byte(i) & 0x3fU);
  }
  constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool is_overlong = character < kSmallest[length];
  const bool is_surrogate = character >= 0xd800 && character <= 0xdfff;
  const bool is_control = character >= 0x80 && character <= 0x9f;
  return is_overlong || is_surrogate || is_control || character > 0x10ffff ? 0 : length;
}

void append_hex(std::string& text, unsigned char byte) {
  constexpr char kDigits[] = "0123456789abcdef";
  text += "\\x";
  text += kDigits[byte >> 4];
  text += kDigits[byte & 0xf];
}

std::optional<char> byte_from_hex(std::string_view digits) {
  unsigned char byte = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
  if (digits.size() != 2 || error != std::errc{} || end != digits.data() + 2) {
    return std::nullopt;
  }
  return static_cast<char>(byte);
}

}  // namespace

std::string escape(std::string_view bytes) {
  std::string text;
  while (!bytes.empty()) {
    const std::size_t length = printable_length(bytes);
    if (length == 0) {
      append_hex(text, static_cast<unsigned char>(bytes.front()));
    } else if (bytes.front() == '\\') {
      text += "\\\\";
    } else {
      text += bytes.substr(0, length);
    }
    bytes.remove_prefix(length == 0 ? 1 : length);
  }
  return text;
}

std::optional<std::string> unescape(std::string_view text) {
  std::string bytes;
  while (!text.empty()) {
    if (text.front() != '\\') {
      bytes += text.front();
      text.remove_prefix(1);
    } else if (text.starts_with("\\\\")) {
      bytes += '\\';
      text.remove_prefix(2);
    } else if (text.starts_with("\\x")) {
      const auto byte = byte_from_hex(text.substr(2, 2));
      if (!byte) {
        return std::nullopt;
      }
      bytes += *byte;
      text.remove_prefix(4);
    } else {
      return std::nullopt;
    }
  }
  return bytes;
}

}  // namespace nitro::ctl
