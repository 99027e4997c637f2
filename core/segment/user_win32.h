// Users as Windows knows them: who we are, how to make a thing that nobody else may open, and
// whether a thing that we found is such a one.
#pragma once

#include <string>

#include <windows.h>

namespace nitro::platform {

// The security identifier of the user whom this process runs as, as text; empty when Windows does
// not tell. Not that of a client whom a thread impersonates: a cache is shared by all threads.
[[nodiscard]] std::wstring own_security_id();

// For the Create… functions: we own it, and the access list names us alone.
class OnlyForUs {
 public:
  OnlyForUs();
  ~OnlyForUs();
  OnlyForUs(const OnlyForUs&) = delete;
  OnlyForUs& operator=(const OnlyForUs&) = delete;

  // nullptr: Windows did not tell who we are.
  [[nodiscard]] SECURITY_ATTRIBUTES* attributes() noexcept {
    return attributes_.lpSecurityDescriptor != nullptr ? &attributes_ : nullptr;
  }

 private:
  SECURITY_ATTRIBUTES attributes_{};
};

// Empty when we own the file or folder; else why not, as an English clause. The handle needs
// READ_CONTROL.
[[nodiscard]] std::string why_file_not_ours(HANDLE file);
// Empty when we own the memory object and nobody else may open it; else as above.
[[nodiscard]] std::string why_memory_not_ours(HANDLE section);

}  // namespace nitro::platform
