#include "services/consultation/domain/decimal.h"

#include <algorithm>

namespace kkr::consultation {
namespace {

constexpr int kStepDecimals = 8;
constexpr std::size_t kWholeDigitsMax = 15;
constexpr std::size_t kDecimalsMax = 6;

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

absl::int128 power_of_ten(int exponent) {
  absl::int128 power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

// The digits of a number that is not negative, at least `digits_min` of them.
std::string digits_of(absl::int128 number, std::size_t digits_min) {
  std::string digits;
  while (number > 0 || digits.size() < digits_min) {
    digits.push_back(static_cast<char>('0' + static_cast<int>(number % 10)));
    number /= 10;
  }
  std::reverse(digits.begin(), digits.end());
  return digits;
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view decimals =
      point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  if (whole.empty() || whole.size() > kWholeDigitsMax || !all_digits(whole)) return std::nullopt;
  if (point != std::string_view::npos && decimals.empty()) return std::nullopt;
  if (decimals.size() > kDecimalsMax || !all_digits(decimals)) return std::nullopt;

  absl::int128 steps = 0;
  for (const char digit : whole) steps = steps * 10 + (digit - '0');
  for (const char digit : decimals) steps = steps * 10 + (digit - '0');
  steps *= power_of_ten(kStepDecimals - static_cast<int>(decimals.size()));
  return Decimal{negative ? -steps : steps};
}

int decimals_of(std::string_view text) {
  const std::size_t point = text.find('.');
  return point == std::string_view::npos ? 0 : static_cast<int>(text.size() - point - 1);
}

Decimal divided(Decimal number, int count, int decimals) {
  const absl::int128 unit = power_of_ten(kStepDecimals - decimals);
  const absl::int128 divisor = unit * count;
  const bool negative = number.steps < 0;
  const absl::int128 magnitude = negative ? -number.steps : number.steps;
  const absl::int128 rounded = (2 * magnitude + divisor) / (2 * divisor) * unit;
  return {negative ? -rounded : rounded};
}

std::string format_decimal(Decimal number, int decimals) {
  const bool negative = number.steps < 0;
  const absl::int128 magnitude =
      (negative ? -number.steps : number.steps) / power_of_ten(kStepDecimals - decimals);
  std::string text = digits_of(magnitude, static_cast<std::size_t>(decimals) + 1);
  if (decimals > 0) text.insert(text.size() - static_cast<std::size_t>(decimals), 1, '.');
  if (negative && magnitude != 0) text.insert(0, 1, '-');
  return text;
}

}  // namespace kkr::consultation
