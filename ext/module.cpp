// The Zend module `nitro`: what happens when PHP, a thread, a request begins and ends.
#include <new>

#include "ext/attachment.h"
#include "ext/cache_class.h"
#include "ext/fork_handlers.h"
#include "ext/globals.h"
#include "ext/info.h"
#include "ext/ini.h"
#include "ext/request_end.h"
#include "ext/session_handler.h"
#include "ext/version.h"

#include "ext/zend_headers.h"

ZEND_DECLARE_MODULE_GLOBALS(nitro)

static PHP_GINIT_FUNCTION(nitro) {
#if defined(ZTS) && defined(COMPILE_DL_NITRO)
  ZEND_TSRMLS_CACHE_UPDATE();
#endif
  new (nitro_globals) zend_nitro_globals{};
}

// The thread ends: its rows are given back, and what nobody else uses is unmapped.
static PHP_GSHUTDOWN_FUNCTION(nitro) {
  delete nitro_globals->attachments;
  nitro_globals->attachments = nullptr;
}

// No segment yet: under php-fpm this is the master, before the fork.
static PHP_MINIT_FUNCTION(nitro) {
  nitro::php::register_ini(type, module_number);
  nitro::php::register_classes();
  nitro::php::register_session_handler(type);
  nitro::php::arm_fork_handlers();
  return SUCCESS;
}

static PHP_MSHUTDOWN_FUNCTION(nitro) {
  nitro::php::disarm_fork_handlers();
  nitro::php::unregister_ini(type, module_number);
  return SUCCESS;
}

static ZEND_MODULE_POST_ZEND_DEACTIVATE_D(nitro) {
  nitro::php::end_request();
  return SUCCESS;
}

static PHP_MINFO_FUNCTION(nitro) { nitro::php::print_info(zend_module); }

static const zend_module_dep nitro_dependencies[] = {
    ZEND_MOD_REQUIRED("date")  // DateInterval
#ifdef NITRO_HAS_SESSIONS
    ZEND_MOD_REQUIRED("session")  // session.save_handler
#endif
    ZEND_MOD_REQUIRED("spl")       // RuntimeException, iterators
    ZEND_MOD_REQUIRED("standard")  // serialize()
    ZEND_MOD_END};

zend_module_entry nitro_module_entry = {
    STANDARD_MODULE_HEADER_EX,
    nullptr,
    nitro_dependencies,
    "nitro",
    nullptr,  // functions
    PHP_MINIT(nitro),
    PHP_MSHUTDOWN(nitro),
    nullptr,  // RINIT: the first call of a request does what is to be done
    nullptr,  // RSHUTDOWN: values may still be looked at
    PHP_MINFO(nitro),
    nitro::php::kVersion,
    PHP_MODULE_GLOBALS(nitro),
    PHP_GINIT(nitro),
    PHP_GSHUTDOWN(nitro),
    ZEND_MODULE_POST_ZEND_DEACTIVATE_N(nitro),
    STANDARD_MODULE_PROPERTIES_EX};

#ifdef COMPILE_DL_NITRO
#ifdef ZTS
ZEND_TSRMLS_CACHE_DEFINE()
#endif
ZEND_GET_MODULE(nitro)
#endif
