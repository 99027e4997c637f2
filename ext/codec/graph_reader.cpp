#include "ext/codec/graph_reader.h"

#include <cstring>

#include "ext/codec/graph_builder.h"
#include "ext/codec/memory_limit.h"

namespace nitro::php {
namespace {

bool read(const GraphMemory& memory, GraphBuilder::Strings strings, zval* result) {
  GraphBuilder builder(memory, strings);
  bool is_whole = builder.root(result);
  // A reference at the top would be one with nothing else: references are within arrays or objects.
  is_whole =
      is_whole && Z_TYPE_P(result) != IS_UNDEF && !Z_ISREF_P(result) && !is_past_memory_limit();
  builder.finish(is_whole);
  if (is_whole && EG(exception) == nullptr) {
    if (Z_REFCOUNTED_P(result) && Z_REFCOUNT_P(result) > 1) {
      // It holds itself. Who drops it without a variable, as in get('key')->name, would not tell
      // the garbage collector.
      gc_check_possible_root(Z_COUNTED_P(result));
    }
    return true;
  }
  zval_ptr_dtor(result);
  ZVAL_NULL(result);
  return false;
}

}  // namespace

bool decode_array(Session& session, Entry entry, zval* result) {
  if (session.is_at_home() && session.try_pin(entry)) [[likely]] {
    const auto* head = reinterpret_cast<const GraphHead*>(session.in_place(entry).data());
    session.release();
    Z_ARR_P(result) = reinterpret_cast<zend_array*>(const_cast<GraphHead*>(head + 1));
    Z_TYPE_INFO_P(result) = IS_ARRAY;  // not counted: nobody frees it
    return true;
  }
  const bool is_whole = read(GraphMemory(entry.bytes, session.home_of(entry)),
                             GraphBuilder::Strings::kCopied, result);
  session.release();
  return is_whole;
}

bool decode_graph(Session& session, Entry entry, zval* result) {
  const std::uint64_t home = session.home_of(entry);
  if (session.is_at_home() && session.try_pin(entry)) [[likely]] {
    session.release();
    return read(GraphMemory(session.in_place(entry), home), GraphBuilder::Strings::kInPlace,
                result);
  }
  // Whole, and without its key: what is called from now on may use the cache.
  const std::size_t size = entry.bytes.size();
  auto* copy = static_cast<std::byte*>(emalloc(size));
  std::memcpy(copy, entry.bytes.data(), size);
  session.release();
  const bool is_whole =
      read(GraphMemory({copy, size}, home), GraphBuilder::Strings::kCopied, result);
  efree(copy);
  return is_whole;
}

}  // namespace nitro::php
