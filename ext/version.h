// The extension's version: the one place that says it.
#pragma once

namespace nitro::php {

inline constexpr char kVersion[] = "0.1.0";

}  // namespace nitro::php
