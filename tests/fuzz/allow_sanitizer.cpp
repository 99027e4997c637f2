// Preloaded into php, so that it can load an extension built with AddressSanitizer: php asks for
// RTLD_DEEPBIND, by which the extension would find libc's malloc() before the sanitizer's. The
// sanitizer ends the process when it sees that.
#include <dlfcn.h>

extern "C" [[gnu::visibility("default")]] void* dlopen(const char* file, int mode) noexcept {
  using Dlopen = void*(const char*, int);
  static auto* const next = reinterpret_cast<Dlopen*>(dlsym(RTLD_NEXT, "dlopen"));
  return next(file, mode & ~RTLD_DEEPBIND);
}
