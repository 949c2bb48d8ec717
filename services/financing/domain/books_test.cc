// The books as a whole: postings, trial balance, statements and the year's end.
#include "services/financing/domain/books.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <random>
#include <utility>

#include "services/financing/domain/posting.h"
#include "services/financing/domain/statement.h"
#include "services/financing/domain/year_end.h"

namespace kkr::financing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kAgreement[] = "regions/hovedstaden/agreements/sundhed";
constexpr char kHost[] = "165";
constexpr absl::Time kNow = absl::UnixEpoch();

v1::InvoiceIssued invoice(const std::string& buyer, std::int64_t share, std::int64_t result = 0) {
  v1::InvoiceIssued issued;
  issued.set_invoice("regions/hovedstaden/invoices/165-2013-" + buyer);
  issued.set_kind(v1::Invoice::KIND_INVOICE);
  issued.set_agreement(kAgreement);
  issued.set_charged_year(2013);
  issued.set_internal(buyer == kHost);
  issued.mutable_buyer()->set_code(buyer);
  issued.set_issue_date("2013-05-14");
  const auto add_line = [&](v1::InvoiceLine::Purpose purpose, std::int64_t amount) {
    if (amount == 0) return;
    v1::IssuedLine& line = *issued.add_lines();
    line.set_purpose(purpose);
    line.set_amount_oere(amount);
  };
  add_line(v1::InvoiceLine::PURPOSE_SHARE, share);
  add_line(v1::InvoiceLine::PURPOSE_RESULT, result);
  issued.set_net_oere(share + result);
  issued.set_payable_oere(share + result);
  return issued;
}

v1::InvoiceIssued taxed(v1::InvoiceIssued issued, std::int64_t vat) {
  issued.set_vat_oere(vat);
  issued.set_payable_oere(issued.net_oere() + vat);
  return issued;
}

PostingGround on(LocalDate date, const std::string& source = "regions/hovedstaden/payments/p1") {
  return {kAgreement, static_cast<int>(date.year()), date, source};
}

// `RECEIVABLE 101 60` for each entry.
std::vector<std::string> entries_of(const v1::LedgerPosting& posting) {
  std::vector<std::string> entries;
  for (const v1::LedgerEntry& entry : posting.entries()) {
    std::string text = v1::Account_Name(entry.account()).substr(8);
    if (!entry.municipality().empty()) text += " " + entry.municipality();
    entries.push_back(text + " " + std::to_string(entry.amount_oere()));
  }
  return entries;
}

Books books_of(const std::vector<v1::LedgerPosting>& postings) {
  Books books;
  for (const v1::LedgerPosting& posting : postings) post(books, posting, kNow);
  return books;
}

Money sum_of_balances(const Books& books, int year) {
  Money sum;
  for (const AccountTurnover& row : trial_balance(books, year)) sum += row.turnover.balance();
  return sum;
}

std::vector<std::string> balances_of(const Books& books, int year) {
  std::vector<std::string> rows;
  for (const AccountTurnover& row : trial_balance(books, year)) {
    rows.push_back(v1::Account_Name(row.account).substr(8) + " " +
                   std::to_string(row.turnover.balance().ore));
  }
  return rows;
}

std::vector<std::pair<std::int64_t, std::int64_t>> lines_of(const Statement& statement) {
  std::vector<std::pair<std::int64_t, std::int64_t>> lines;
  for (const StatementLine& line : statement.lines) {
    lines.emplace_back(line.amount.ore, line.balance.ore);
  }
  return lines;
}

TEST(Posting, OfAnInvoiceMakesTheBuyerOweItsIncome) {
  EXPECT_THAT(entries_of(posting_of_invoice(invoice("101", 60))),
              ElementsAre("RECEIVABLE 101 60", "INCOME 101 -60"));
  EXPECT_THAT(entries_of(posting_of_invoice(invoice("101", 60, -5))),
              ElementsAre("RECEIVABLE 101 55", "INCOME 101 -60", "RESULT 101 5"));
  EXPECT_THAT(entries_of(posting_of_invoice(taxed(invoice("101", 60), 15))),
              ElementsAre("RECEIVABLE 101 75", "INCOME 101 -60", "VAT -15"));
}

