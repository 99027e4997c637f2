#!/usr/bin/env bash
# Three builds list the sources: CMakeLists.txt (those of bench/ and tests/ included), config.m4,
# config.w32. Each must name every .cpp file that it should compile, once the files of other platforms
# are set aside, and nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."

failed=0

# Each path stands on a line of its own, perhaps quoted.
listed() { sed -nE "s#^ *\"?(($2)/[a-z0-9_/]+\.cpp)\"?,?\$#\1#p" "$1" | sort -u; }

# compare <build file> <top folders, as a pattern> <wanted paths, one per line>
compare() {
  local difference
  difference=$(diff <(printf '%s\n' "$3") <(listed "$1" "$2")) || {
    echo "$1 (>) does not list the sources of the tree (<):"
    grep '^[<>]' <<<"$difference"
    failed=1
  }
}

tree() { find "$@" -name '*.cpp' | sort; }

compare CMakeLists.txt 'core|ext|nitroctl' "$(tree core ext nitroctl)"
compare config.m4 'core|ext' "$(tree core ext | grep -v '_win32\.cpp$')"
compare config.w32 'core|ext' "$(tree core ext | grep -vE '_(posix|linux)\.cpp$')"
compare bench/CMakeLists.txt 'eviction|micro|support' "$(cd bench && tree eviction micro support)"
compare tests/CMakeLists.txt 'unit|model|race|crash|fuzz|support' \
  "$(cd tests && tree ./* | sed 's|^\./||')"

# phpize makes the folders of the objects only where it is told to.
folders=$(tree core ext | xargs -n1 dirname | sort -u)
for folder in $folders; do
  grep -qF "PHP_ADD_BUILD_DIR([\$ext_builddir/$folder])" config.m4 || {
    echo "config.m4 lacks PHP_ADD_BUILD_DIR for $folder."
    failed=1
  }
done

exit "$failed"
