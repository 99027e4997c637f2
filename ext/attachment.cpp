#include "ext/attachment.h"

#include <atomic>
#include <utility>

#include "core/base/units.h"
#include "core/store/sweep.h"

#include "ext/open_stores.h"

namespace nitro::php {
namespace {

// Between two looks around of one writer.

// Segments grow in pages; sizes that differ by less are the same size.
constexpr std::uint64_t kPage = 4096;

// How often this process was made by a fork, counted from its first ancestor that loaded us.
// What belongs to a thread that did not come along has an older number.
std::atomic<std::size_t> forks{0};

}  // namespace

Attachment::Attachment(StoreOptions options, JanitorSettings janitor)
    : options_(std::move(options)), janitor_(std::move(janitor)) {}

std::optional<Error> Attachment::open() {
  auto opened = open_shared_store(options_);
  if (!opened) {
    return opened.error();
  }
  if (session_) {
    retired_.push_back(std::move(session_));
  }
  session_ = std::make_unique<Session>(std::move(opened).value());
  refused_size_.reset();
  if (options_.size) {
    note_size_asked_for(*options_.size);
  }
  return std::nullopt;
}

std::optional<Error> Attachment::renew() {
  if (store().check_name()) {
    if (auto error = open()) {
      return error;
    }
  }
  seen_in_this_request_ = true;
  see_to_janitor();
  last_look_ = system_monotonic_seconds();
  return std::nullopt;
}

void Attachment::look_around() {
  last_look_ = system_monotonic_seconds();
  if (store().check_name()) {
    seen_in_this_request_ = false;  // so the call goes through renew()
    return;
  }
  if (!see_to_janitor()) {
    sweep_a_little(*session_);
  }
}

void Attachment::note_size_asked_for(ByteCount size) noexcept {
  if (round_up(size.value, kPage) != store().facts().size.value) {
    refused_size_ = size;
  }
}

bool Attachment::should_tell_refused_size() noexcept {
  return refused_size_.has_value() && !std::exchange(told_refused_size_, true);
}

template <typename Visit>
void Attachment::for_each_session(Visit visit) const {
  for (const auto& session : retired_) {
    visit(*session);
  }
  if (session_) {
    visit(*session_);
  }
}

bool Attachment::has_pins() const noexcept {
  bool found = false;
  for_each_session([&](const Session& session) {
    // After some forks, values of an abandoned store are in use without pins.
    found |= session.pin_count() > 0 || session.store().is_abandoned();
  });
  return found;
}

void Attachment::end_request() noexcept {
  seen_in_this_request_ = false;
  for_each_session([](Session& session) { session.unlock_all(); });
  retired_.clear();
  if (session_) {
    session_->drop_pins();
  }
}

void Attachment::prepare_fork() noexcept {
  for_each_session([](Session& session) {
    if (session.pin_count() > 0) {
      session.prepare_fork();
    }
  });
}

void Attachment::after_fork_in_parent() noexcept {
  for_each_session([](Session& session) {
    if (session.pin_count() > 0) {
      session.after_fork_in_parent();
    }
  });
}

void Attachment::after_fork_in_child() noexcept {
  for_each_session([](Session& session) { session.after_fork_in_child(); });
}

AttachmentTable::AttachmentTable() : forks_seen_(forks.load(std::memory_order_relaxed)) {}

AttachmentTable::~AttachmentTable() {
  if (forks_seen_ == forks.load(std::memory_order_relaxed)) {
    return;
  }
  // The sessions belong to a thread of the parent process, and so do the rows that they would give
  // back. The child cannot use them; it must not end them either.
  for (auto& [name, attachment] : attachments_) {
    static_cast<void>(attachment.release());
  }
}

Attachment* AttachmentTable::find(std::string_view name) const {
  const auto found = attachments_.find(name);
  return found == attachments_.end() ? nullptr : found->second.get();
}

Attachment* AttachmentTable::attach(StoreOptions options, JanitorSettings janitor) {
  const std::string name = options.name;
  auto attachment = std::make_unique<Attachment>(std::move(options), std::move(janitor));
  if (auto error = attachment->open()) {
    failure_ = *std::move(error);
    return nullptr;
  }
  return attachments_.emplace(name, std::move(attachment)).first->second.get();
}

bool AttachmentTable::renew(Attachment& attachment) {
  if (auto error = attachment.renew()) {
    failure_ = *std::move(error);
    return false;
  }
  return true;
}

void AttachmentTable::prepare_fork(const AttachmentTable* table) noexcept {
  hold_open_stores_for_fork();
  if (table != nullptr) {
    table->for_each([](Attachment& attachment) { attachment.prepare_fork(); });
  }
}

void AttachmentTable::after_fork_in_parent(const AttachmentTable* table) noexcept {
  if (table != nullptr) {
    table->for_each([](Attachment& attachment) { attachment.after_fork_in_parent(); });
  }
  release_open_stores_in_parent();
}

void AttachmentTable::after_fork_in_child(AttachmentTable* table) noexcept {
  const std::size_t count = forks.fetch_add(1, std::memory_order_relaxed) + 1;
  adopt_open_stores_in_child();
  if (table != nullptr) {
    table->forks_seen_ = count;
    table->for_each([](Attachment& attachment) { attachment.after_fork_in_child(); });
  }
}

}  // namespace nitro::php
