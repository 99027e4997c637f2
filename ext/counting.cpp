#include "ext/counting.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/store/store.h"
#include "core/store/value.h"

#include "ext/cache_object.h"
#include "ext/codec/codec.h"
#include "ext/errors.h"
#include "ext/key_space.h"
#include "ext/stored_extras.h"
#include "ext/ttl.h"

namespace nitro::php {
namespace {

// Not given: `fallback`. False: thrown.
bool parse_number(const zval* argument, std::uint32_t position, std::int64_t fallback,
                  Number& number) {
  if (argument == nullptr) {
    number = Number::of(fallback);
    return true;
  }
  if (Z_TYPE_P(argument) == IS_LONG) {
    number = Number::of(static_cast<std::int64_t>(Z_LVAL_P(argument)));
    return true;
  }
  if (!std::isfinite(Z_DVAL_P(argument))) {
    zend_argument_value_error(position, "must be a finite number");
    return false;
  }
  number = Number::of(Z_DVAL_P(argument));
  return true;
}

// False: thrown.
bool negate(Number& number) {
  if (number.is_float) {
    number.real = -number.real;
    return true;
  }
  if (number.integer == ZEND_LONG_MIN) {
    zend_argument_value_error(2, "must be greater than PHP_INT_MIN");
    return false;
  }
  number.integer = -number.integer;
  return true;
}

// nullopt: it does not fit.
std::optional<Number> sum_of(Number left, Number right) {
  if (left.is_float || right.is_float) {
    return Number::of(left.as_float() + right.as_float());
  }
  const bool is_too_large = right.integer > 0 && left.integer > INT64_MAX - right.integer;
  const bool is_too_small = right.integer < 0 && left.integer < INT64_MIN - right.integer;
  if (is_too_large || is_too_small) {
    return std::nullopt;
  }
  return Number::of(left.integer + right.integer);
}

void return_number(Number number, zval* return_value) {
  if (number.is_float) {
    ZVAL_DOUBLE(return_value, number.real);
  } else {
    ZVAL_LONG(return_value, number.integer);
  }
}

const char* what_is_there(Session& session, std::string_view key) {
  const std::optional<Entry> entry = session.find(key);
  const char* what = entry ? describe(entry->kind) : "nothing any more";
  session.release();
  return what;
}

}  // namespace

void count(INTERNAL_FUNCTION_PARAMETERS, Direction direction) {
  zend_string* key;
  zval* by_argument = nullptr;
  zval* initial_argument = nullptr;
  zval* ttl = nullptr;
  ZEND_PARSE_PARAMETERS_START(1, 4)
    Z_PARAM_STR(key)
    Z_PARAM_OPTIONAL
    Z_PARAM_NUMBER(by_argument)
    Z_PARAM_NUMBER(initial_argument)
    Z_PARAM_ZVAL(ttl)
  ZEND_PARSE_PARAMETERS_END();

  Number by;
  Number initial;
  Milliseconds lifetime;
  if (!parse_number(by_argument, 2, 1, by) || !parse_number(initial_argument, 3, 0, initial) ||
      (direction == Direction::kDown && !negate(by)) || !parse_ttl(ttl, 4, lifetime)) {
    RETURN_THROWS();
  }
  Session* session = writing_session_of(Z_OBJ_P(ZEND_THIS));
  if (session == nullptr) [[unlikely]] {
    RETURN_THROWS();
  }
  const CacheObject& object = *cache_object(Z_OBJ_P(ZEND_THIS));
  const StoredKey stored(object, key);
  StoredExtras extras = extras_of_space(object, session->store());
  const CounterOutcome outcome = session->add_to_counter(
      stored.view(), by, initial, deadline_of(lifetime, session->store().now()), extras.span());
  extras.free();
  switch (outcome.status) {
    case CounterOutcome::Status::kDone:
      return_number(outcome.value, return_value);
      return;
    case CounterOutcome::Status::kNotStored:
      // As if it had been stored and evicted at once.
      if (const auto sum = sum_of(initial, by)) {
        return_number(*sum, return_value);
        return;
      }
      [[fallthrough]];
    case CounterOutcome::Status::kOverflow:
      throw_overflow(key);
      RETURN_THROWS();
    case CounterOutcome::Status::kNotANumber:
      throw_not_a_number(key, what_is_there(*session, stored.view()));
      RETURN_THROWS();
  }
}

void count_against_limit(INTERNAL_FUNCTION_PARAMETERS) {
  zend_string* key;
  zend_long limit;
  double seconds;
  ZEND_PARSE_PARAMETERS_START(3, 3)
    Z_PARAM_STR(key)
    Z_PARAM_LONG(limit)
    Z_PARAM_DOUBLE(seconds)
  ZEND_PARSE_PARAMETERS_END();

  if (limit < 1) {
    zend_argument_value_error(2, "must be 1 or more");
    RETURN_THROWS();
  }
  constexpr double kLongestSeconds = 1e9;
  if (!(seconds > 0 && seconds <= kLongestSeconds)) {
    zend_argument_value_error(3, "must be greater than 0 and at most %g seconds", kLongestSeconds);
    RETURN_THROWS();
  }
  Session* session = writing_session_of(Z_OBJ_P(ZEND_THIS));
  if (session == nullptr) [[unlikely]] {
    RETURN_THROWS();
  }
  const CacheObject& object = *cache_object(Z_OBJ_P(ZEND_THIS));
  const StoredKey stored(object, key);
  StoredExtras extras = extras_of_space(object, session->store());
  const Nanoseconds period{std::max<std::int64_t>(1, std::llround(seconds * 1e9))};
  const LimitOutcome outcome =
      session->count_against_limit(stored.view(), limit, period, extras.span());
  extras.free();
  if (outcome == LimitOutcome::kNotALimit) {
    throw_not_a_limit(key, what_is_there(*session, stored.view()));
    RETURN_THROWS();
  }
  RETURN_BOOL(outcome != LimitOutcome::kRefused);
}

}  // namespace nitro::php
