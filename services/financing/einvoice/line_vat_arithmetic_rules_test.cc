// What an invoice charges: lines, VAT and sums.
#include <gtest/gtest.h>

#include "services/financing/einvoice/testing/rule_rows.h"
#include "services/financing/einvoice/totals.h"

namespace kkr::financing::einvoice {
namespace {

using testing::credit_note;
using testing::exempt;
using testing::expect_each;
using testing::outside_vat;
using testing::Rules;
using testing::rules_of;
using testing::taxable;

TEST(LineRules, NameWhatIsBroken) {
  expect_each({
      {"no number", outside_vat, [](Invoice& i) { i.lines[0].id = ""; }, {"BR-21"}},
      {"the number of another line",
       outside_vat,
       [](Invoice& i) { i.lines[1].id = "1"; },
       {"KKR-LINE-ID"}},
      {"no unit", outside_vat, [](Invoice& i) { i.lines[0].unit = ""; }, {"BR-23"}},
      {"a unit nobody knows",
       outside_vat,
       [](Invoice& i) { i.lines[0].unit = "stk"; },
       {"BR-CL-23"}},
      {"no name", outside_vat, [](Invoice& i) { i.lines[0].name = ""; }, {"BR-25"}},
      {"a price below zero",
       outside_vat,
       [](Invoice& i) {
         i.lines[1].price.digits = -i.lines[1].price.digits;
         i.lines[1].quantity = {-1, 0};
       },
       {"BR-27"}},
      {"a price for nothing",
       taxable,
       [](Invoice& i) {
         i.lines[1].base_quantity = Decimal{0, 0};
       },
       {"PEPPOL-EN16931-R121"}},
      {"an øre more than quantity and price make",
       taxable,
       [](Invoice& i) {
         i.lines[0].price = {64'332, 2};
       },
       {"PEPPOL-EN16931-R120"}},
      {"a quantity changed afterwards",
       outside_vat,
       [](Invoice& i) {
         i.lines[0].quantity = {2, 0};
       },
       {"PEPPOL-EN16931-R120"}},
      {"no category",
       outside_vat,
       [](Invoice& i) {
         Line& line = i.lines.emplace_back(line_of({}));
         line.id = "3";
         line.name = "Intet";
       },
       {"BR-CO-04"}},
      {"a classification of no list",
       outside_vat,
       [](Invoice& i) { i.lines[0].classification.list = ""; },
       {"BR-65"}},
      {"a classification of another list",
       outside_vat,
       [](Invoice& i) { i.lines[0].classification.list = "HS"; },
       {"BR-CL-13"}},
      {"an outdated classification",
       outside_vat,
       [](Invoice& i) { i.lines[0].classification.version = "7.0401"; },
       {"DK-R-003"}},
  });
}

TEST(VatRules, NameWhatIsBroken) {
  expect_each({
      {"no breakdown", outside_vat, [](Invoice& i) { i.vat.clear(); }, {"BR-CO-18"}},
      {"O with the seller's VAT number",
       outside_vat,
       [](Invoice& i) { i.seller.vat_number = "DK66137112"; },
       {"BR-O-02"}},
      {"O with the buyer's VAT number",
       outside_vat,
       [](Invoice& i) { i.buyer.vat_number = "DK64942212"; },
       {"BR-O-02"}},
      {"O with a rate on a line",
       outside_vat,
       [](Invoice& i) {
         i.lines[0].vat_rate = Decimal{0, 0};
       },
       {"BR-O-05"}},
      {"O with a rate in the breakdown",
       outside_vat,
       [](Invoice& i) {
         i.vat[0].rate = Decimal{0, 0};
       },
       {"BR-48"}},
      {"O without code", outside_vat, [](Invoice& i) { i.vat[0].reason_code = ""; }, {"BR-O-10"}},
      {"O without reason", outside_vat, [](Invoice& i) { i.vat[0].reason = ""; }, {"BR-O-10"}},
      {"O and S on the lines",
       outside_vat,
       [](Invoice& i) {
         i.lines[1].vat_category = VatCategory::kStandardRate;
         i.lines[1].vat_rate = Decimal{25, 0};
         set_totals(i, {kOutsideVatCode, "Uden for loven"});
       },
       {"BR-O-12"}},
      {"O and E in the breakdown",
       outside_vat,
       [](Invoice& i) {
         i.vat.push_back(i.vat[0]);
         i.vat[1].category = VatCategory::kExempt;
         i.vat[1].taxable = {};
       },
       {"BR-O-11"}},
      {"E without the seller's VAT number",
       exempt,
       [](Invoice& i) { i.seller.vat_number = ""; },
       {"BR-E-02"}},
      {"E without reason", exempt, [](Invoice& i) { i.vat[0].reason = ""; }, {"BR-E-10"}},
      {"E with the code of O",
       exempt,
       [](Invoice& i) { i.vat[0].reason_code = kOutsideVatCode; },
       {"PEPPOL-EN16931-P0105"}},
      {"E with a code nobody knows",
       exempt,
       [](Invoice& i) { i.vat[0].reason_code = "MOMS-13"; },
       {"BR-CL-22"}},
      {"E without rate on a line",
       exempt,
       [](Invoice& i) { i.lines[0].vat_rate.reset(); },
       {"BR-E-05"}},
      {"S without the seller's VAT number",
       taxable,
       [](Invoice& i) { i.seller.vat_number = ""; },
       {"BR-S-02"}},
      {"S at another rate",
       taxable,
       [](Invoice& i) {
         i.lines[0].vat_rate = i.lines[1].vat_rate = Decimal{12, 0};
       },
       {"BR-S-05", "BR-S-05"}},
      {"S with a reason", taxable, [](Invoice& i) { i.vat[0].reason = "Fritaget"; }, {"BR-S-10"}},
      {"a part without category", exempt, [](Invoice& i) { i.vat.emplace_back(); }, {"BR-47"}},
      {"a category of no line",
       exempt,
       [](Invoice& i) {
         i.vat.push_back(i.vat[0]);
         i.vat[1].category = VatCategory::kStandardRate;
         i.vat[1].rate = Decimal{25, 0};
         i.vat[1].taxable = {};
         i.vat[1].reason = i.vat[1].reason_code = "";
       },
       {"BR-S-01"}},
      {"a category twice", exempt, [](Invoice& i) { i.vat.push_back(i.vat[0]); }, {"BR-E-01"}},
  });
}

TEST(Arithmetic, NoticesOneOre) {
  expect_each({
      {"taxable amount of S", taxable, [](Invoice& i) { i.vat[0].taxable.ore += 1; }, {"BR-S-08"}},
      {"taxable amount of E", exempt, [](Invoice& i) { i.vat[0].taxable.ore -= 1; }, {"BR-E-08"}},
      {"taxable amount of O",
       outside_vat,
       [](Invoice& i) { i.vat[0].taxable.ore += 1; },
       {"BR-O-08"}},
      {"VAT of S, and every total after it",
       taxable,
       [](Invoice& i) {
         i.vat[0].tax.ore += 1;
         i.totals.vat.ore += 1;
         i.totals.with_vat.ore += 1;
         i.totals.payable.ore += 1;
       },
       {"BR-S-09"}},
      {"VAT of O",
       outside_vat,
       [](Invoice& i) {
         i.vat[0].tax.ore += 1;
         i.totals.vat.ore += 1;
         i.totals.with_vat.ore += 1;
         i.totals.payable.ore += 1;
       },
       {"BR-O-09"}},
      {"sum of the lines, and every total after it",
       outside_vat,
       [](Invoice& i) {
         i.totals.lines.ore -= 1;
         i.totals.without_vat.ore -= 1;
         i.totals.with_vat.ore -= 1;
         i.totals.payable.ore -= 1;
       },
       {"BR-CO-10"}},
      {"total without VAT, and those after it",
       outside_vat,
       [](Invoice& i) {
         i.totals.without_vat.ore += 1;
         i.totals.with_vat.ore += 1;
         i.totals.payable.ore += 1;
       },
       {"BR-CO-13"}},
      {"VAT of the document, and the totals after it",
       taxable,
       [](Invoice& i) {
         i.totals.vat.ore += 1;
         i.totals.with_vat.ore += 1;
         i.totals.payable.ore += 1;
       },
       {"BR-CO-14"}},
      {"total with VAT, and what is to be paid",
       taxable,
       [](Invoice& i) {
         i.totals.with_vat.ore += 1;
         i.totals.payable.ore += 1;
       },
       {"BR-CO-15"}},
      {"what is to be paid", taxable, [](Invoice& i) { i.totals.payable.ore += 1; }, {"BR-CO-16"}},
      {"the amount of a line",
       outside_vat,
       [](Invoice& i) {
         i.lines[0].price.digits += 1;
         set_totals(i, {kOutsideVatCode, "Uden for loven"});
         i.lines[0].price.digits -= 1;
       },
       {"PEPPOL-EN16931-R120"}},
  });
}

TEST(Arithmetic, RefusesDocumentsBelowZero) {
  const auto turned = [](Invoice& i) {
    for (Line& line : i.lines) line.quantity.digits = -line.quantity.digits;
    set_totals(i, {kOutsideVatCode, "Uden for loven"});
  };
  expect_each({{"credit note", credit_note, turned, {"DK-R-016"}},
               {"invoice", outside_vat, turned, {"KKR-NEGATIVE"}}});
}

TEST(Arithmetic, LetsALineGiveMoneyBack) {
  Invoice invoice = outside_vat();
  invoice.lines.push_back(line_of(platform::Money{-12'345}));
  invoice.lines.back().id = "3";
  invoice.lines.back().name = "Regulering efter rettet indbyggertal";
  invoice.lines.back().vat_category = VatCategory::kOutsideScope;
  set_totals(invoice, {kOutsideVatCode, "Uden for loven"});
  EXPECT_EQ(rules_of(invoice), Rules{});
  EXPECT_EQ(invoice.totals.payable, platform::Money{48'438'673});
}

}  // namespace
}  // namespace kkr::financing::einvoice
