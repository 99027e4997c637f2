// What each thread of PHP keeps: the settings as they are now, and the caches it has attached.
#pragma once

#include "ext/codec/class_facts.h"
#include "ext/ini.h"

#include "ext/zend_headers.h"

namespace nitro::php {
class AttachmentTable;
}

ZEND_BEGIN_MODULE_GLOBALS(nitro)
  nitro::php::Settings settings;
  // Made by the first `new NitroCache`; lives until the thread ends.
  nitro::php::AttachmentTable* attachments;
  nitro::php::ClassFactsCache class_facts;
  // This request has been warned of values that it cannot read.
  bool told_of_compression;
  bool told_of_igbinary;
ZEND_END_MODULE_GLOBALS(nitro)

ZEND_EXTERN_MODULE_GLOBALS(nitro)

#define NITRO_G(member) ZEND_MODULE_GLOBALS_ACCESSOR(nitro, member)

#if defined(ZTS) && defined(COMPILE_DL_NITRO)
ZEND_TSRMLS_CACHE_EXTERN()
#endif
