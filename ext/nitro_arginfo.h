/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 9c57526999f318b8a7f739b9f6a1de23820fd641 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_NitroLock___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_NitroLock_release, 0, 0, _IS_BOOL, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_NitroLock_extend, 0, 0, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, lease, IS_DOUBLE, 0, "30")
ZEND_END_ARG_INFO()

#define arginfo_class_NitroLock_isHeld arginfo_class_NitroLock_release

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_NitroCache___construct, 0, 0, 0)
	ZEND_ARG_TYPE_MASK(0, maxMemoryMb, MAY_BE_LONG|MAY_BE_DOUBLE|MAY_BE_NULL, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, name, IS_STRING, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_NitroCache_get, 0, 1, IS_MIXED, 0)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, default, IS_MIXED, 0, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_NitroCache_set, 0, 2, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, value, IS_MIXED, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, ttl, DateInterval, MAY_BE_NULL|MAY_BE_LONG|MAY_BE_DOUBLE, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, tags, IS_ARRAY, 0, "[]")
ZEND_END_ARG_INFO()

#define arginfo_class_NitroCache_add arginfo_class_NitroCache_set

#define arginfo_class_NitroCache_replace arginfo_class_NitroCache_set

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_NitroCache_compareAndSet, 0, 3, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, expected, IS_MIXED, 0)
	ZEND_ARG_TYPE_INFO(0, value, IS_MIXED, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, ttl, DateInterval, MAY_BE_NULL|MAY_BE_LONG|MAY_BE_DOUBLE, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, tags, IS_ARRAY, 0, "[]")
ZEND_END_ARG_INFO()

#define arginfo_class_NitroCache_pull arginfo_class_NitroCache_get

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_NitroCache_touch, 0, 1, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, ttl, DateInterval, MAY_BE_NULL|MAY_BE_LONG|MAY_BE_DOUBLE, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_NitroCache_remember, 0, 2, IS_MIXED, 0)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, callback, IS_CALLABLE, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, ttl, DateInterval, MAY_BE_NULL|MAY_BE_LONG|MAY_BE_DOUBLE, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, staleFor, IS_DOUBLE, 0, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, waitUpTo, IS_DOUBLE, 0, "5")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, early, IS_DOUBLE, 0, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, tags, IS_ARRAY, 0, "[]")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_NitroCache_allow, 0, 3, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, limit, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO(0, perSeconds, IS_DOUBLE, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_NitroCache_lock, 0, 1, NitroLock, 1)
	ZEND_ARG_TYPE_INFO(0, name, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, lease, IS_DOUBLE, 0, "30")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, waitUpTo, IS_DOUBLE, 0, "0")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_NitroCache_invalidateTags, 0, 0, _IS_BOOL, 0)
	ZEND_ARG_VARIADIC_TYPE_INFO(0, tags, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_NitroCache_namespace, 0, 1, IS_STATIC, 0)
	ZEND_ARG_TYPE_INFO(0, prefix, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_NitroCache_has, 0, 1, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_NitroCache_delete arginfo_class_NitroCache_has

#define arginfo_class_NitroCache_remove arginfo_class_NitroCache_has

#define arginfo_class_NitroCache_clear arginfo_class_NitroLock_release

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_NitroCache_getMultiple, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, keys, Traversable, MAY_BE_ARRAY, NULL)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, default, IS_MIXED, 0, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_NitroCache_setMultiple, 0, 1, _IS_BOOL, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, values, Traversable, MAY_BE_ARRAY, NULL)
	ZEND_ARG_OBJ_TYPE_MASK(0, ttl, DateInterval, MAY_BE_NULL|MAY_BE_LONG|MAY_BE_DOUBLE, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, tags, IS_ARRAY, 0, "[]")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_NitroCache_deleteMultiple, 0, 1, _IS_BOOL, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, keys, Traversable, MAY_BE_ARRAY, NULL)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_MASK_EX(arginfo_class_NitroCache_increment, 0, 1, MAY_BE_LONG|MAY_BE_DOUBLE)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
	ZEND_ARG_TYPE_MASK(0, by, MAY_BE_LONG|MAY_BE_DOUBLE, "1")
	ZEND_ARG_TYPE_MASK(0, initial, MAY_BE_LONG|MAY_BE_DOUBLE, "0")
	ZEND_ARG_OBJ_TYPE_MASK(0, ttl, DateInterval, MAY_BE_NULL|MAY_BE_LONG|MAY_BE_DOUBLE, "null")
ZEND_END_ARG_INFO()

