#include "ext/session_handler.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>
#include <utility>

#include "core/store/store.h"

#include "ext/attachment.h"
#include "ext/cache_name.h"
#include "ext/codec/strings.h"
#include "ext/construction.h"
#include "ext/globals.h"
#include "ext/lifetime.h"
#include "ext/named_lock.h"
#include "ext/statistics_array.h"
#include "ext/ttl.h"

#include "ext/zend_headers.h"

namespace nitro::php {

#ifdef NITRO_HAS_SESSIONS

namespace {

constexpr std::size_t kLongestPrefix = 128;
constexpr std::size_t kLongestId = 256;  // php_session_valid_key() allows no more

// What PHP keeps for us between open and close. Request memory, and without a destructor: after a
// bailout PHP forgets it. The lock then ends with the request.
struct OpenSession {
  Attachment* attachment;
  std::size_t prefix_length;
  std::array<char, kLongestPrefix> prefix;
  // Whose lock it is; nullptr: none is held. Lives as long as the request, whatever the attachment
  // leads to meanwhile.
  Session* holder;
  LockTicket ticket;
  MonotonicTime lease_end;
};

OpenSession& open_session(void** mod_data) { return *static_cast<OpenSession*>(*mod_data); }

// Prefix and id. Requires: is_good_id().
class Key {
 public:
  Key(const OpenSession& open, const zend_string* id) noexcept
      : length_(open.prefix_length + ZSTR_LEN(id)) {
    std::memcpy(bytes_.data(), open.prefix.data(), open.prefix_length);
    std::memcpy(bytes_.data() + open.prefix_length, ZSTR_VAL(id), ZSTR_LEN(id));
  }
  [[nodiscard]] std::string_view view() const noexcept { return {bytes_.data(), length_}; }

