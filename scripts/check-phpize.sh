#!/usr/bin/env bash
# The other way to build the extension: phpize, configure, make, as PECL and PIE do it. In a copy,
# since these leave files all over the tree. First without zstd, which no other build does, then with
# it.
set -euo pipefail
cd "$(dirname "$0")/.."

copy=out/phpize
rm -rf "$copy"
mkdir -p "$copy"
cp -R config.m4 Makefile.frag core ext phpt "$copy"
cd "$copy"

fail() {
  echo "$1"
  exit 1
}
quietly() { "$@" >build.log 2>&1 || { tail -n 40 build.log; exit 1; }; }
php_with_nitro() { php -n -d extension="$PWD/modules/nitro.so" "$@"; }
build() {
  quietly ./configure --enable-nitro "$@"
  quietly make --jobs "$(nproc)"
}

quietly phpize
build --without-nitro-zstd
php_with_nitro -r 'exit((int) !class_exists("NitroCache"));' ||
  fail 'The nitro.so that phpize built does not load.'
[[ $(php_with_nitro --ri nitro) == *'zstd => not built in'* ]] ||
  fail '--without-nitro-zstd leads to an extension with zstd.'
make test TESTS=phpt/ini/compress_above_without_zstd.phpt NO_INTERACTION=1 >build.log 2>&1 || true
grep -q '^Tests passed *: *1 ' build.log || {
  cat build.log
  fail 'phpt/ini/compress_above_without_zstd.phpt does not pass without zstd.'
}
# Without Makefile.frag `make test` looks elsewhere, finds nothing, and is content.
[[ $(make --dry-run test) == *run-tests.php*/phpt* ]] ||
  fail 'In this build "make test" does not look into phpt/.'

# The only source that knows of it, and the only one that has to be compiled anew.
rm ext/codec/compression.lo
build
[[ $(php_with_nitro --ri nitro) == *'zstd => '[0-9]* ]] ||
  fail 'phpize built an extension without zstd.'
