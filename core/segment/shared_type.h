// What may live in memory that several processes map.
#pragma once

#include <atomic>
#include <cstddef>
#include <type_traits>

namespace nitro {

// Our own number: std::hardware_destructive_interference_size may change with a compiler flag, and
// with it the layout.
inline constexpr std::size_t kCacheLine = 64;

// A layout that every process agrees on, and no destructor, so that a process may die while it
// holds one. All-zero bytes must be a valid, empty state of every such type.
template <typename T>
concept SharedType = std::is_standard_layout_v<T> && std::is_trivially_destructible_v<T>;

// An atomic that works between processes. One that needs a library lock would not: that lock lives
// in a single process.
template <typename T>
requires(std::atomic<T>::is_always_lock_free) using SharedAtomic = std::atomic<T>;

}  // namespace nitro