TEST(Posting, OfAVoucherSettlesItAgainstWhatTheHostHasToGet) {
  EXPECT_THAT(
      entries_of(posting_of_invoice(invoice(kHost, 40))),
      ElementsAre("RECEIVABLE 165 40", "INCOME 165 -40", "RECEIVABLE 165 -40", "HOST 165 40"));
}

TEST(Posting, OfACreditNoteKeepsWhatWasPaidForTheBuyer) {
  EXPECT_THAT(entries_of(posting_of_credit_note(invoice("101", 60), Money{})),
              ElementsAre("RECEIVABLE 101 -60", "CREDITED 101 60"));
  EXPECT_THAT(entries_of(posting_of_credit_note(taxed(invoice("101", 60, -5), 11), Money{20})),
              ElementsAre("RECEIVABLE 101 -46", "UNALLOCATED 101 -20", "CREDITED 101 60",
                          "RESULT 101 -5", "VAT 11"));
  EXPECT_THAT(
      entries_of(posting_of_credit_note(invoice(kHost, 40), Money{})),
      ElementsAre("RECEIVABLE 165 -40", "CREDITED 165 40", "RECEIVABLE 165 40", "HOST 165 -40"));
}

TEST(Posting, OfAPaymentSettlesInvoicesAndKeepsTheRest) {
  const auto ground = on(LocalDate(2013, 6, 1));
  EXPECT_THAT(entries_of(posting_of_payment(ground, {{{{"101"}, Money{60}}}, {"101"}, Money{7}})),
              ElementsAre("BANK 67", "RECEIVABLE 101 -60", "UNALLOCATED 101 -7"));
  EXPECT_THAT(entries_of(posting_of_payment(ground, {{}, {}, Money{67}})),
              ElementsAre("BANK 67", "UNALLOCATED -67"));
  EXPECT_THAT(entries_of(posting_of_payment(ground, {{}, {}, Money{-67}})),
              ElementsAre("BANK -67", "UNALLOCATED 67"));
  EXPECT_THAT(entries_of(posting_of_assignment(ground, {{}, {}, Money{67}},
                                               {{{{"101"}, Money{60}}}, {"101"}, Money{7}})),
              ElementsAre("UNALLOCATED 67", "RECEIVABLE 101 -60", "UNALLOCATED 101 -7"));
  EXPECT_THAT(entries_of(posting_of_return(ground, {"101"}, Money{7})),
              ElementsAre("UNALLOCATED 101 7", "BANK -7"));
}

TEST(Posting, OfAPaymentThatIsAssignedAsBeforeHasNoEntries) {
  const PaymentParts parts{{{{"101"}, Money{60}}, {{"147"}, Money{40}}}, {"101"}, Money{7}};
  EXPECT_THAT(entries_of(posting_of_assignment(on(LocalDate(2013, 6, 1)), parts, parts)),
              IsEmpty());
}

TEST(Books, PassesOverAPostingWithoutEntries) {
  Books books;
  post(books, empty_posting(on(LocalDate(2013, 6, 1))), kNow);
  EXPECT_TRUE(books.postings.empty());
}

TEST(BooksDeathTest, TakesNoPostingThatIsNotBalanced) {
  v1::LedgerPosting posting = posting_of_invoice(invoice("101", 60));
  posting.mutable_entries(0)->set_amount_oere(61);
  Books books;
  EXPECT_DEATH(post(books, posting, kNow), "is_balanced");
}

TEST(TrialBalance, IsOfOneYearOrOfAll) {
  const Books books = books_of(
      {posting_of_invoice(invoice("101", 60)), posting_of_invoice(invoice("147", 40)),
       posting_of_payment(on(LocalDate(2014, 1, 2)), {{{{"101"}, Money{60}}}, {"101"}, Money{}})});
  EXPECT_THAT(balances_of(books, 0), ElementsAre("RECEIVABLE 40", "INCOME -100", "BANK 60"));
  EXPECT_THAT(balances_of(books, 2013), ElementsAre("RECEIVABLE 100", "INCOME -100"));
  EXPECT_THAT(balances_of(books, 2014), ElementsAre("RECEIVABLE -60", "BANK 60"));
  EXPECT_THAT(balances_of(books, 2015), IsEmpty());
  EXPECT_EQ(balance_of(books, 2013, v1::ACCOUNT_RECEIVABLE), Money{100});
}

