// Keys are arbitrary bytes; people read and type lines. Both ways between the two.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace nitro::ctl {

// Control characters, and bytes that are not valid UTF-8, as \xNN; a backslash as \\. What comes
// out is one line of text, harmless to a terminal, and unescape() gives the bytes back.
[[nodiscard]] std::string escape(std::string_view bytes);

// Nothing when a backslash is followed by neither xNN nor a backslash.
[[nodiscard]] std::optional<std::string> unescape(std::string_view text);

}  // namespace nitro::ctl
