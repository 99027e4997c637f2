#!/usr/bin/env bash
# The other way to build the extension: phpize, configure, make, as PECL and PIE do it. In a copy,
# since these leave files all over the tree.
set -euo pipefail
cd "$(dirname "$0")/.."

copy=out/phpize
rm -rf "$copy"
mkdir -p "$copy"
cp -R config.m4 Makefile.frag core ext phpt "$copy"
cd "$copy"

quietly() { "$@" >build.log 2>&1 || { tail -n 40 build.log; exit 1; }; }
quietly phpize
quietly ./configure --enable-nitro
quietly make --jobs "$(nproc)"

php -n -d extension="$PWD/modules/nitro.so" -r 'exit((int) !class_exists("NitroCache"));' || {
  echo 'The nitro.so that phpize built does not load.'
  exit 1
}
# Without Makefile.frag `make test` looks elsewhere, finds nothing, and is content.
[[ $(make --dry-run test) == *run-tests.php*/phpt* ]] || {
  echo 'In this build "make test" does not look into phpt/.'
  exit 1
}
