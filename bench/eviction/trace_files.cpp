#include "bench/eviction/trace_files.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <stdexcept>

namespace nitro::bench {

namespace {

constexpr std::string_view kBinary = ".trace.xz";
constexpr std::string_view kDecimal = ".trace.gz";

std::string quoted_for_shell(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) {
    quoted += c == '\'' ? "'\\''" : std::string(1, c);
  }
  return quoted + "'";
}

// What the command writes.
std::string output_of(const std::string& command) {
  std::FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) {
    throw std::runtime_error("This cannot be run: " + command);
  }
  std::string output;
  std::array<char, 1 << 16> piece;
  for (std::size_t size = 1; size != 0;) {
    size = std::fread(piece.data(), 1, piece.size(), pipe);
    output.append(piece.data(), size);
  }
  if (pclose(pipe) != 0) {
    throw std::runtime_error("This failed: " + command);
  }
  return output;
}

void add_binary_keys(TraceBuilder& trace, std::string_view bytes) {
  for (; bytes.size() >= 4; bytes.remove_prefix(4)) {
    std::uint64_t key = 0;
    for (const char byte : bytes.substr(0, 4)) {
      key = key << 8 | static_cast<unsigned char>(byte);
    }
    trace.get(key);
  }
}

void add_decimal_keys(TraceBuilder& trace, std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = std::min(text.find('\n'), text.size());
    std::uint64_t key = 0;
    const auto [stopped_at, error] = std::from_chars(text.data(), text.data() + length, key);
    if (error == std::errc{} && stopped_at == text.data() + length) {
      trace.get(key);
    }
    text.remove_prefix(std::min(length + 1, text.size()));
  }
}

}  // namespace

std::vector<TraceFile> trace_files_in(const std::filesystem::path& folder) {
  std::vector<TraceFile> files;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    const std::string name = file.path().filename().string();
    if (name.ends_with(kBinary) || name.ends_with(kDecimal)) {
      files.push_back({name.substr(0, name.size() - kBinary.size()), file.path()});
    }
  }
  std::ranges::sort(files, {}, &TraceFile::name);
  return files;
}

Trace read_trace(const TraceFile& file) {
  TraceBuilder trace(file.name);
  const std::string path = file.path.string();
  if (path.ends_with(kBinary)) {
    add_binary_keys(trace, output_of("xz -dc -- " + quoted_for_shell(path)));
  } else {
    add_decimal_keys(trace, output_of("gzip -dc -- " + quoted_for_shell(path)));
  }
  if (trace.size() == 0) {
    throw std::runtime_error(path + " has no requests");
  }
  return trace.finish();
}

}  // namespace nitro::bench
