// Quantities, prices and rates: decimal numbers, exact. What has to be rounded is rounded once, to
// whole øre, halves away from zero, so that a credit note is the mirror of its invoice.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "services/platform/money/money.h"

namespace kkr::financing::einvoice {

// `digits` tenths, hundredths, …: 12.50 is {1250, 2}. Equal when written alike.
struct Decimal {
  std::int64_t digits = 0;
  int decimals = 0;

  bool operator==(const Decimal&) const = default;
};

constexpr std::int64_t kDigitsMax = 1'000'000'000'000'000;
constexpr int kDecimalsMax = 6;

// nullopt for anything but `-?(0|[1-9][0-9]*)(\.[0-9]{1,6})?` of at most kDigitsMax.
std::optional<Decimal> parse_decimal(std::string_view text);
std::string format_decimal(Decimal number);

// The amount as a price in kroner.
Decimal price_of(platform::Money amount);

// True when the number is the whole number given.
bool equals(Decimal number, std::int64_t whole);

// quantity × price ÷ base, a price being in kroner; nullopt when it is more than kMoneyMax, or the
// base is not above zero.
std::optional<platform::Money> priced(Decimal quantity, Decimal price, Decimal base);

// rate per cent of the amount; nullopt when it is more than kMoneyMax.
std::optional<platform::Money> percentage(platform::Money amount, Decimal rate);

}  // namespace kkr::financing::einvoice
