// The only place that includes Zend.
#pragma once

// clang-format off
// php.h must come first, and before it the standard headers that PHP's C headers include: inside
// extern "C" their templates would not compile.
#include <cinttypes>
#include <climits>
#include <cmath>
#include <cstdlib>
#include <cwchar>

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "ext/standard/info.h"
#include "php_ini.h"
#include "zend_enum.h"
#include "zend_exceptions.h"
#include "zend_fibers.h"
#include "zend_interfaces.h"
#include "zend_smart_str.h"

// These do not say extern "C" by themselves.
extern "C" {
#include "ext/date/php_date.h"
#include "ext/spl/spl_exceptions.h"
#include "ext/spl/spl_iterators.h"
#include "ext/standard/basic_functions.h"
#include "ext/standard/file.h"
#include "ext/standard/php_incomplete_class.h"
#include "ext/standard/php_var.h"
// Sessions that PHP loads as a module have nothing that we could link to.
#if defined(HAVE_PHP_SESSION) && !defined(COMPILE_DL_SESSION)
#define NITRO_HAS_SESSIONS
#include "ext/session/php_session.h"
#endif
}
// clang-format on

// Zend's macros declare functions with parameters that not each of them needs; g++ knows that it is
// a system header's doing.
#ifdef __clang__
#pragma clang diagnostic ignored "-Wunused-parameter"
#endif

// Zend's macros say Bucket and mean Zend's. Core has one, too, which would be found first.
namespace nitro::php {
using ::Bucket;
}
