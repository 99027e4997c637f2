// What phpinfo() says of the module.
#pragma once

#include "ext/zend_headers.h"

namespace nitro::php {

void print_info(zend_module_entry* module);

}  // namespace nitro::php
