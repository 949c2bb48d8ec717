#include "services/financing/einvoice/decimal.h"

#include <algorithm>
#include <charconv>

#include "fmt/format.h"

namespace kkr::financing::einvoice {
namespace {

// Two factors of at most 10^15, 100 øre and six decimals of a divisor: 10^38 fits.
__extension__ using Wide = __int128;

Wide power_of_ten(int exponent) {
  Wide power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

// numerator ÷ denominator (above zero), halves away from zero.
std::optional<platform::Money> rounded(Wide numerator, Wide denominator) {
  const Wide size = numerator < 0 ? -numerator : numerator;
  const Wide whole = size / denominator;
  const Wide result = whole + (2 * (size % denominator) >= denominator ? 1 : 0);
  if (result > platform::kMoneyMax.ore) return std::nullopt;
  return platform::Money{static_cast<std::int64_t>(numerator < 0 ? -result : result)};
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view part =
      point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
  const bool point_alone = point != std::string_view::npos && part.empty();
  const bool leading_zero = whole.size() > 1 && whole.front() == '0';
  if (whole.empty() || leading_zero || point_alone || part.size() > kDecimalsMax ||
      whole.size() + part.size() > 16 || !all_digits(whole) || !all_digits(part)) {
    return std::nullopt;
  }
  const std::string joined = std::string(whole) + std::string(part);
  Decimal number{0, static_cast<int>(part.size())};
  std::from_chars(joined.data(), joined.data() + joined.size(), number.digits);
  if (number.digits > kDigitsMax || (negative && number.digits == 0)) return std::nullopt;
  if (negative) number.digits = -number.digits;
  return number;
}

std::string format_decimal(Decimal number) {
  const std::int64_t size = number.digits < 0 ? -number.digits : number.digits;
  const auto scale = static_cast<std::int64_t>(power_of_ten(number.decimals));
  const char* sign = number.digits < 0 ? "-" : "";
  if (number.decimals == 0) return fmt::format("{}{}", sign, size);
  return fmt::format("{}{}.{:0{}}", sign, size / scale, size % scale, number.decimals);
}

Decimal price_of(platform::Money amount) { return {amount.ore, 2}; }

bool equals(Decimal number, std::int64_t whole) {
  return Wide{number.digits} == Wide{whole} * power_of_ten(number.decimals);
}

std::optional<platform::Money> priced(Decimal quantity, Decimal price, Decimal base) {
  if (base.digits <= 0) return std::nullopt;
  Wide numerator = Wide{quantity.digits} * price.digits;
  Wide denominator = base.digits;
  const int exponent = 2 + base.decimals - quantity.decimals - price.decimals;
  if (exponent >= 0) {
    numerator *= power_of_ten(exponent);
  } else {
    denominator *= power_of_ten(-exponent);
  }
  return rounded(numerator, denominator);
}

std::optional<platform::Money> percentage(platform::Money amount, Decimal rate) {
  return rounded(Wide{amount.ore} * rate.digits, 100 * power_of_ten(rate.decimals));
}

}  // namespace kkr::financing::einvoice
