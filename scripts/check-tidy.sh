#!/usr/bin/env bash
# clang-tidy over core, with the flags of the dev build. .clang-tidy says what it looks for, and why
# not for more.
set -euo pipefail
cd "$(dirname "$0")/.."

# Clang does not know all of GCC's warnings, and would end with an error for that alone.
cmake --preset dev -B out/tidy -DNITRO_BUILD_EXTENSION=OFF -DNITRO_BUILD_TESTS=OFF \
  -DCMAKE_COMPILE_WARNING_AS_ERROR=OFF >/dev/null

# What it says on stderr is only how much it did not show.
grep -oE '"file": "[^"]+/core/[^"]+"' out/tidy/compile_commands.json | cut -d'"' -f4 |
  xargs -d '\n' -P "$(nproc)" -n 1 clang-tidy --quiet -p out/tidy 2>/dev/null
