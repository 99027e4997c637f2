// The one way to Catch2: Debian 12 has 2.13, one header; Debian 13 has 3.x, with other paths.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

// Ends a test that cannot run on this machine, visibly. Version 2 cannot skip: there the test
// passes with a warning.
#ifdef SKIP
#define NITRO_SKIP(reason) SKIP(reason)
#else
#define NITRO_SKIP(reason)       \
  do {                           \
    WARN("Skipped: " << reason); \
    return;                      \
  } while (false)
#endif
