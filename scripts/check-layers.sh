#!/usr/bin/env bash
# Who may include whom. In core each layer includes itself and those before it; the rest of the
# project includes core/base and core/store only; only ext/zend_headers.h includes Zend.
set -euo pipefail
cd "$(dirname "$0")/.."

failed=0

# offences <folder> <pattern of what may stand between the quotes>
offences() {
  grep -rnE --include='*.h' --include='*.cpp' --exclude=zend_headers.h \
    '^ *# *include +("|<(php|zend|Zend/|SAPI|main/|ext/))' "$1" | grep -vE "include +\"($2)"
}

# allow <folder> <pattern>
allow() {
  [[ -d $1 ]] || return 0
  if offences "$1" "$2"; then
    echo "^ $1 may include nothing of this project or of Zend but: $2"
    failed=1
  fi
}

order='base segment process stripe store'
layers=''
for layer in $order; do
  layers="${layers:+$layers|}core/$layer/"
  allow "core/$layer" "$layers"
done
for folder in core/*/; do
  [[ " $order " == *" $(basename "$folder") "* ]] || {
    echo "$folder is no layer that this script knows: $order"
    failed=1
  }
done

interface='core/base/|core/store/'
allow ext "$interface|ext/[a-z_]+\.h|ext/codec/"
allow nitroctl "$interface|nitroctl/"
allow bench "$interface|bench/"
allow tests 'core/|nitroctl/|bench/|tests/'

exit "$failed"