TEST(Statement, TellsWhatIsOwedBeforeAndAfterEachLine) {
  const Books books = books_of(
      {posting_of_invoice(invoice("101", 60)), posting_of_invoice(invoice("147", 40)),
       posting_of_payment(on(LocalDate(2014, 1, 2)), {{{{"101"}, Money{50}}}, {"101"}, Money{}}),
       posting_of_payment(on(LocalDate(2013, 6, 3)), {{{{"101"}, Money{10}}}, {"101"}, Money{4}})});
  const Statement first = statement_of(books, {"101"}, 2013);
  EXPECT_EQ(first.opening, Money{0});
  EXPECT_THAT(lines_of(first), ElementsAre(std::pair(60, 60), std::pair(-14, 46)));
  EXPECT_EQ(first.closing, Money{46});
  const Statement second = statement_of(books, {"101"}, 2014);
  EXPECT_EQ(second.opening, Money{46});
  EXPECT_THAT(lines_of(second), ElementsAre(std::pair(-50, -4)));
  EXPECT_EQ(second.closing, Money{-4});
  const Statement later = statement_of(books, {"101"}, 2020);
  EXPECT_EQ(later.opening, Money{-4});
  EXPECT_EQ(later.closing, Money{-4});
}

TEST(Statement, ShowsBothSidesOfAVoucher) {
  const Books books = books_of({posting_of_invoice(invoice(kHost, 40))});
  EXPECT_THAT(lines_of(statement_of(books, {kHost}, 2013)),
              ElementsAre(std::pair(40, 40), std::pair(-40, 0)));
}

TEST(Statement, IsSilentWhenOnlyTheAssignmentChanges) {
  const auto ground = on(LocalDate(2013, 6, 1));
  const Books books = books_of(
      {posting_of_invoice(invoice("101", 60)), posting_of_payment(ground, {{}, {"101"}, Money{60}}),
       posting_of_assignment(ground, {{}, {"101"}, Money{60}},
                             {{{{"101"}, Money{60}}}, {"101"}, Money{}}),
       posting_of_assignment(ground, {{{{"101"}, Money{60}}}, {"101"}, Money{}},
                             {{}, {"101"}, Money{60}})});
  EXPECT_THAT(lines_of(statement_of(books, {"101"}, 2013)),
              ElementsAre(std::pair(60, 60), std::pair(-60, 0)));
}

v1::SpentByKind spent(v1::CostKind kind, std::int64_t amount) {
  v1::SpentByKind spent;
  spent.set_cost_kind(kind);
  spent.set_amount_oere(amount);
  return spent;
}

YearToClose closing(std::vector<v1::SpentByKind> spent, v1::ResultTreatment treatment) {
  return {.ground = on(LocalDate(2014, 1, 31), std::string(kAgreement) + "/yearEnds/2013"),
          .host = {kHost},
          .spent = std::move(spent),
          .treatment = treatment,
          .members = {{{"101"}, 2}, {{kHost}, 1}}};
}

// 100 øre charged of two, 10 of them as overhead.
Books year_2013() {
  return books_of({posting_of_invoice(invoice("101", 67)), posting_of_invoice(invoice(kHost, 33)),
                   posting_of_overhead(on(LocalDate(2013, 5, 14)), {kHost}, Money{10})});
}

YearResult closed(const Books& books, YearToClose year) {
  year.ground.year = 2013;
  return std::get<YearResult>(result_of(books, year));
}

TEST(YearEnd, CarriesASurplusByTheKey) {
  Books books = year_2013();
  const YearResult end =
      closed(books, closing({spent(v1::COST_KIND_SALARY, 70), spent(v1::COST_KIND_OVERHEAD, 10)},
                            v1::RESULT_TREATMENT_CARRY));
  EXPECT_EQ(end.charged, Money{100});
  EXPECT_EQ(end.spent, Money{80});
  EXPECT_EQ(end.result, Money{20});
  EXPECT_EQ(end.shares, (Shares{{{"101"}, Money{13}}, {{kHost}, Money{7}}}));
  post(books, end.posting, kNow);
  EXPECT_THAT(balances_of(books, 2013), ElementsAre("RECEIVABLE 67", "INCOME 0", "COST 0",
                                                    "OVERHEAD 0", "HOST -47", "RESULT -20"));
  EXPECT_EQ(charged_in(books, 2013), Money{});
}

