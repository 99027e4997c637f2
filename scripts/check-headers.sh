#!/usr/bin/env bash
# Every header compiles alone, so that includes can be sorted and removed without surprises. Only
# those of ext/ get PHP's include path.
set -euo pipefail
cd "$(dirname "$0")/.."

# Called again for each header: <header> <further options…>
if (($# > 0)); then
  header=$1
  shift
  echo "#include \"$header\"" |
    "${CXX:-g++}" -std=c++20 -Wall -Wextra -Werror -fsyntax-only -I. "$@" -x c++ - || {
    echo "$header does not compile alone."
    exit 1
  }
  exit 0
fi

php_includes=$(php-config --includes | sed 's/-I/-isystem /g')
# Those of Windows need its own.
find core nitroctl tests bench -name '*.h' ! -name '*_win32.h' -print0 |
  xargs -0 -r -P "$(nproc)" -I{} scripts/check-headers.sh {}
# The arginfo is made by a tool, as a part of one .cpp file.
# shellcheck disable=SC2086  # several words
find ext -name '*.h' ! -name '*_arginfo.h' -print0 |
  xargs -0 -r -P "$(nproc)" -I{} scripts/check-headers.sh {} $php_includes
