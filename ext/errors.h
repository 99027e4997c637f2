// Failures on their way to PHP: the exception class, and the one place that throws for core.
#pragma once

#include "core/base/result.h"

struct _zend_class_entry;
struct _zend_string;

namespace nitro::php {

// NitroCacheException; known once the classes are registered.
extern _zend_class_entry* exception_class;

// NitroCacheException with the error's own words. Requires: the error does not lie on the stack;
// throwing allocates, and a bailout would pass over its destructor.
void throw_error(const Error& error);

// A key holds something else than a number.
void throw_not_a_number(const _zend_string* key, const char* what_is_there);

// A key holds something else than what allow() keeps.
void throw_not_a_limit(const _zend_string* key, const char* what_is_there);

// A sum does not fit an int.
void throw_overflow(const _zend_string* key);

// A value that is another one each time it is looked at.
void throw_unsteady();

}  // namespace nitro::php
