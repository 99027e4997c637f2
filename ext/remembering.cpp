// Who finds a key missing, past its time or, by chance, shortly before it, tries to take the lead
// for it: a lock by the key's name, which ends with the request and dies with the process. The
// leader calls back, stores and gives the lead up. The others
//   - give the value that is past its time, if there is one;
//   - or wait for him, looking again whenever he has given the lead up, and each 10 ms: he may have
//     died;
//   - or compute for themselves when they have waited for too long.
// Who can have no lead, since no lock is to be had, computes for himself at once.
// Nothing is locked but the lead, which nobody else asks for.
#include "ext/remembering.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "core/base/hash.h"

#include "ext/cache_object.h"
#include "ext/codec/codec.h"
#include "ext/key_space.h"
#include "ext/lifetime.h"
#include "ext/stored_extras.h"
#include "ext/storing.h"
#include "ext/tags.h"

namespace nitro::php {
namespace {

using Clock = std::chrono::steady_clock;

class Remembering {
 public:
  Remembering(zend_object* cache, zend_string* key, zend_fcall_info& callback,
              zend_fcall_info_cache& callback_cache, const RememberTerms& terms) noexcept
      : cache_(cache),
        key_(key),
        callback_(callback),
        callback_cache_(callback_cache),
        terms_(terms) {}

  void run(zval* result) {
    find_or_compute(result);
    give_up_lead();
  }

 private:
  enum class Found { kNothing, kStale, kEarly, kFresh };

  void find_or_compute(zval* result) {
    const auto start = Clock::now();
    for (;;) {
      ZVAL_UNDEF(result);
      Session* session = session_of(cache_);
      if (session == nullptr) {
        return;
      }
      switch (const Found found = look(*session, result)) {
        case Found::kFresh:
          return;
        case Found::kStale:
        case Found::kEarly: {
          // Without it before, somebody may have stored between our look and our lead.
          const bool had_lead = has_lead();
          if (!had_lead && !try_lead() && (found == Found::kEarly || is_led())) {
            return;
          }
          zval_ptr_dtor(result);
          ZVAL_UNDEF(result);
          if (had_lead || !has_lead()) {
            compute_and_store(result);
            return;
          }
          break;
        }
        case Found::kNothing:
          if (EG(exception) != nullptr) {
            return;
          }
          if (is_to_compute(start)) {
            compute_and_store(result);
            return;
          }
      }
    }
  }

  Found look(Session& session, zval* result) {
    const StoredKey stored(*cache_object(cache_), key_);
    const auto found = session.find_stale(stored.view());
    const bool is_live = found && found->is_live;
    if (!std::exchange(is_counted_, true)) {
      session.count_lookup(is_live);
    }
    if (!found) {
      return Found::kNothing;
    }
    const MonotonicTime deadline = found->entry.deadline;
    const bool is_early = is_live && ((deadline != kNever && deadline == early_for_) ||
                                      is_time_by_chance(*found, session.store().now()));
    early_for_ = is_early ? deadline : kNever;
    if (!decode(session, found->entry, result)) {
      return Found::kNothing;
    }
    return is_early ? Found::kEarly : is_live ? Found::kFresh : Found::kStale;
  }

  // XFetch (Vattani, Chierichetti, Lowenstein: Optimal Probabilistic Cache Stampede Prevention,
  // VLDB 2015): the longer it takes to compute, the earlier.
  [[nodiscard]] bool is_time_by_chance(const StaleEntry& found, MonotonicTime now) const {
    if (terms_.early <= 0 || found.making_ms == 0 || found.entry.deadline == kNever) {
      return false;
    }
    const double chance = some_chance();
    const double ahead = -std::log(chance) * terms_.early * found.making_ms;
    return static_cast<double>((found.entry.deadline - now).value) <= ahead;
  }

  // Above 0, up to 1. Not PHP's: it would change the numbers that the script draws, and processes
  // with the same seed would all decide the same.
  [[nodiscard]] double some_chance() const {
    const std::int64_t now = Clock::now().time_since_epoch().count();
    const std::string_view bytes(reinterpret_cast<const char*>(&now), sizeof(now));
    const std::uint64_t mixed = hash_key(bytes, reinterpret_cast<std::uintptr_t>(this)).value;
    return (static_cast<double>(mixed >> 11) + 1) / 0x1p53;
  }

