#include "services/financing/domain/payment_matching.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace kkr::financing {
namespace {

using platform::Money;
using testing::ElementsAre;
using testing::IsEmpty;

InvoiceId operator""_id(const char* text, std::size_t size) {
  return *parse_invoice_id(std::string_view(text, size));
}

// Number 7 is Albertslund's; 8 and 9 come to the same, 11 has been paid, and 12 was a year later.
OutstandingByInvoice invoices() {
  return {{"165-2013-1"_id, Money{48'451'018}}, {"165-2013-7"_id, Money{2'409'733}},
          {"165-2013-8"_id, Money{500'000}},    {"165-2013-9"_id, Money{500'000}},
          {"165-2013-11"_id, Money{0}},         {"165-2014-12"_id, Money{100'000}}};
}

TEST(NamedInvoices, TakesTheFormsInWhichPeopleWriteANumber) {
  for (const char* text : {
           "165-2013-7",
           "165-2013-0007",
           "Faktura 165 2013 7",
           "fakt.nr.165-2013-07, andel 2013",
           "16520137",
           "16520130007",
           "1652013-7",
           "165-20130007",
           "165 - 2013 - 0007",
           "Andel 29;165-2013-7",
           "nr165-2013-7.",
           "(165-2013-7)",
           "29/165-2013-7/2013",
           "betaling 1 af 1: 165-2013-7",
       }) {
    EXPECT_THAT(named_invoices(text, invoices()), ElementsAre("165-2013-7"_id)) << text;
  }
}

TEST(NamedInvoices, TakesNothingElseForANumber) {
  for (const char* text : {
           "",
           "2013",
           "165-2013",
           "165-2013-",
           "165-2013-70",
           "1165-2013-7",

           "165.2013.7",
           "165/2013/7",
           "165-2013-0",
           "7-2013-165",
           "165-2012-7",
           "751-2013-7",
           "165\n2013-7",
           "165-2013-7000000007",
           "16520130000000000000000000007",
       }) {
    EXPECT_THAT(named_invoices(text, invoices()), IsEmpty()) << text;
  }
}

TEST(NamedInvoices, NamesEveryOneThatCanBeMeant) {
  EXPECT_THAT(named_invoices("165-2014-12 og 165-2013-7, 165-2013-7", invoices()),
              ElementsAre("165-2013-7"_id, "165-2014-12"_id));
  EXPECT_THAT(named_invoices("1652013 1 1", invoices()),
              ElementsAre("165-2013-1"_id, "165-2013-11"_id));
}

TEST(MatchPayment, FindsWhatAMovementDoes) {
  const struct {
    std::int64_t ore;
    std::string text;
    Finding finding;
    std::vector<Allocated> allocations;
    std::int64_t surplus;
    std::vector<InvoiceId> candidates;
  } rows[] = {
      {2'409'733, "165-2013-7", Finding::kMatched, {{"165-2013-7"_id, Money{2'409'733}}}, 0, {}},
      {2'409'732, "165-2013-7", Finding::kPart, {{"165-2013-7"_id, Money{2'409'732}}}, 0, {}},
      {2'409'734, "165-2013-7", Finding::kOver, {{"165-2013-7"_id, Money{2'409'733}}}, 1, {}},
      {500, "165-2013-11", Finding::kDouble, {}, 500, {"165-2013-11"_id}},
      {-500, "165-2013-7", Finding::kWrongWay, {}, -500, {"165-2013-7"_id}},
      {-500'000, "", Finding::kWrongWay, {}, -500'000, {}},
      // The amount alone: never allocated, also where it fits only one.
      {2'409'733, "Andel", Finding::kAmbiguous, {}, 2'409'733, {"165-2013-7"_id}},
      {500'000, "Andel", Finding::kAmbiguous, {}, 500'000, {"165-2013-8"_id, "165-2013-9"_id}},
      {77, "Andel", Finding::kUnknown, {}, 77, {}},
      // A number that is not on record is no number: the amount is all that is left.
      {500'000,
       "165-2013-80",
       Finding::kAmbiguous,
       {},
       500'000,
       {"165-2013-8"_id, "165-2013-9"_id}},
      // Several, together and in full, passing over what has been paid.
      {2'509'733,
       "165-2013-7 165-2013-11, 165-2014-12",
       Finding::kMatched,
       {{"165-2013-7"_id, Money{2'409'733}}, {"165-2014-12"_id, Money{100'000}}},
       0,
       {}},
      {100'000,
       "165-2013-7, 165-2014-12",
       Finding::kAmbiguous,
       {},
       100'000,
       {"165-2013-7"_id, "165-2014-12"_id}},
  };
  for (const auto& row : rows) {
    const Match match = match_payment(Money{row.ore}, row.text, invoices());
    EXPECT_EQ(match.finding, row.finding) << row.text;
    EXPECT_EQ(match.allocations, row.allocations) << row.text;
    EXPECT_EQ(match.surplus, Money{row.surplus}) << row.text;
    EXPECT_EQ(match.candidates, row.candidates) << row.text;
  }
}

TEST(MatchPayment, CallsASecondPaymentDoubleAlsoWhenSeveralAreNamed) {
  const OutstandingByInvoice paid = {{"165-2013-1"_id, Money{0}}, {"165-2013-2"_id, Money{0}}};
  EXPECT_EQ(match_payment(Money{5}, "165-2013-1, 165-2013-2", paid).finding, Finding::kDouble);
}

}  // namespace
}  // namespace kkr::financing