#define arginfo_class_NitroCache_decrement arginfo_class_NitroCache_increment

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_NitroCache_keys, 0, 0, Traversable, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, prefix, IS_STRING, 0, "\'\'")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_NitroCache_getIterator, 0, 0, Traversable, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_NitroCache_count, 0, 0, IS_LONG, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_NitroCache_getEntry, 0, 1, NitroEntry, 1)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_NitroCache_getStats, 0, 0, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, perStripe, _IS_BOOL, 0, "false")
ZEND_END_ARG_INFO()

#define arginfo_class_NitroIterator___construct arginfo_class_NitroLock___construct

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_NitroIterator_current, 0, 0, IS_MIXED, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_MASK_EX(arginfo_class_NitroIterator_key, 0, 0, MAY_BE_NULL|MAY_BE_LONG|MAY_BE_STRING)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_NitroIterator_next, 0, 0, IS_VOID, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_NitroIterator_rewind arginfo_class_NitroIterator_next

#define arginfo_class_NitroIterator_valid arginfo_class_NitroLock_release

#define arginfo_class_NitroEntry___construct arginfo_class_NitroLock___construct


ZEND_METHOD(NitroLock, __construct);
ZEND_METHOD(NitroLock, release);
ZEND_METHOD(NitroLock, extend);
ZEND_METHOD(NitroLock, isHeld);
ZEND_METHOD(NitroCache, __construct);
ZEND_METHOD(NitroCache, get);
ZEND_METHOD(NitroCache, set);
ZEND_METHOD(NitroCache, add);
ZEND_METHOD(NitroCache, replace);
ZEND_METHOD(NitroCache, compareAndSet);
ZEND_METHOD(NitroCache, pull);
ZEND_METHOD(NitroCache, touch);
ZEND_METHOD(NitroCache, remember);
ZEND_METHOD(NitroCache, allow);
ZEND_METHOD(NitroCache, lock);
ZEND_METHOD(NitroCache, invalidateTags);
ZEND_METHOD(NitroCache, namespace);
ZEND_METHOD(NitroCache, has);
ZEND_METHOD(NitroCache, delete);
ZEND_METHOD(NitroCache, clear);
ZEND_METHOD(NitroCache, getMultiple);
ZEND_METHOD(NitroCache, setMultiple);
ZEND_METHOD(NitroCache, deleteMultiple);
ZEND_METHOD(NitroCache, increment);
ZEND_METHOD(NitroCache, decrement);
ZEND_METHOD(NitroCache, keys);
ZEND_METHOD(NitroCache, getIterator);
ZEND_METHOD(NitroCache, count);
ZEND_METHOD(NitroCache, getEntry);
ZEND_METHOD(NitroCache, getStats);
ZEND_METHOD(NitroIterator, __construct);
ZEND_METHOD(NitroIterator, current);
ZEND_METHOD(NitroIterator, key);
ZEND_METHOD(NitroIterator, next);
ZEND_METHOD(NitroIterator, rewind);
ZEND_METHOD(NitroIterator, valid);
ZEND_METHOD(NitroEntry, __construct);