 private:
  std::array<char, kLongestPrefix + kLongestId> bytes_;
  std::size_t length_;
};

// --- warnings. A handler for them is user code, which may close the session: nobody touches an
// OpenSession after one. Each returns FAILURE.

template <typename... Arguments>
zend_result warn(const char* format, Arguments... arguments) {
  php_error_docref(nullptr, E_WARNING, format, arguments...);
  return FAILURE;
}

zend_result warn_of_bad_id() {
  return warn(
      "The session id is too long or contains illegal characters. Only A-Z, a-z, 0-9, \"-\" and "
      "\",\" are allowed");
}

zend_result warn_not_locked(LockTable::Status status) {
  switch (status) {
    case LockTable::Status::kHeld:
      return warn("Another request has held this session for %g seconds (nitro.session_lock_wait)",
                  static_cast<double>(NITRO_G(settings).session_lock_wait.value) / 1e3);
    case LockTable::Status::kNoRoom:
      return warn(
          "The session cannot be locked: %u are locked already, or more processes use the "
          "cache than it has room for",
          static_cast<unsigned>(kNamedLocks));
    default:
      return warn(
          "The session cannot be locked: another process stood still for longer than "
          "nitro.lock_timeout while it locked one");
  }
}

zend_result warn_not_stored(const Store& store, PutOutcome outcome, std::size_t length) {
  const char* cache = store.facts().name.c_str();
  switch (outcome) {
    case PutOutcome::kTooLarge:
      return warn("The session has %zu bytes, but cache \"%s\" can hold no more than %zu of one",
                  length, cache,
                  static_cast<std::size_t>(longest_string(store.statistics().largest_value)));
    case PutOutcome::kNoRoom:
      return warn("Cache \"%s\" has no room for the session's %zu bytes", cache, length);
    case PutOutcome::kNoRow:
      return warn(
          "The session was not stored: more processes use cache \"%s\" than it has room for",
          cache);
    default:
      return warn(
          "The session was not stored: another writer of cache \"%s\" stood still for "
          "longer than nitro.lock_timeout",
          cache);
  }
}

// --- session.save_path

constexpr char kPathRule[] = "empty, name=NAME, prefix=PREFIX, or name=NAME;prefix=PREFIX";

struct SavePath {
  std::string_view name = NITRO_G(settings).name;
  std::string_view prefix = "session:";
};

// If `part` is `key` and a value: that value.
bool take_part(std::string_view part, std::string_view key, std::string_view& value) {
  const bool is_it = part.starts_with(key);
  if (is_it) {
    value = part.substr(key.size());
  }
  return is_it;
}

zend_result parse_save_path(const char* text, SavePath& path) {
  std::string_view rest(text);
  while (!rest.empty()) {
    const std::string_view part = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    if (!part.empty() && !take_part(part, "name=", path.name) &&
        !take_part(part, "prefix=", path.prefix)) {
      return warn("session.save_path: \"%.*s\" is neither name=NAME nor prefix=PREFIX",
                  static_cast<int>(part.size()), part.data());
    }
  }
  if (!is_good_name(path.name)) {
    return warn("The name in session.save_path is \"%.*s\", but must be %s",
                static_cast<int>(path.name.size()), path.name.data(), kNameRule);
  }
  if (path.prefix.size() > kLongestPrefix) {
    return warn("The prefix in session.save_path has %zu bytes, but must have no more than %zu",
                path.prefix.size(), kLongestPrefix);
  }
  return SUCCESS;
}

// --- the cache

// nullptr: there was a warning.
Session* current_session(Attachment& attachment) {
  AttachmentTable& table = *NITRO_G(attachments);
  if (!attachment.is_current() && !table.renew(attachment)) {
    warn("%s", table.failure().message.c_str());
    return nullptr;
  }
  return &attachment.session();
}

bool is_good_id(const zend_string* id) {
  return std::strlen(ZSTR_VAL(id)) == ZSTR_LEN(id) &&
         php_session_valid_key(ZSTR_VAL(id)) == SUCCESS;
}

PutOutcome put(Session& session, const Key& key, zend_string* data, zend_long maxlifetime) {
  Value value;
  encode_string(data, value);
  return session.put(key.view(), value,
                     deadline_of(lifetime_of_seconds(maxlifetime), session.store().now()));
}

zend_string* data_of(Session& session, const Entry& entry) {
  zval data;
  switch (entry.kind) {
    case ValueKind::kShortString:
      decode_short_string(session, entry, &data);
      return Z_STR(data);
    case ValueKind::kLongString:
      return decode_long_string(session, entry, &data) ? Z_STR(data) : ZSTR_EMPTY_ALLOC();
    default:  // no session, whoever stored it
      session.release();
      return ZSTR_EMPTY_ALLOC();
  }
}

zend_string* read(Session& session, const Key& key, zend_long maxlifetime) {
  if (const auto entry = session.find(key.view())) {
    return data_of(session, *entry);
  }
  // From now on the id is a known one, for session.use_strict_mode. If it cannot be stored, that is
  // said when there is something to store.
  static_cast<void>(put(session, key, ZSTR_EMPTY_ALLOC(), maxlifetime));
  return ZSTR_EMPTY_ALLOC();
}

// --- the lock

void unlock(OpenSession& open) {
  if (Session* holder = std::exchange(open.holder, nullptr)) {
    holder->unlock(open.ticket);
  }
}

// Afterwards open.holder is the way into the cache, unless there was a warning.
zend_result lock(OpenSession& open, const Key& key) {
  const Settings& settings = NITRO_G(settings);
  unlock(open);
  Attachment& attachment = *open.attachment;
  const auto [session, attempt] = take_named_lock(
      key.view(), {LockKind::kSession, settings.session_lock_lease, settings.session_lock_wait},
      [&] { return current_session(attachment); });
  if (session == nullptr) {
    return FAILURE;
  }
  // By me: what an earlier part of this request has left.
  if (attempt.status != LockTable::Status::kTaken && !attempt.by_me) {
    return warn_not_locked(attempt.status);
  }
  open.holder = session;
  open.ticket = attempt.ticket;
  open.lease_end = attempt.lease_end;
  return SUCCESS;
}

// In a new cache there is no lock that could have been lost.
bool is_lease_over(const OpenSession& open, const Session& session) {
  return open.holder == &session && open.lease_end != kNever &&
         session.store().now() >= open.lease_end;
}

zend_result write(const OpenSession& open, const zend_string* id, zend_string* data,
                  zend_long maxlifetime) {
  if (!is_good_id(id)) {
    return warn_of_bad_id();
  }
  Session* session = current_session(*open.attachment);
  if (session == nullptr) {
    return FAILURE;
  }
  if (is_lease_over(open, *session)) {
    return warn(
        "The session was not stored: it was open for longer than nitro.session_lock_lease, "
        "and other requests may have changed it since");
  }
  const PutOutcome outcome = put(*session, Key(open, id), data, maxlifetime);
  return outcome == PutOutcome::kStored
             ? SUCCESS
             : warn_not_stored(session->store(), outcome, ZSTR_LEN(data));
}

bool is_known(const OpenSession& open, const zend_string* id) {
  Session* session = is_good_id(id) ? current_session(*open.attachment) : nullptr;
  return session != nullptr && session->has(Key(open, id).view());
}

// --- what PHP calls

PS_FUNCS_UPDATE_TIMESTAMP(nitro)

const ps_module handler = {PS_MOD_UPDATE_TIMESTAMP(nitro)};

PS_OPEN_FUNC(nitro) {
  static_cast<void>(session_name);
  if (*mod_data != nullptr) {
    ps_close_nitro(mod_data);
  }
  SavePath path;
  if (parse_save_path(save_path, path) == FAILURE) {
    return FAILURE;
  }
  Attachment* attachment = find_or_attach(path.name, std::nullopt);
  if (attachment == nullptr) {
    return warn("%s", NITRO_G(attachments)->failure().message.c_str());
  }
  if (current_session(*attachment) == nullptr) {
    return FAILURE;
  }
  if (attachment->is_look_due()) {
    attachment->look_around();
  }
  auto* open = static_cast<OpenSession*>(ecalloc(1, sizeof(OpenSession)));
  open->attachment = attachment;
  open->prefix_length = path.prefix.copy(open->prefix.data(), kLongestPrefix);
  *mod_data = open;
  return SUCCESS;
}

PS_CLOSE_FUNC(nitro) {
  if (*mod_data != nullptr) {
    unlock(open_session(mod_data));
    efree(std::exchange(*mod_data, nullptr));
  }
  return SUCCESS;
}

PS_READ_FUNC(nitro) {
  OpenSession& open = open_session(mod_data);
  if (!is_good_id(key)) {
    return warn_of_bad_id();
  }
  const Key full_key(open, key);
  if (lock(open, full_key) == FAILURE) {
    return FAILURE;
  }
  *val = read(*open.holder, full_key, maxlifetime);
  return SUCCESS;
}

PS_WRITE_FUNC(nitro) { return write(open_session(mod_data), key, val, maxlifetime); }

PS_UPDATE_TIMESTAMP_FUNC(nitro) {
  const OpenSession& open = open_session(mod_data);
  if (!is_good_id(key)) {
    return warn_of_bad_id();
  }
  Session* session = current_session(*open.attachment);
  if (session == nullptr) {
    return FAILURE;
  }
  const Milliseconds lifetime = lifetime_of_seconds(maxlifetime);
  if (!is_over(lifetime) &&
      session->touch(Key(open, key).view(), deadline_of(lifetime, session->store().now())) ==
          TouchOutcome::kTouched) {
    return SUCCESS;
  }
  return write(open, key, val, maxlifetime);
}

PS_DESTROY_FUNC(nitro) {
  OpenSession& open = open_session(mod_data);
  if (!is_good_id(key)) {
    return warn_of_bad_id();
  }
  Session* session = current_session(*open.attachment);
  if (session == nullptr) {
    return FAILURE;
  }
  const EraseOutcome outcome = session->erase(Key(open, key).view());
  unlock(open);
  return outcome == EraseOutcome::kErased || outcome == EraseOutcome::kAbsent
             ? SUCCESS
             : warn("The session is still there: cache \"%s\" could not be locked",
                    session->store().facts().name.c_str());
}

// Sessions end at their deadline by themselves.
PS_GC_FUNC(nitro) {
  static_cast<void>(mod_data);
  static_cast<void>(maxlifetime);
  return *nrdels = 0;
}

PS_CREATE_SID_FUNC(nitro) {
  constexpr int kAttempts = 3;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    zend_string* id = php_session_create_id(mod_data);
    if (id == nullptr || *mod_data == nullptr || !is_known(open_session(mod_data), id)) {
      return id;
    }
    zend_string_release(id);
  }
  return nullptr;
}

PS_VALIDATE_SID_FUNC(nitro) { return is_known(open_session(mod_data), key) ? SUCCESS : FAILURE; }

}  // namespace

void register_session_handler(int type) {
  // PHP never forgets a handler, so what dl() loads for one request must not become one.
  if (type == MODULE_PERSISTENT) {
    php_session_register_module(&handler);
  }
}

#else

void register_session_handler(int) {}

#endif

}  // namespace nitro::php