  [[nodiscard]] std::uint64_t lead_name(const Session& session) const {
    return session.lock_name(StoredKey(*cache_object(cache_), key_).view(), LockKind::kLead);
  }

  [[nodiscard]] bool has_lead() const noexcept {
    return attempt_.status == LockTable::Status::kTaken;
  }
  // By somebody, who may be ourselves, further out. Otherwise there was no lead to be had.
  [[nodiscard]] bool is_led() const noexcept { return attempt_.status == LockTable::Status::kHeld; }
  // True: the lead is ours.
  [[nodiscard]] bool try_lead() {
    Session& session = attachment_of(*cache_object(cache_))->session();
    attempt_ = session.try_lock(lead_name(session), kForever);
    store_ = &session.store();
    return has_lead();
  }

  // When nothing was found. False: look again, with the lead or after a wait for whoever has it.
  [[nodiscard]] bool is_to_compute(Clock::time_point start) {
    if (has_lead()) {
      return true;
    }
    if (try_lead()) {
      return false;
    }
    const auto waited =
        std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start).count();
    // Within one's own callback for the same key there is nobody to wait for.
    if (!is_led() || attempt_.by_me || waited >= terms_.wait.value) {
      return true;
    }
    attachment_of(*cache_object(cache_))
        ->session()
        .wait_for_unlock(attempt_.ticket, Milliseconds{terms_.wait.value - waited});
    return false;
  }

  // Made before the value is: what is invalidated meanwhile does not find it valid. False: an
  // exception was thrown.
  [[nodiscard]] bool make_extras_wanted(StoredExtras& extras) {
    const Session* session = writing_session_of(cache_);
    // Looked at once more: what tags refer to may have been changed by code that ran meanwhile.
    if (session == nullptr || (terms_.tags != nullptr && !check_tags(terms_.tags, kRememberTags))) {
      return false;
    }
    if (terms_.tags != nullptr || terms_.stale_for.value != 0 || terms_.early > 0) {
      extras =
          make_extras(*cache_object(cache_), session->store(), {terms_.tags, terms_.stale_for});
    } else {
      extras = extras_of_space(*cache_object(cache_), session->store());
    }
    return true;
  }

  void compute_and_store(zval* result) {
    StoredExtras extras;
    if (!make_extras_wanted(extras)) {
      return;
    }
    zval argument;
    ZVAL_STR(&argument, key_);
    callback_.retval = result;
    callback_.params = &argument;
    callback_.param_count = 1;
    const auto start = Clock::now();
    const bool is_called = zend_call_function(&callback_, &callback_cache_) == SUCCESS;
    if (is_called && EG(exception) == nullptr && Z_TYPE_P(result) != IS_UNDEF) {
      if (Z_ISREF_P(result)) {
        zend_unwrap_reference(result);
      }
      if (terms_.early > 0) {
        const auto took = Clock::now() - start;
        extras.set_making_ms(static_cast<std::uint32_t>(std::clamp<std::int64_t>(
            std::chrono::ceil<std::chrono::milliseconds>(took).count(), 1, UINT32_MAX)));
      }
      static_cast<void>(store_value(cache_, key_, result, {terms_.lifetime, nullptr, extras}));
    }
    extras.free();
    if (EG(exception) != nullptr) {
      zval_ptr_dtor(result);
      ZVAL_UNDEF(result);
    }
  }

  void give_up_lead() {
    if (!has_lead()) {
      return;
    }
    Session& session = attachment_of(*cache_object(cache_))->session();
    // If the cache was made anew meanwhile, the lead is of a segment that nobody uses.
    if (&session.store() == store_) {
      session.unlock(attempt_.ticket);
    }
  }

  zend_object* cache_;
  zend_string* key_;
  zend_fcall_info& callback_;
  zend_fcall_info_cache& callback_cache_;
  const RememberTerms& terms_;
  LockTable::Attempt attempt_;        // the last one
  const Store* store_ = nullptr;      // whose it is of
  MonotonicTime early_for_ = kNever;  // the deadline before which it is to be computed anew
  bool is_counted_ = false;           // as a hit or a miss
};

}  // namespace

void remember(zend_object* cache, zend_string* key, zend_fcall_info& callback,
              zend_fcall_info_cache& callback_cache, const RememberTerms& terms, zval* result) {
  Remembering(cache, key, callback, callback_cache, terms).run(result);
}

}  // namespace nitro::php
