dnl The extension for phpize, PECL and PIE.
dnl
dnl Sources are written out with their paths from the root, one per line: scripts/check-sources.sh
dnl compares these lines with those of CMakeLists.txt and config.w32.

PHP_ARG_ENABLE([nitro],
  [whether to enable the NitroCache extension],
  [AS_HELP_STRING([--enable-nitro], [Enable the NitroCache extension])])

PHP_ARG_WITH([nitro-zstd],
  [whether NitroCache can compress strings by zstd],
  [AS_HELP_STRING([--without-nitro-zstd], [NitroCache without zstd, even where libzstd is found])],
  [auto], [no])

if test "$PHP_NITRO" != "no"; then
  PHP_REQUIRE_CXX()

  AC_LANG_PUSH([C++])
  AC_MSG_CHECKING([for a 64-bit target])
  AC_COMPILE_IFELSE(
    [AC_LANG_PROGRAM([], [[char only_with_64_bits[sizeof(void*) == 8 ? 1 : -1]; (void)only_with_64_bits;]])],
    [AC_MSG_RESULT([yes])],
    [AC_MSG_RESULT([no])
     AC_MSG_ERROR([NitroCache needs a 64-bit target: its shared memory is addressed with 64 bits.])])
  PHP_CXX_COMPILE_STDCXX([20], [mandatory], [NITRO_STDCXX])
  AC_CHECK_HEADER([boost/interprocess/mapped_region.hpp], [],
    [AC_MSG_ERROR([Boost.Interprocess was not found. Install Boost's headers (Debian: libboost-dev).])])
  AC_CHECK_HEADER([xxhash.h], [],
    [AC_MSG_ERROR([xxHash was not found. Install its header (Debian: libxxhash-dev).])])
  AC_LANG_POP([C++])

  dnl shm_open lives in librt, threads in libpthread, before glibc 2.34.
  AC_CHECK_LIB([rt], [shm_open], [PHP_ADD_LIBRARY([rt],, [NITRO_SHARED_LIBADD])])
  AC_CHECK_LIB([pthread], [pthread_create], [PHP_ADD_LIBRARY([pthread],, [NITRO_SHARED_LIBADD])])

  if test "$PHP_NITRO_ZSTD" != "no"; then
    PKG_CHECK_MODULES([ZSTD], [libzstd],
      [PHP_EVAL_INCLINE([$ZSTD_CFLAGS])
       PHP_EVAL_LIBLINE([$ZSTD_LIBS], [NITRO_SHARED_LIBADD])
       NITRO_ZSTD_FLAGS=-DNITRO_HAS_ZSTD=1],
      [if test "$PHP_NITRO_ZSTD" = "auto"; then
         AC_MSG_NOTICE([zstd was not found: nitro.so will not compress (Debian: libzstd-dev).])
       else
         AC_MSG_ERROR([zstd was not found. Install libzstd (Debian: libzstd-dev).])
       fi])
  fi
  PHP_SUBST([NITRO_SHARED_LIBADD])

  case $host_os in
    linux*)
      NITRO_PLATFORM_SOURCES="
        core/segment/lock_file_linux.cpp
        core/segment/platform_posix.cpp
        core/segment/shared_object_linux.cpp
        ext/fork_handlers_posix.cpp
        ext/janitor_launcher_posix.cpp
      " ;;
    *)
      NITRO_PLATFORM_SOURCES="
        core/segment/lock_file_posix.cpp
        core/segment/name_file_posix.cpp
        core/segment/platform_posix.cpp
        core/segment/shared_object_posix.cpp
        ext/fork_handlers_posix.cpp
        ext/janitor_launcher_posix.cpp
      " ;;
  esac

  NITRO_SOURCES="
    core/base/clock.cpp
    core/process/lock_table.cpp
    core/process/process_table.cpp
    core/process/stripe_lock.cpp
    core/segment/segment.cpp
    core/segment/value_view.cpp
    core/store/keys.cpp
    core/store/layout.cpp
    core/store/options.cpp
    core/store/session.cpp
    core/store/store.cpp
    core/store/sweep.cpp
    core/store/verify.cpp
    core/store/words.cpp
    core/stripe/admission.cpp
    core/stripe/reuse.cpp
    core/stripe/room.cpp
    core/stripe/stripe.cpp
    core/stripe/sweeping.cpp
    ext/attachment.cpp
    ext/cache_class.cpp
    ext/cache_object.cpp
    ext/changing.cpp
    ext/codec/class_facts.cpp
    ext/codec/class_lookup.cpp
    ext/codec/codec.cpp
    ext/codec/collected.cpp
    ext/codec/compression.cpp
    ext/codec/dates.cpp
    ext/codec/delayed_calls.cpp
    ext/codec/graph_builder.cpp
    ext/codec/graph_builder_objects.cpp
    ext/codec/graph_plan.cpp
    ext/codec/graph_reader.cpp
    ext/codec/igbinary.cpp
    ext/codec/named_property.cpp
    ext/codec/place.cpp
    ext/codec/string_hash.cpp
    ext/codec/strings.cpp
    ext/codec/value_abi.cpp
    ext/construction.cpp
    ext/counting.cpp
    ext/entry_class.cpp
    ext/errors.cpp
    ext/info.cpp
    ext/ini.cpp
    ext/iterator_class.cpp
    ext/janitor_launcher.cpp
    ext/key_space.cpp
    ext/lock_class.cpp
    ext/module.cpp
    ext/open_stores.cpp
    ext/remembering.cpp
    ext/request_end.cpp
    ext/session_handler.cpp
    ext/several_keys.cpp
    ext/statistics_array.cpp
    ext/stored_extras.cpp
    ext/storing.cpp
    ext/tags.cpp
    ext/ttl.cpp
  "

  dnl NDEBUG: assertions are for CMake's dev, asan and tsan builds.
  PHP_NEW_EXTENSION([nitro], [$NITRO_PLATFORM_SOURCES $NITRO_SOURCES], [$ext_shared],,
    [-I$ext_srcdir $NITRO_STDCXX -fvisibility=hidden -DNDEBUG $NITRO_ZSTD_FLAGS -DZEND_ENABLE_STATIC_TSRMLS_CACHE=1],
    [cxx])
  PHP_ADD_BUILD_DIR([$ext_builddir/core/base])
  PHP_ADD_BUILD_DIR([$ext_builddir/core/process])
  PHP_ADD_BUILD_DIR([$ext_builddir/core/segment])
  PHP_ADD_BUILD_DIR([$ext_builddir/core/store])
  PHP_ADD_BUILD_DIR([$ext_builddir/core/stripe])
  PHP_ADD_BUILD_DIR([$ext_builddir/ext])
  PHP_ADD_BUILD_DIR([$ext_builddir/ext/codec])
  PHP_ADD_MAKEFILE_FRAGMENT()
fi
