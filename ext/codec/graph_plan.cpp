#include "ext/codec/graph_plan.h"

#include <cstring>

#include "ext/codec/graph_walk_objects.h"
#include "ext/errors.h"

namespace nitro::php {
namespace {

using Measuring = GraphWalk<MeasuringOutput>;
using Writing = GraphWalk<WritingOutput>;

// So often may objects, when asked, change what has been looked at already.
constexpr int kMostRounds = 100;

bool write(const void* context, std::span<std::byte> at, std::uint64_t home) noexcept {
  auto& plan = *const_cast<GraphPlan*>(static_cast<const GraphPlan*>(context));
  const std::size_t map = words_before_pointer_map(at.size()) * kWordSize;
  std::memset(at.data() + map, 0, at.size() - map);
  WritingOutput output(at, home);
  Writing walk(plan, output, Writing::References::kDecided);
  return walk.root(&plan.root) != Purity::kStopped && output.is_full();
}

// A few scalars and short strings. Finding out that one of them is there twice costs more than
// storing it twice.
bool is_small(const zval& value) {
  constexpr std::uint32_t kFewElements = 32;
  constexpr std::size_t kShortString = 64;
  if (Z_TYPE(value) != IS_ARRAY || Z_ARRVAL(value)->nNumUsed > kFewElements) {
    return false;
  }
  zval* element;
  ZEND_HASH_FOREACH_VAL(Z_ARRVAL(value), element) {
    if (Z_TYPE_P(element) > IS_STRING ||
        (Z_TYPE_P(element) == IS_STRING && Z_STRLEN_P(element) > kShortString)) {
      return false;
    }
  }
  ZEND_HASH_FOREACH_END();
  return true;
}

}  // namespace

bool GraphPlan::look(zval* value) {
  // Code that runs later may change the variable that this value came from.
  ZVAL_COPY(&root, value);
  looks_for_repeats = !is_small(root);
  return measure_all();
}

bool GraphPlan::prepare() {
  for (int round = 0; round < kMostRounds; ++round) {
    if (!collected.has_unasked()) {
      return true;
    }
    if (!ask_all() || !measure_all()) {
      return false;
    }
  }
  throw_unsteady();
  return false;
}

// Twice if there are references that others hold, too. Objects that were met and not asked yet are
// pending then.
bool GraphPlan::measure_all() {
  references.clear();
  auto how = Measuring::References::kCount;
  for (;;) {
    places.clear();
    layouts.clear();
    MeasuringOutput output;
    Measuring walk(*this, output, how);
    collected.begin_look();
    const Purity purity = walk.root(&root);
    collected.end_look();
    if (purity == Purity::kStopped) {
      return false;
    }
    size = size_with_pointer_map(output.end() / kWordSize);
    is_pure = Z_TYPE(root) == IS_ARRAY && purity == Purity::kPure;
    if (collected.has_unasked() || how == Measuring::References::kDecided ||
        !walk.met_shared_references()) {
      return true;
    }
    how = Measuring::References::kDecided;
  }
}

// And what they say may have objects that must be asked, too: in the order in which serialize()
// would come to them.
bool GraphPlan::ask_all() {
  while (collected.has_unasked()) {
    const CollectedObject* object = collected.ask_next();
    if (object == nullptr) {
      return false;
    }
    MeasuringOutput output;
    Measuring walk(*this, output, Measuring::References::kCount);
    walk.be_quiet();
    zval data;
    ZVAL_COPY_VALUE(&data, &object->data);
    collected.begin_look();
    static_cast<void>(walk.part(&data));
    collected.end_look();
  }
  return true;
}

Value GraphPlan::value() const noexcept {
  return {is_pure ? ValueKind::kArray : ValueKind::kGraph, {}, {write, this, size}};
}

void GraphPlan::free() {
  places.free();
  layouts.free();
  references.free();
  collected.free();
  zval_ptr_dtor(&root);
}

}  // namespace nitro::php
