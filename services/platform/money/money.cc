#include "services/platform/money/money.h"

#include <algorithm>
#include <cstdlib>

namespace kkr::platform {
namespace {

constexpr std::uint64_t kOrePerKrone = 100;

Money fitting(std::optional<Money> result) {
  if (!result) std::abort();
  return *result;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The value of digits without needless zeros in front; nullopt for anything else and beyond
// kMoneyMax.
std::optional<std::uint64_t> whole_number(std::string_view digits) {
  constexpr std::size_t kDigitsMax = 14;  // kMoneyMax in kroner.
  if (digits.empty() || digits.size() > kDigitsMax) return std::nullopt;
  if (digits.size() > 1 && digits.front() == '0') return std::nullopt;
  std::uint64_t number = 0;
  for (const char c : digits) {
    if (!is_digit(c)) return std::nullopt;
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return number;
}

std::optional<Money> parse(std::string_view text, char decimal_mark) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  std::uint64_t ore = 0;
  if (const std::size_t mark = text.find(decimal_mark); mark != text.npos) {
    const std::string_view decimals = text.substr(mark + 1);
    if (decimals.size() != 2 || !is_digit(decimals[0]) || !is_digit(decimals[1])) {
      return std::nullopt;
    }
    ore = static_cast<std::uint64_t>((decimals[0] - '0') * 10 + (decimals[1] - '0'));
    text = text.substr(0, mark);
  }
  const auto kroner = whole_number(text);
  if (!kroner) return std::nullopt;
  ore += *kroner * kOrePerKrone;
  if (ore > static_cast<std::uint64_t>(kMoneyMax.ore)) return std::nullopt;
  if (negative && ore == 0) return std::nullopt;
  const auto amount = static_cast<std::int64_t>(ore);
  return Money{negative ? -amount : amount};
}

// The magnitude, which an int64 need not hold, with the digits grouped where a mark is given.
std::string format(Money amount, char decimal_mark, std::string_view thousands_mark) {
  const auto bits = static_cast<std::uint64_t>(amount.ore);
  const std::uint64_t ore = amount.ore < 0 ? 0 - bits : bits;
  std::string kroner = std::to_string(ore / kOrePerKrone);
  for (std::size_t at = kroner.size(); at > 3;) kroner.insert(at -= 3, thousands_mark);
  const auto decimals = static_cast<int>(ore % kOrePerKrone);
  kroner += decimal_mark;
  kroner += static_cast<char>('0' + decimals / 10);
  kroner += static_cast<char>('0' + decimals % 10);
  return amount.ore < 0 ? "-" + kroner : kroner;
}

}  // namespace

std::optional<Money> checked_sum(Money a, Money b) {
  Money sum;
  if (__builtin_add_overflow(a.ore, b.ore, &sum.ore)) return std::nullopt;
  return sum;
}

std::optional<Money> checked_difference(Money a, Money b) {
  Money difference;
  if (__builtin_sub_overflow(a.ore, b.ore, &difference.ore)) return std::nullopt;
  return difference;
}

Money operator+(Money a, Money b) { return fitting(checked_sum(a, b)); }
Money operator-(Money a, Money b) { return fitting(checked_difference(a, b)); }
Money operator-(Money amount) { return Money{} - amount; }

Money magnitude(Money amount) { return amount < Money{} ? -amount : amount; }

std::optional<Money> parse_money(std::string_view text) { return parse(text, '.'); }

std::optional<Money> parse_danish_money(std::string_view text) {
  const std::size_t kroner_end = std::min(text.find(','), text.size());
  const std::size_t first_point = text.find('.');
  if (first_point == text.npos) return parse(text, ',');
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool at_thousand = i < kroner_end && (kroner_end - i) % 4 == 0;
    const bool wants_point = at_thousand && i >= first_point;
    if ((text[i] == '.') != wants_point) return std::nullopt;
    if (text[i] != '.') plain += text[i];
  }
  const std::size_t sign = text.starts_with('-') ? 1 : 0;
  if (first_point == sign || first_point > sign + 3) return std::nullopt;
  return parse(plain, ',');
}

std::string format_money(Money amount) { return format(amount, '.', ""); }
std::string format_danish_money(Money amount) { return format(amount, ',', "."); }

}  // namespace kkr::platform
