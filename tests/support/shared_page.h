// A few words that a test and its forked children share, outside any segment.
#pragma once

#include <cstdlib>
#include <new>

#include <sys/mman.h>

namespace nitro::test {

// T has atomics and plain bytes only. Made before the fork.
template <typename T>
class SharedPage {
 public:
  SharedPage() {
    void* memory =
        mmap(nullptr, sizeof(T), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
      std::abort();
    }
    object_ = new (memory) T();
  }
  ~SharedPage() { munmap(object_, sizeof(T)); }
  SharedPage(const SharedPage&) = delete;
  SharedPage& operator=(const SharedPage&) = delete;

  T& operator*() const noexcept { return *object_; }
  T* operator->() const noexcept { return object_; }

 private:
  T* object_;
};

}  // namespace nitro::test
