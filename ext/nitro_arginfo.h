/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 0de0f36327ff453ae2f225afa185a87b30b9f5d8 */

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
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_NitroCache_has, 0, 1, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_NitroCache_delete arginfo_class_NitroCache_has

#define arginfo_class_NitroCache_remove arginfo_class_NitroCache_has

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_NitroCache_clear, 0, 0, _IS_BOOL, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_NitroCache_getMultiple, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, keys, Traversable, MAY_BE_ARRAY, NULL)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, default, IS_MIXED, 0, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_NitroCache_setMultiple, 0, 1, _IS_BOOL, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, values, Traversable, MAY_BE_ARRAY, NULL)
	ZEND_ARG_OBJ_TYPE_MASK(0, ttl, DateInterval, MAY_BE_NULL|MAY_BE_LONG|MAY_BE_DOUBLE, "null")
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

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_NitroCache_getStats, 0, 0, IS_ARRAY, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(NitroCache, __construct);
ZEND_METHOD(NitroCache, get);
ZEND_METHOD(NitroCache, set);
ZEND_METHOD(NitroCache, has);
ZEND_METHOD(NitroCache, delete);
ZEND_METHOD(NitroCache, clear);
ZEND_METHOD(NitroCache, getMultiple);
ZEND_METHOD(NitroCache, setMultiple);
ZEND_METHOD(NitroCache, deleteMultiple);
ZEND_METHOD(NitroCache, increment);
ZEND_METHOD(NitroCache, decrement);
ZEND_METHOD(NitroCache, getStats);


static const zend_function_entry class_NitroCacheException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_NitroCache_methods[] = {
	ZEND_ME(NitroCache, __construct, arginfo_class_NitroCache___construct, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, get, arginfo_class_NitroCache_get, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, set, arginfo_class_NitroCache_set, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, has, arginfo_class_NitroCache_has, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, delete, arginfo_class_NitroCache_delete, ZEND_ACC_PUBLIC)
	ZEND_MALIAS(NitroCache, remove, delete, arginfo_class_NitroCache_remove, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, clear, arginfo_class_NitroCache_clear, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, getMultiple, arginfo_class_NitroCache_getMultiple, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, setMultiple, arginfo_class_NitroCache_setMultiple, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, deleteMultiple, arginfo_class_NitroCache_deleteMultiple, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, increment, arginfo_class_NitroCache_increment, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, decrement, arginfo_class_NitroCache_decrement, ZEND_ACC_PUBLIC)
	ZEND_ME(NitroCache, getStats, arginfo_class_NitroCache_getStats, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_NitroCacheException(zend_class_entry *class_entry_RuntimeException)
{
	zend_class_entry ce, *class_entry;

	INIT_CLASS_ENTRY(ce, "NitroCacheException", class_NitroCacheException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_RuntimeException);

	return class_entry;
}

static zend_class_entry *register_class_NitroCache(void)
{
	zend_class_entry ce, *class_entry;

	INIT_CLASS_ENTRY(ce, "NitroCache", class_NitroCache_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}