TEST(YearEnd, ReturnsASurplusToEachMember) {
  Books books = year_2013();
  post(books, closed(books, closing({}, v1::RESULT_TREATMENT_RETURN)).posting, kNow);
  EXPECT_THAT(balances_of(books, 2013), ElementsAre("RECEIVABLE 67", "INCOME 0", "UNALLOCATED -100",
                                                    "OVERHEAD 0", "HOST 33"));
  EXPECT_EQ(statement_of(books, {"101"}, 2014).closing, Money{0});
}

TEST(YearEnd, AsksForADeficitByTheKey) {
  Books books = year_2013();
  const YearResult end =
      closed(books, closing({spent(v1::COST_KIND_OTHER, 120)}, v1::RESULT_TREATMENT_RETURN));
  EXPECT_EQ(end.result, Money{-20});
  EXPECT_EQ(end.shares, (Shares{{{"101"}, Money{-13}}, {{kHost}, Money{-7}}}));
  post(books, end.posting, kNow);
  EXPECT_EQ(balance_of(books, 2013, v1::ACCOUNT_UNALLOCATED), Money{20});
  EXPECT_EQ(sum_of_balances(books, 2013), Money{});
}

TEST(YearEnd, SaysWhenTheResultCannotBeShared) {
  YearToClose year = closing({}, v1::RESULT_TREATMENT_CARRY);
  year.members.clear();
  EXPECT_EQ(std::get<SplitFault>(result_of(year_2013(), year)), SplitFault::kNoMembers);
}

// Any movements in any order: the books balance after each, and what the municipalities owe by
// their statements is what the books say.
RC_GTEST_PROP(Books, BalancesAfterEveryMovement, ()) {
  const auto amount = [] { return *rc::gen::inRange<std::int64_t>(1, 1'000'000'000); };
  const auto code = [] { return std::to_string(*rc::gen::inRange(101, 106)); };
  const auto date = [] { return LocalDate(2013, 1, 1) + *rc::gen::inRange(0, 1000); };
  const std::function<v1::LedgerPosting(const Books&)> movements[] = {
      [&](const Books&) { return posting_of_invoice(invoice(code(), amount(), -amount())); },
      [&](const Books&) { return posting_of_invoice(taxed(invoice(code(), amount()), amount())); },
      [&](const Books&) { return posting_of_invoice(invoice(kHost, amount())); },
      [&](const Books&) {
        return posting_of_credit_note(invoice(code(), amount()), Money{amount()});
      },
      [&](const Books&) {
        return posting_of_payment(on(date()), {{{{code()}, Money{amount()}}}, {}, Money{amount()}});
      },
      [&](const Books&) {
        const Money moved{amount()};
        return posting_of_assignment(on(date()), {{}, {}, moved}, {{{{code()}, moved}}, {}, {}});
      },
      [&](const Books&) { return posting_of_return(on(date()), {code()}, Money{amount()}); },
      [&](const Books&) { return posting_of_overhead(on(date()), {kHost}, Money{amount()}); },
      [&](const Books& books) {
        return closed(books, closing({spent(v1::COST_KIND_SALARY, amount())},
                                     *rc::gen::element(v1::RESULT_TREATMENT_CARRY,
                                                       v1::RESULT_TREATMENT_RETURN)))
            .posting;
      }};
  Books books;
  for (const int kind : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 9))) {
    post(books, movements[kind](books), kNow);
    RC_ASSERT(sum_of_balances(books, 0) == Money{});
    for (const int year : {2013, 2014, 2015}) RC_ASSERT(sum_of_balances(books, year) == Money{});
  }
  Money owed;
  for (const char* one : {"101", "102", "103", "104", "105", kHost}) {
    owed += statement_of(books, {one}, 2020).closing;
  }
  Money in_books;
  books.balances.for_each([&](const BalanceKey& key, const Turnover& turnover) {
    const bool owing = key.account == v1::ACCOUNT_RECEIVABLE ||
                       (key.account == v1::ACCOUNT_UNALLOCATED && !key.municipality.empty());
    if (owing) in_books += turnover.balance();
  });
  RC_ASSERT(owed == in_books);
}

}  // namespace
}  // namespace kkr::financing
