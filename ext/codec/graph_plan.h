// What is found out about a value before it is written: what has to be asked of its objects, where
// everything will lie, and how large it is.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/pointer_map.h"
#include "core/store/value.h"

#include "ext/codec/address_map.h"
#include "ext/codec/collected.h"
#include "ext/codec/graph.h"

#include "ext/zend_headers.h"

namespace nitro::php {

// Request memory and no destructor, since longjmp may pass over it.
struct GraphPlan {
  zval root{};  // held
  CollectedObjects collected;
  // Where the strings, pure arrays, classes, objects and references lie that the value has, or may
  // have, more than once. Offsets from the value's start.
  AddressMap places;
  // The numbers of the classes' layouts.
  AddressMap layouts;
  // How often a reference was met. Those met once are no references any more: as serialize() does.
  AddressMap references;
  std::size_t size = 0;  // of the value, map included
  bool is_pure = false;
  // Whether parts that are there more than once are looked for, so as to be stored once.
  bool looks_for_repeats = true;

  bool has_objects = false;

  // The first look, at what can be stored and whether there are objects. Runs no PHP code. False:
  // an exception was thrown.
  [[nodiscard]] bool look(zval* value);
  // Asks the objects. Requires: look() went well, and the value is as it was then. False: an
  // exception was thrown. Runs PHP code.
  [[nodiscard]] bool prepare();
  // A writer for a value that is as it was when prepare() returned.
  [[nodiscard]] Value value() const noexcept;
  // Runs destructors.
  void free();

 private:
  [[nodiscard]] bool measure_all();
  [[nodiscard]] bool ask_all();
};

}  // namespace nitro::php