static const zend_function_entry class_NitroCacheException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_NitroLock_methods[] = {
	ZEND_ME(NitroLock, __construct, arginfo_class_NitroLock___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(NitroLock, release, arginfo_class_NitroLock_release, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroLock, extend, arginfo_class_NitroLock_extend, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroLock, isHeld, arginfo_class_NitroLock_isHeld, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_NitroCache_methods[] = {
	ZEND_ME(NitroCache, __construct, arginfo_class_NitroCache___construct, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, get, arginfo_class_NitroCache_get, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, set, arginfo_class_NitroCache_set, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, add, arginfo_class_NitroCache_add, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, replace, arginfo_class_NitroCache_replace, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, compareAndSet, arginfo_class_NitroCache_compareAndSet, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, pull, arginfo_class_NitroCache_pull, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, touch, arginfo_class_NitroCache_touch, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, remember, arginfo_class_NitroCache_remember, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, allow, arginfo_class_NitroCache_allow, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, lock, arginfo_class_NitroCache_lock, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, invalidateTags, arginfo_class_NitroCache_invalidateTags, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, namespace, arginfo_class_NitroCache_namespace, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, has, arginfo_class_NitroCache_has, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, delete, arginfo_class_NitroCache_delete, ZEND_ACC_PUBLIC)
	ZEND_MALIAS(NitroCache, remove, delete, arginfo_class_NitroCache_remove, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, clear, arginfo_class_NitroCache_clear, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, getMultiple, arginfo_class_NitroCache_getMultiple, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, setMultiple, arginfo_class_NitroCache_setMultiple, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, deleteMultiple, arginfo_class_NitroCache_deleteMultiple, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, increment, arginfo_class_NitroCache_increment, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, decrement, arginfo_class_NitroCache_decrement, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, keys, arginfo_class_NitroCache_keys, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, getIterator, arginfo_class_NitroCache_getIterator, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, count, arginfo_class_NitroCache_count, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, getEntry, arginfo_class_NitroCache_getEntry, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, getStats, arginfo_class_NitroCache_getStats, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_NitroIterator_methods[] = {
	ZEND_ME(NitroIterator, __construct, arginfo_class_NitroIterator___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(NitroIterator, current, arginfo_class_NitroIterator_current, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroIterator, key, arginfo_class_NitroIterator_key, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroIterator, next, arginfo_class_NitroIterator_next, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroIterator, rewind, arginfo_class_NitroIterator_rewind, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroIterator, valid, arginfo_class_NitroIterator_valid, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_NitroEntry_methods[] = {
	ZEND_ME(NitroEntry, __construct, arginfo_class_NitroEntry___construct, ZEND_ACC_PRIVATE)
	ZEND_FE_END
};

static zend_class_entry *register_class_NitroCacheException(zend_class_entry *class_entry_RuntimeException)
{
	zend_class_entry ce, *class_entry;

	INIT_CLASS_ENTRY(ce, "NitroCacheException", class_NitroCacheException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_RuntimeException);

	return class_entry;
}

static zend_class_entry *register_class_NitroLock(void)
{
	zend_class_entry ce, *class_entry;

	INIT_CLASS_ENTRY(ce, "NitroLock", class_NitroLock_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_NitroCache(zend_class_entry *class_entry_IteratorAggregate, zend_class_entry *class_entry_Countable)
{
	zend_class_entry ce, *class_entry;

	INIT_CLASS_ENTRY(ce, "NitroCache", class_NitroCache_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_NOT_SERIALIZABLE;
	zend_class_implements(class_entry, 2, class_entry_IteratorAggregate, class_entry_Countable);

	return class_entry;
}

static zend_class_entry *register_class_NitroIterator(zend_class_entry *class_entry_Iterator)
{
	zend_class_entry ce, *class_entry;

	INIT_CLASS_ENTRY(ce, "NitroIterator", class_NitroIterator_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;
	zend_class_implements(class_entry, 1, class_entry_Iterator);

	return class_entry;
}

static zend_class_entry *register_class_NitroEntry(void)
{
	zend_class_entry ce, *class_entry;

	INIT_CLASS_ENTRY(ce, "NitroEntry", class_NitroEntry_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_size_default_value;
	ZVAL_UNDEF(&property_size_default_value);
	zend_string *property_size_name = zend_string_init("size", sizeof("size") - 1, 1);
	zend_declare_typed_property(class_entry, property_size_name, &property_size_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_size_name);

	zval property_storedSize_default_value;
	ZVAL_UNDEF(&property_storedSize_default_value);
	zend_string *property_storedSize_name = zend_string_init("storedSize", sizeof("storedSize") - 1, 1);
	zend_declare_typed_property(class_entry, property_storedSize_name, &property_storedSize_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_storedSize_name);

	zval property_kind_default_value;
	ZVAL_UNDEF(&property_kind_default_value);
	zend_string *property_kind_name = zend_string_init("kind", sizeof("kind") - 1, 1);
	zend_declare_typed_property(class_entry, property_kind_name, &property_kind_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_kind_name);

	zval property_expires_default_value;
	ZVAL_UNDEF(&property_expires_default_value);
	zend_string *property_expires_name = zend_string_init("expires", sizeof("expires") - 1, 1);
	zend_declare_typed_property(class_entry, property_expires_name, &property_expires_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_DOUBLE|MAY_BE_NULL));
	zend_string_release(property_expires_name);

	zval property_created_default_value;
	ZVAL_UNDEF(&property_created_default_value);
	zend_string *property_created_name = zend_string_init("created", sizeof("created") - 1, 1);
	zend_declare_typed_property(class_entry, property_created_name, &property_created_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_created_name);

	zval property_tags_default_value;
	ZVAL_UNDEF(&property_tags_default_value);
	zend_string *property_tags_name = zend_string_init("tags", sizeof("tags") - 1, 1);
	zend_declare_typed_property(class_entry, property_tags_name, &property_tags_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_tags_name);

	return class_entry;
}
