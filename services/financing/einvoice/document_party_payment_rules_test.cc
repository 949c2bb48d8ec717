// The frame of an invoice: document, parties and payment.
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

void pay(Invoice& invoice, Payment payment) { invoice.payment = std::move(payment); }

TEST(Rules, HoldForEveryKindOfInvoice) {
  for (const Invoice& invoice :
       {outside_vat(), exempt(), taxable(), credit_note(), testing::with_lines(2)}) {
    EXPECT_EQ(rules_of(invoice), Rules{}) << invoice.number;
  }
}

TEST(DocumentRules, NameWhatIsBroken) {
  expect_each({
      {"no specification", outside_vat, [](Invoice& i) { i.specification = ""; }, {"BR-01"}},
      {"another specification",
       outside_vat,
       [](Invoice& i) { i.specification = "urn:cen.eu:en16931:2017"; },
       {"PEPPOL-EN16931-R004"}},
      {"no process", outside_vat, [](Invoice& i) { i.process = ""; }, {"PEPPOL-EN16931-R001"}},
      {"another process",
       outside_vat,
       [](Invoice& i) { i.process = "billing"; },
       {"PEPPOL-EN16931-R007"}},
      {"no number", outside_vat, [](Invoice& i) { i.number = ""; }, {"BR-02"}},
      {"no issue date", outside_vat, [](Invoice& i) { i.issue_date = ""; }, {"BR-03"}},
      {"a day that does not exist",
       outside_vat,
       [](Invoice& i) { i.due_date = "2013-02-30"; },
       {"PEPPOL-EN16931-F001"}},
      {"no currency", outside_vat, [](Invoice& i) { i.currency = ""; }, {"BR-05"}},
      {"another currency", outside_vat, [](Invoice& i) { i.currency = "EUR"; }, {"KKR-CURRENCY"}},
      {"a period that ends first",
       outside_vat,
       [](Invoice& i) { i.period.end = "2012-12-31"; },
       {"BR-29"}},
      {"nobody ordered it",
       outside_vat,
       [](Invoice& i) { i.buyer_reference = ""; },
       {"PEPPOL-EN16931-R003"}},
      {"no agreement",
       outside_vat,
       [](Invoice& i) { i.contract_reference = ""; },
       {"KKR-CONTRACT"}},
      {"a case number of another scheme",
       outside_vat,
       [](Invoice& i) { i.case_number.scheme = "ABT"; },
       {"BR-CL-07"}},
      {"credits nothing", credit_note, [](Invoice& i) { i.preceding.clear(); }, {"KKR-CREDITED"}},
      {"credits a date", credit_note, [](Invoice& i) { i.preceding[0].number = ""; }, {"BR-55"}},
      {"no lines",
       outside_vat,
       [](Invoice& i) {
         i.lines.clear();
         set_totals(i, {});
       },
       {"BR-16", "BR-CO-18"}},
  });
}

TEST(DocumentRules, TakeAnOrderForAReference) {
  Invoice invoice = exempt();
  invoice.buyer_reference = "";
  EXPECT_EQ(rules_of(invoice), Rules{});
}

TEST(PartyRules, NameWhatIsBroken) {
  expect_each({
      {"seller without name", outside_vat, [](Invoice& i) { i.seller.name = ""; }, {"BR-06"}},
      {"buyer without name", outside_vat, [](Invoice& i) { i.buyer.name = ""; }, {"BR-07"}},
      {"seller without address", outside_vat, [](Invoice& i) { i.seller.address = {}; }, {"BR-08"}},
      {"seller without country",
       outside_vat,
       [](Invoice& i) { i.seller.address.country = ""; },
       {"BR-09"}},
      {"buyer without address", outside_vat, [](Invoice& i) { i.buyer.address = {}; }, {"BR-10"}},
      {"buyer without country",
       outside_vat,
       [](Invoice& i) { i.buyer.address.country = ""; },
       {"BR-11"}},
      {"buyer abroad",
       outside_vat,
       [](Invoice& i) { i.buyer.address.country = "SE"; },
       {"KKR-COUNTRY"}},
      {"seller without endpoint",
       outside_vat,
       [](Invoice& i) { i.seller.endpoint = {}; },
       {"PEPPOL-EN16931-R020"}},
      {"buyer without endpoint",
       outside_vat,
       [](Invoice& i) { i.buyer.endpoint = {}; },
       {"PEPPOL-EN16931-R010"}},
      {"seller's endpoint without scheme",
       outside_vat,
       [](Invoice& i) { i.seller.endpoint.scheme = ""; },
       {"BR-62"}},
      {"buyer's endpoint without scheme",
       outside_vat,
       [](Invoice& i) { i.buyer.endpoint.scheme = ""; },
       {"BR-63"}},
      {"endpoint of another scheme",
       outside_vat,
       [](Invoice& i) { i.buyer.endpoint.scheme = "0192"; },
       {"PEPPOL-EN16931-CL008"}},
      {"EAN with a wrong check digit",
       exempt,
       [](Invoice& i) { i.buyer.endpoint.value = "5798000000002"; },
       {"PEPPOL-COMMON-R040"}},
      {"EAN with a digit too few",
       exempt,
       [](Invoice& i) { i.buyer.endpoint.value = "579800000000"; },
       {"PEPPOL-COMMON-R040"}},
      {"CVR with a wrong check digit",
       outside_vat,
       [](Invoice& i) { i.buyer.endpoint.value = "64942213"; },
       {"KKR-CVR"}},
      {"CVR written with its country",
       outside_vat,
       [](Invoice& i) { i.buyer.endpoint.value = "DK64942212"; },
       {"PEPPOL-COMMON-R042"}},
      {"seller without CVR",
       outside_vat,
       [](Invoice& i) { i.seller.legal_entity = {}; },
       {"DK-R-002"}},
      {"seller's legal entity of another scheme",
       outside_vat,
       [](Invoice& i) { i.seller.legal_entity.scheme = "0088"; },
       {"DK-R-014"}},
      {"buyer's legal entity of another scheme",
       outside_vat,
       [](Invoice& i) { i.buyer.legal_entity.scheme = "9902"; },
       {"BR-CL-11"}},
      {"seller's CVR with two digits swapped",
       outside_vat,
       [](Invoice& i) { i.seller.legal_entity.value = "66131712"; },
       {"KKR-CVR"}},
      {"VAT number without its country",
       taxable,
       [](Invoice& i) { i.seller.vat_number = "66137112"; },
       {"BR-CO-09"}},
      {"VAT number with a digit too many",
       taxable,
       [](Invoice& i) { i.seller.vat_number = "DK661371120"; },
       {"KKR-VAT-NUMBER"}},
  });
}

