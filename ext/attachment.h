// Which caches this thread uses, across requests, and what it does so that it always uses the one
// that the name leads to.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/store/options.h"
#include "core/store/store.h"

#include "ext/janitor_launcher.h"

namespace nitro::php {

// A thread's way into one cache. Stays at its address until the thread ends; what it leads to
// changes when a segment is given up.
class Attachment {
 public:
  Attachment(StoreOptions options, JanitorSettings janitor);

  // Maps the cache. No value: done.
  [[nodiscard]] std::optional<Error> open();

  // May the session be used as it is? False at the first call of a request, and when the segment
  // was given up.
  [[nodiscard]] bool is_current() const noexcept {
    return seen_in_this_request_ && !session_->is_condemned();
  }
  // What to do when it is not. No value: done, and it is current now.
  [[nodiscard]] std::optional<Error> renew();

  // Requires: open() or renew() went well.
  [[nodiscard]] Session& session() const noexcept { return *session_; }
  [[nodiscard]] Store& store() const noexcept { return session_->store(); }

  // Writers ask once per call, so that a program that never ends its request notices, too, when
  // the name or the janitor is gone.
  // Once a second.
  [[nodiscard]] bool is_look_due() const noexcept {
    return system_monotonic_seconds() != last_look_;
  }
  void look_around();

  // True: a janitor lives.
  bool see_to_janitor() { return janitor_.see_to(store()); }
  [[nodiscard]] const std::string& janitor_trouble() const noexcept { return janitor_.trouble(); }

  // The size that this process asked for and that the cache does not have.
  [[nodiscard]] std::optional<ByteCount> refused_size() const noexcept { return refused_size_; }
  void note_size_asked_for(ByteCount size) noexcept;
  // True once: the user has not been told yet.
  [[nodiscard]] bool should_tell_refused_size() noexcept;

  [[nodiscard]] bool has_pins() const noexcept;
  // Requires: no value of this request is in use any more.
  void end_request() noexcept;

  // --- fork: for the sessions, in the order of Session's own functions
  void prepare_fork() noexcept;
  void after_fork_in_parent() noexcept;
  void after_fork_in_child() noexcept;

 private:
  template <typename Visit>
  void for_each_session(Visit visit) const;

  StoreOptions options_;
  JanitorLauncher janitor_;
  // Read by every call.
  bool seen_in_this_request_ = false;
  std::unique_ptr<Session> session_;
  std::int64_t last_look_ = 0;  // when: seconds
  // Their segments were given up, but values of this request may lie in them.
  std::vector<std::unique_ptr<Session>> retired_;
  std::optional<ByteCount> refused_size_;
  bool told_refused_size_ = false;
};

class AttachmentTable {
 public:
  AttachmentTable();
  ~AttachmentTable();
  AttachmentTable(const AttachmentTable&) = delete;
  AttachmentTable& operator=(const AttachmentTable&) = delete;

  // nullptr: this thread has not used it yet.
  [[nodiscard]] Attachment* find(std::string_view name) const;
  // nullptr: failure() says why.
  [[nodiscard]] Attachment* attach(StoreOptions options, JanitorSettings janitor);
  // False: failure() says why.
  [[nodiscard]] bool renew(Attachment& attachment);

  // Why the last of the two went wrong. Kept here, since whoever throws it may be left by longjmp.
  [[nodiscard]] const Error& failure() const noexcept { return failure_; }

  template <typename Visit>
  void for_each(Visit visit) const {
    for (const auto& [name, attachment] : attachments_) {
      visit(*attachment);
    }
  }

  // --- fork: for the table of the thread that forks, nullptr if it has none
  static void prepare_fork(const AttachmentTable* table) noexcept;
  static void after_fork_in_parent(const AttachmentTable* table) noexcept;
  static void after_fork_in_child(AttachmentTable* table) noexcept;

 private:
  std::map<std::string, std::unique_ptr<Attachment>, std::less<>> attachments_;
  Error failure_{};
  std::size_t forks_seen_;
};

}  // namespace nitro::php
