// Random numbers that are the same with every compiler and library, which those of <random>'s
// distributions are not.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

namespace nitro::bench {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  // 0 … 1, without the 1.
  [[nodiscard]] double fraction() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }
  // 0 … count - 1. Requires: count > 0.
  [[nodiscard]] std::uint64_t below(std::uint64_t count) { return engine_() % count; }
  [[nodiscard]] bool happens(double probability) { return fraction() < probability; }

 private:
  std::mt19937_64 engine_;
};

// Rank r of 0 … count - 1 with a probability proportional to 1 / (r + 1)^exponent.
class Zipf {
 public:
  Zipf(std::uint64_t count, double exponent) : sums_(count) {
    double sum = 0;
    for (std::uint64_t rank = 0; rank < count; ++rank) {
      sum += std::pow(static_cast<double>(rank + 1), -exponent);
      sums_[rank] = sum;
    }
  }

  [[nodiscard]] std::uint64_t draw(Random& random) const {
    const double at = random.fraction() * sums_.back();
    const auto found = std::ranges::upper_bound(sums_, at) - sums_.begin();
    return std::min(static_cast<std::uint64_t>(found), sums_.size() - 1);
  }

 private:
  std::vector<double> sums_;
};

}  // namespace nitro::bench
