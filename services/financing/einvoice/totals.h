// The sums of an invoice, worked out from its lines.
#pragma once

#include <optional>
#include <string>

#include "services/financing/einvoice/invoice.h"

namespace kkr::financing::einvoice {

// Quantity × price ÷ base quantity, rounded to the øre; nullopt when it is beyond every bound.
std::optional<platform::Money> net_of(const Line& line);

// One line of one piece at this price: money is asked for, or given back when it is below zero.
Line line_of(platform::Money amount);

// What to say of a VAT category in the breakdown.
struct VatReason {
  std::string code;  // Such as VATEX-EU-O; may be empty for E and S.
  std::string text;  // Empty for S.
};

// Fills in the net of every line, the VAT breakdown (one for each category and rate, in the order
// of the lines, with the reason unless it is S) and the totals. Nothing is paid yet.
void set_totals(Invoice& invoice, const VatReason& reason);

}  // namespace kkr::financing::einvoice
