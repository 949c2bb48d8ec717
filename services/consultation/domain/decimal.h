// Decimal numbers as municipalities write them: exact, never a floating point number. At most 15
// digits before the point and 6 after it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/numeric/int128.h"

namespace kkr::consultation {

// A number in steps of 10^-8: fine enough for the mean of numbers with six decimals, and wide
// enough for the sum of a billion of them.
struct Decimal {
  absl::int128 steps = 0;

  friend bool operator==(Decimal a, Decimal b) { return a.steps == b.steps; }
  friend bool operator<(Decimal a, Decimal b) { return a.steps < b.steps; }
  friend Decimal operator+(Decimal a, Decimal b) { return {a.steps + b.steps}; }
};

// The number of `-?[0-9]{1,15}(\.[0-9]{1,6})?`; nullopt for anything else.
std::optional<Decimal> parse_decimal(std::string_view text);
// How many digits stand after the point of a text that parse_decimal takes.
int decimals_of(std::string_view text);
// `number` divided by `count` > 0, rounded half away from zero to `decimals` ≤ 8.
Decimal divided(Decimal number, int count, int decimals);
// With exactly `decimals` ≤ 8 digits after the point, and no point when 0. Digits beyond are cut
// off: round first.
std::string format_decimal(Decimal number, int decimals);

}  // namespace kkr::consultation