TEST(PaymentRules, NameWhatIsBroken) {
  expect_each({
      {"no means of payment", outside_vat, [](Invoice& i) { pay(i, {}); }, {"KKR-PAYMENT"}},
      {"an account without means", outside_vat, [](Invoice& i) { i.payment.code = ""; }, {"BR-49"}},
      {"means that Danish sellers do not use",
       outside_vat,
       [](Invoice& i) { i.payment.code = "30"; },
       {"DK-R-005"}},
      {"no registration number",
       outside_vat,
       [](Invoice& i) { i.payment.institution = ""; },
       {"DK-R-006"}},
      {"no account number", outside_vat, [](Invoice& i) { i.payment.account = ""; }, {"DK-R-006"}},
      {"a registration number of 3 digits",
       outside_vat,
       [](Invoice& i) { i.payment.institution = "418"; },
       {"KKR-ACCOUNT"}},
      {"an account described without its number",
       outside_vat,
       [](Invoice& i) {
         pay(i, {"10", "", "", "Albertslund Kommune", ""});
       },
       {"BR-50"}},
      {"SEPA without IBAN",
       outside_vat,
       [](Invoice& i) {
         pay(i, {"58", "", "", "", ""});
       },
       {"BR-61"}},
      {"SEPA with a wrong IBAN",
       outside_vat,
       [](Invoice& i) {
         pay(i, {"58", "", "DK5000400440116244", "", ""});
       },
       {"KKR-IBAN"}},
      {"direct debit",
       outside_vat,
       [](Invoice& i) {
         pay(i, {"49", "", "", "", ""});
       },
       {"PEPPOL-EN16931-R061"}},
      {"a slip of an unknown kind",
       taxable,
       [](Invoice& i) { i.payment.reference = "72#000000016520133"; },
       {"DK-R-010"}},
      {"a slip to a creditor of 7 digits",
       taxable,
       [](Invoice& i) { i.payment.account = "8765432"; },
       {"DK-R-010"}},
      {"a slip whose reference is short",
       taxable,
       [](Invoice& i) { i.payment.reference = "71#1652013"; },
       {"DK-R-011"}},
      {"a giro without account",
       outside_vat,
       [](Invoice& i) {
         pay(i, {"50", "04#0000000165201301", "", "", ""});
       },
       {"DK-R-008"}},
      {"a giro whose reference is short",
       outside_vat,
       [](Invoice& i) {
         pay(i, {"50", "04#1652013", "1234567", "", ""});
       },
       {"DK-R-009"}},
      {"no due date", outside_vat, [](Invoice& i) { i.due_date = ""; }, {"BR-CO-25"}},
      {"due before it is issued",
       outside_vat,
       [](Invoice& i) { i.due_date = "2013-02-05"; },
       {"KKR-DUE-DATE"}},
  });
}

TEST(PaymentRules, LetDanishWaysPass) {
  for (const Payment& payment :
       {Payment{"58", "", "DK5000400440116243", "", ""}, Payment{"50", "01#", "1234567", "", ""},
        Payment{"93", "73#", "87654321", "", ""},
        Payment{"93", "75#0000000165201301", "87654321", "", ""}, Payment{"97", "", "", "", ""}}) {
    Invoice invoice = outside_vat();
    invoice.payment = payment;
    EXPECT_EQ(rules_of(invoice), Rules{}) << payment.code;
  }
}

}  // namespace
}  // namespace kkr::financing::einvoice
