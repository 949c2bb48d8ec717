#include "services/financing/einvoice/totals.h"

#include <algorithm>

namespace kkr::financing::einvoice {
namespace {

using platform::Money;

VatBreakdown& breakdown_of(Invoice& invoice, const Line& line) {
  const auto same = [&](const VatBreakdown& vat) {
    return vat.category == line.vat_category && vat.rate == line.vat_rate;
  };
  const auto found = std::find_if(invoice.vat.begin(), invoice.vat.end(), same);
  if (found != invoice.vat.end()) return *found;
  VatBreakdown vat;
  vat.category = line.vat_category;
  vat.rate = line.vat_rate;
  return invoice.vat.emplace_back(std::move(vat));
}

}  // namespace

std::optional<Money> net_of(const Line& line) {
  return priced(line.quantity, line.price, line.base_quantity.value_or(Decimal{1, 0}));
}

Line line_of(Money amount) {
  Line line;
  line.quantity = {amount.ore < 0 ? -1 : 1, 0};
  line.unit = "C62";
  line.price = price_of(platform::magnitude(amount));
  line.net = amount;
  return line;
}

void set_totals(Invoice& invoice, const VatReason& reason) {
  invoice.totals = {};
  invoice.vat.clear();
  for (Line& line : invoice.lines) {
    line.net = net_of(line).value_or(Money{});
    invoice.totals.lines += line.net;
    breakdown_of(invoice, line).taxable += line.net;
  }
  for (VatBreakdown& vat : invoice.vat) {
    vat.tax = percentage(vat.taxable, vat.rate.value_or(Decimal{})).value_or(Money{});
    invoice.totals.vat += vat.tax;
    if (vat.category == VatCategory::kStandardRate) continue;
    vat.reason_code = reason.code;
    vat.reason = reason.text;
  }
  invoice.totals.without_vat = invoice.totals.lines;
  invoice.totals.with_vat = invoice.totals.without_vat + invoice.totals.vat;
  invoice.totals.payable = invoice.totals.with_vat;
}

}  // namespace kkr::financing::einvoice
