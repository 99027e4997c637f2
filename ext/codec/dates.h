// What dates say of themselves when they are stored, without asking them.
#pragma once

#include "ext/zend_headers.h"

namespace nitro::php {

// Puts into `data` the array that __serialize() of a DateTime or a DateTimeImmutable returns:
// "date", "timezone_type" and "timezone". Asking takes several times as long, since PHP puts the
// date together by its pattern. False: it is something else, a subclass for example, or a date that
// is written in another way than nearly all are; `data` is as it was.
[[nodiscard]] bool describe_date(zend_object* object, zval* data);

}  // namespace nitro::php
