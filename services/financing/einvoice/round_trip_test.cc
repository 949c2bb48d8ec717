// What is written is what is read, for every invoice that can be told at all.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "services/financing/einvoice/testing/sample_invoices.h"
#include "services/financing/einvoice/ubl_reader.h"
#include "services/financing/einvoice/ubl_writer.h"

namespace kkr::financing::einvoice {
namespace {

using platform::Money;

std::string word() {
  static const std::vector<std::string> kPieces = {"a", "Z", "7", " ",  "&",   "<",  ">", "\"", "'",
                                                   "æ", "Ø", "å", "\n", "]]>", "\t", "€", "\r"};
  const auto pieces =
      *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kPieces)).as("word");
  std::string text = "x";  // A text of spaces alone counts as none.
  for (const std::string& piece : pieces) text += piece;
  return text;
}

std::string maybe_word() { return *rc::gen::arbitrary<bool>() ? word() : ""; }

Identifier identifier() {
  if (!*rc::gen::arbitrary<bool>()) return {};
  return {maybe_word(), word()};
}

Money money() {
  return {*rc::gen::inRange<std::int64_t>(-platform::kMoneyMax.ore, platform::kMoneyMax.ore)};
}

Decimal decimal() {
  return {*rc::gen::inRange<std::int64_t>(-kDigitsMax, kDigitsMax),
          *rc::gen::inRange(0, kDecimalsMax + 1)};
}

std::optional<Decimal> maybe_decimal() {
  return *rc::gen::arbitrary<bool>() ? std::optional(decimal()) : std::nullopt;
}

VatCategory category() {
  return *rc::gen::element(VatCategory::kUnknown, VatCategory::kStandardRate, VatCategory::kExempt,
                           VatCategory::kOutsideScope);
}

Party party() {
  Party party;
  party.endpoint = identifier();
  party.name = maybe_word();
  party.legal_entity = identifier();
  party.vat_number = maybe_word();
  party.address = {maybe_word(), maybe_word(), maybe_word(), maybe_word(), maybe_word()};
  party.contact = {maybe_word(), maybe_word(), maybe_word()};
  return party;
}

Line line() {
  Line line;
  line.id = maybe_word();
  line.note = maybe_word();
  line.quantity = decimal();
  line.unit = maybe_word();
  line.net = money();
  line.accounting_cost = maybe_word();
  line.description = maybe_word();
  line.name = maybe_word();
  if (*rc::gen::arbitrary<bool>()) line.classification = {maybe_word(), maybe_word(), word()};
  line.vat_category = category();
  line.vat_rate = maybe_decimal();
  line.price = decimal();
  line.base_quantity = maybe_decimal();
  return line;
}

VatBreakdown breakdown() {
  return {money(), money(), category(), maybe_decimal(), maybe_word(), maybe_word()};
}

Invoice any_invoice() {
  Invoice invoice;
  invoice.kind = *rc::gen::element(Kind::kInvoice, Kind::kCreditNote);
  for (std::string* text :
       {&invoice.specification, &invoice.process, &invoice.number, &invoice.issue_date,
        &invoice.due_date, &invoice.note, &invoice.currency, &invoice.accounting_cost,
        &invoice.buyer_reference, &invoice.period.start, &invoice.period.end,
        &invoice.order_reference, &invoice.contract_reference, &invoice.payment.code,
        &invoice.payment.reference, &invoice.payment.account, &invoice.payment.account_name,
        &invoice.payment.institution, &invoice.payment_terms}) {
    *text = maybe_word();
  }
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
    invoice.preceding.push_back({word(), maybe_word()});
  }
  invoice.case_number = identifier();
  invoice.seller = party();
  invoice.buyer = party();
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i) invoice.vat.push_back(breakdown());
  invoice.totals = {money(), money(), money(), money(), money()};
  for (int i = *rc::gen::inRange(0, 4); i > 0; --i) invoice.lines.push_back(line());
  return invoice;
}

RC_GTEST_PROP(Ubl, SaysWhatTheInvoiceSays, ()) {
  const Invoice invoice = any_invoice();
  const Reading reading = read_ubl(write_ubl(invoice));
  for (const Finding& finding : reading.findings) RC_LOG() << finding.sentence << '\n';
  RC_ASSERT(reading.findings.empty());
  RC_ASSERT(reading.invoice == invoice);
}

TEST(Ubl, KeepsTheSamplesWhole) {
  for (const Invoice& invoice : {testing::outside_vat(), testing::exempt(), testing::taxable(),
                                 testing::credit_note(), testing::with_lines(1000)}) {
    const Reading reading = read_ubl(write_ubl(invoice));
    EXPECT_TRUE(reading.findings.empty()) << reading.findings.front().sentence;
    EXPECT_EQ(reading.invoice, invoice) << invoice.number;
  }
}

}  // namespace
}  // namespace kkr::financing::einvoice
