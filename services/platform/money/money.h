// Danish kroner in whole øre: exact, never a floating point number, and never silently wrapped
// round. Pure; domains may use it.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kkr::platform {

struct Money {
  std::int64_t ore = 0;

  auto operator<=>(const Money&) const = default;
};

// The largest amount a text may name, either way: ten thousand billion kroner. Nine thousand of
// them still fit into a Money, so that sums of what was parsed do not overflow.
constexpr Money kMoneyMax{1'000'000'000'000'000};

// nullopt when the result does not fit. For sums whose parts nobody has bounded.
std::optional<Money> checked_sum(Money a, Money b);
std::optional<Money> checked_difference(Money a, Money b);

// These abort when the result does not fit: the parts were bounded, so something is broken.
Money operator+(Money a, Money b);
Money operator-(Money a, Money b);
Money operator-(Money amount);
inline Money& operator+=(Money& sum, Money amount) { return sum = sum + amount; }
inline Money& operator-=(Money& sum, Money amount) { return sum = sum - amount; }

// The amount without its sign.
Money magnitude(Money amount);

// The amount of `-?(0|[1-9][0-9]*)(\.[0-9][0-9])?` in kroner, as JSON carries it: `484510.18`.
// nullopt for anything else, for `-0`, and beyond kMoneyMax.
std::optional<Money> parse_money(std::string_view text);
// The amount as Danes write it: `484.510,18`, `484510,18` or `484510`; the points stand at every
// thousand or nowhere. Otherwise as parse_money.
std::optional<Money> parse_danish_money(std::string_view text);

// `484510.18`: what parse_money takes, always with two decimals.
std::string format_money(Money amount);
// `484.510,18`.
std::string format_danish_money(Money amount);

}  // namespace kkr::platform
