#include <atomic>

#include <pthread.h>

#include "ext/attachment.h"
#include "ext/fork_handlers.h"
#include "ext/globals.h"

#include "ext/zend_headers.h"

namespace nitro::php {
namespace {

// Between MINIT and MSHUTDOWN. A server that forks after that has no use for us any more.
std::atomic<bool> is_armed{false};

// A thread that forks need not be one of PHP's.
AttachmentTable* table_of_this_thread() {
#ifdef ZTS
  if (tsrm_get_ls_cache() == nullptr) {
    return nullptr;
  }
#endif
  return NITRO_G(attachments);
}

void prepare() {
  if (is_armed.load()) {
    AttachmentTable::prepare_fork(table_of_this_thread());
  }
}

void go_on_in_parent() {
  if (is_armed.load()) {
    AttachmentTable::after_fork_in_parent(table_of_this_thread());
  }
}

void go_on_in_child() {
  if (is_armed.load()) {
    AttachmentTable::after_fork_in_child(table_of_this_thread());
  }
}

}  // namespace

void arm_fork_handlers() {
  // A failure means no memory for three pointers; PHP would not have come so far.
  [[maybe_unused]] static const int result =
      pthread_atfork(prepare, go_on_in_parent, go_on_in_child);
  is_armed.store(true);
}

void disarm_fork_handlers() { is_armed.store(false); }

}  // namespace nitro::php
