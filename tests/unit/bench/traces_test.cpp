#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "bench/eviction/trace_files.h"
#include "tests/support/catch.h"

namespace nitro::bench {

namespace {

// A folder of this test's own, with one file that `packer` compresses.
class PackedFile {
 public:
  PackedFile(const std::string& name, const std::string& content, const std::string& packer)
      : folder_(std::filesystem::temp_directory_path() /
                ("nitro's traces " + std::to_string(getpid()))) {
    std::filesystem::create_directory(folder_);
    const std::string path = (folder_ / name).string();
    std::ofstream(path, std::ios::binary) << content;
    is_packed_ = std::system((packer + " \"" + path + "\"").c_str()) == 0;
  }
  ~PackedFile() { std::filesystem::remove_all(folder_); }
  PackedFile(const PackedFile&) = delete;
  PackedFile& operator=(const PackedFile&) = delete;

  [[nodiscard]] bool is_packed() const noexcept { return is_packed_; }
  [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }

 private:
  std::filesystem::path folder_;
  bool is_packed_;
};

std::vector<Key> keys_of(const Trace& trace) {
  std::vector<Key> keys;
  for (const Request& request : trace.requests) {
    keys.push_back(request.key);
  }
  return keys;
}

}  // namespace

TEST_CASE("traces: decimal keys, a line each; other lines are skipped") {
  const PackedFile file("lines.trace", "70\n* 3\n900\n\n70\n70x\n1", "gzip -n");
  REQUIRE(file.is_packed());
  const auto files = trace_files_in(file.folder());
  REQUIRE(files.size() == 1);
  CHECK(files[0].name == "lines");
  const Trace trace = read_trace(files[0]);
  CHECK(keys_of(trace) == std::vector<Key>{0, 1, 0, 2});
  CHECK(trace.key_count == 3);
  CHECK(trace.requests[1].value_size == value_size_of(900));
  CHECK(trace.footprint.value == stored_size(value_size_of(70)) + stored_size(value_size_of(900)) +
                                     stored_size(value_size_of(1)));
}

TEST_CASE("traces: big-endian keys of 32 bits") {
  const std::string content("\0\0\1\2\xff\0\0\0\0\0\1\2\0", 13);  // and the beginning of another
  const PackedFile packed("words.trace", content, "xz");
  if (!packed.is_packed()) {
    NITRO_SKIP("xz is not installed.");
  }
  const Trace trace = read_trace({"words", packed.folder() / "words.trace.xz"});
  CHECK(keys_of(trace) == std::vector<Key>{0, 1, 0});
  CHECK(trace.requests[0].value_size == value_size_of(0x102));
  CHECK(trace.requests[1].value_size == value_size_of(0xff000000));
}

TEST_CASE("traces: a value's size is log-normal with a median of 400 bytes") {
  constexpr std::uint64_t kKeys = 20'000;
  std::uint64_t below_median = 0;
  for (std::uint64_t key = 0; key < kKeys; ++key) {
    const std::uint32_t size = value_size_of(key);
    CHECK_FALSE((size < 32 || size > 32768));
    below_median += size < 403 ? 1 : 0;
  }
  CHECK(below_median > kKeys * 49 / 100);
  CHECK(below_median < kKeys * 51 / 100);
}

}  // namespace nitro::bench
