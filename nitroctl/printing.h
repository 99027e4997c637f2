// How values, sizes and times look to a person.
#pragma once

#include <cstdint>
#include <string>

#include "core/store/value.h"

namespace nitro::ctl {

// "null", "bool", "int", "float", "string", "array", "objects", …
[[nodiscard]] std::string kind_name(ValueKind kind);

// Nobody else can make sense of its bytes.
[[nodiscard]] bool needs_php(ValueKind kind);

// Of `stored` bytes, those that are the user's: without what the engine wants around a string.
[[nodiscard]] ByteCount payload_size(ValueKind kind, ByteCount stored);

// The longest string that can be stored, under a key of up to eight bytes: what
// NitroCache::getStats() calls largest_value.
[[nodiscard]] ByteCount longest_string(ByteCount largest_value);

// Requires: it does not need PHP. The bytes of a string as they are; of everything else a line as
// var_dump() shows it. A copy: the entry may be released afterwards.
[[nodiscard]] std::string value_text(const Entry& entry);

// "512 bytes", "1.5 KiB", "20.0 MiB".
[[nodiscard]] std::string size_text(ByteCount size);

// Whole seconds from now to the deadline, rounded up; `never` when there is none.
[[nodiscard]] std::string remaining_text(MonotonicTime deadline, MonotonicTime now,
                                         const char* never);

// A value ABI as --abi takes it.
[[nodiscard]] std::string abi_text(std::uint64_t abi);

}  // namespace nitro::ctl
