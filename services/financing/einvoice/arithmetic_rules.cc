// The sums of the document. They are sums of rounded amounts and are not rounded again.
#include "services/financing/einvoice/rules.h"

namespace kkr::financing::einvoice {

using platform::format_money;
using platform::Money;

void check_arithmetic(const Invoice& invoice, Findings& findings) {
  const Totals& totals = invoice.totals;
  Money lines;
  for (const Line& line : invoice.lines) lines += line.net;
  findings.require(totals.lines == lines, "BR-CO-10",
                   "The sum of the lines (BT-106) is {}; the lines make {}.",
                   format_money(totals.lines), format_money(lines));
  findings.require(totals.without_vat == totals.lines, "BR-CO-13",
                   "The total without VAT (BT-109) is {}, the sum of the lines (BT-106) {}.",
                   format_money(totals.without_vat), format_money(totals.lines));
  Money vat;
  for (const VatBreakdown& part : invoice.vat) vat += part.tax;
  findings.require(totals.vat == vat, "BR-CO-14", "The VAT (BT-110) is {}; its breakdown makes {}.",
                   format_money(totals.vat), format_money(vat));
  const Money with_vat = totals.without_vat + totals.vat;
  findings.require(totals.with_vat == with_vat, "BR-CO-15",
                   "The total with VAT (BT-112) is {}; without VAT and VAT together are {}.",
                   format_money(totals.with_vat), format_money(with_vat));
  findings.require(totals.payable == totals.with_vat, "BR-CO-16",
                   "The amount to pay (BT-115) is {}, the total with VAT (BT-112) {}.",
                   format_money(totals.payable), format_money(totals.with_vat));
  findings.require(invoice.kind != Kind::kCreditNote || totals.payable >= Money{}, "DK-R-016",
                   "The credit note is of {}; a credit note is never below zero.",
                   format_money(totals.payable));
  findings.require(invoice.kind != Kind::kInvoice || totals.payable >= Money{}, "KKR-NEGATIVE",
                   "The invoice is of {}; money is given back by a credit note.",
                   format_money(totals.payable));
}

}  // namespace kkr::financing::einvoice
