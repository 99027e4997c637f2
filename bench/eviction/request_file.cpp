#include "bench/eviction/request_file.h"

#include <fstream>
#include <stdexcept>

namespace nitro::bench {

namespace {

void append_word(std::string& bytes, std::uint32_t word) {
  for (int shift = 0; shift < 32; shift += 8) {
    bytes += static_cast<char>(word >> shift & 0xff);
  }
}

}  // namespace

void write_requests(const Trace& trace, std::uint32_t copies, const std::string& path) {
  if (trace.has_lifetimes) {
    throw std::runtime_error("Only this program can replay " + trace.name +
                             ", which has lifetimes");
  }
  std::ofstream file(path, std::ios::binary);
  std::string bytes;
  for (const Request& request : trace.requests) {
    bytes.clear();
    for (std::uint32_t copy = 0; copy < copies; ++copy) {
      append_word(bytes, request.key * copies + copy);
      append_word(bytes, request.value_size);
      append_word(bytes, static_cast<std::uint32_t>(request.operation));
    }
    file << bytes;
  }
  if (!file.flush()) {
    throw std::runtime_error(path + " could not be written");
  }
}

}  // namespace nitro::bench
