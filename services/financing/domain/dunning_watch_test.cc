#include "services/financing/domain/dunning_watch.h"

#include <gtest/gtest.h>

#include <utility>

#include "services/financing/domain/invoice_clock.h"

namespace kkr::financing {
namespace {

constexpr char kAgreement[] = "regions/hovedstaden/agreements/sundhed";
const InvoiceId kInvoice{{{"165"}, 2013}, 1};

Agreement agreement_with(int steps) {
  Agreement agreement;
  TermsVersion terms;
  if (steps > 0) {
    terms.content.mutable_dunning()->set_steps(steps);
    terms.content.mutable_dunning()->set_days_between(10);
    terms.content.mutable_dunning()->set_payment_days(14);
  }
  terms.from = LocalDate(2013, 5, 8);
  agreement.versions.push_back(terms);
  return agreement;
}

// Issued and delivered on 14 May 2013, due on 13 June.
Invoice issued(bool internal = false) {
  v1::InvoiceIssued content;
  content.set_invoice(invoice_name("hovedstaden", kInvoice));
  content.set_kind(v1::Invoice::KIND_INVOICE);
  content.set_agreement(kAgreement);
  content.set_internal(internal);
  content.set_issue_date("2013-05-14");
  content.set_due_date("2013-06-13");
  content.set_payment_term_days(30);
  content.set_payable_oere(100);
  Invoice invoice;
  invoice.content = std::make_shared<const v1::InvoiceIssued>(std::move(content));
  invoice.delivered = LocalDate(2013, 5, 14);
  return invoice;
}

Financing with_invoice(Invoice invoice, int steps = 2) {
  Financing state;
  state.agreements.set({"sundhed"}, agreement_with(steps));
  state.invoices.set(kInvoice, std::move(invoice));
  return state;
}

Context on(LocalDate date) {
  return {platform::start_of(date) + absl::Hours(8), "secretariat", ""};
}

// Carries out what is due and returns the steps that were recorded.
std::vector<v1::InvoiceDunned> dun_on(Financing& state, LocalDate date) {
  std::vector<v1::InvoiceDunned> steps;
  for (const auto& fact : dun_due(state, on(date)).facts) {
    steps.push_back(fact.event.invoice_dunned());
    const platform::RecordedEvent at;
    const std::string actor;
    evolve(state, Recorded{at, actor, fact.event});
  }
  return steps;
}

TEST(DunningWatch, TakesEachStepOnce) {
  Financing state = with_invoice(issued());
  // Ten days after 13 June comes a Sunday.
  EXPECT_EQ(next_dunning(state), platform::start_of(LocalDate(2013, 6, 21)));
  EXPECT_TRUE(dun_on(state, LocalDate(2013, 6, 20)).empty());
  const auto first = dun_on(state, LocalDate(2013, 6, 21));
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(first[0].step(), 1);
  EXPECT_EQ(first[0].outstanding_oere(), 100);
  EXPECT_EQ(first[0].passed_date(), "2013-06-13");
  EXPECT_EQ(first[0].due_date(), "2013-07-05");
  EXPECT_TRUE(dun_on(state, LocalDate(2013, 6, 21)).empty());
  const auto second = dun_on(state, LocalDate(2013, 7, 15));
  ASSERT_EQ(second.size(), 1u);
  EXPECT_EQ(second[0].step(), 2);
  EXPECT_EQ(next_dunning(state), std::nullopt);
}

TEST(DunningWatch, TakesOneStepAfterDowntimeAndLeavesItItsTime) {
  Financing state = with_invoice(issued());
  const auto late = dun_on(state, LocalDate(2013, 10, 1));
  ASSERT_EQ(late.size(), 1u);
  EXPECT_EQ(late[0].step(), 1);
  EXPECT_EQ(late[0].due_date(), "2013-10-15");
  EXPECT_EQ(next_dunning(state), platform::start_of(LocalDate(2013, 10, 25)));
}

TEST(DunningWatch, LeavesInPeaceWhoOwesNothingOrDisputes) {
  Invoice paid = issued();
  paid.paid = Money{100};
  Invoice disputed = issued();
  disputed.disputed_from = LocalDate(2013, 6, 1);
  Invoice credited = issued();
  credited.credited_by = "regions/hovedstaden/invoices/165-2013-30";
  Invoice undelivered = issued();
  undelivered.delivered.reset();
  for (const Invoice& invoice : {paid, disputed, credited, undelivered, issued(true)}) {
    EXPECT_EQ(next_dunning(with_invoice(invoice)), std::nullopt);
    Financing state = with_invoice(invoice);
    EXPECT_TRUE(dun_on(state, LocalDate(2014, 1, 1)).empty());
  }
  EXPECT_EQ(next_dunning(with_invoice(issued(), 0)), std::nullopt);
}

TEST(DunningWatch, AsksForWhatIsLeft) {
  Invoice invoice = issued();
  invoice.paid = Money{60};
  Financing state = with_invoice(invoice);
  EXPECT_EQ(dun_on(state, LocalDate(2013, 6, 21)).at(0).outstanding_oere(), 40);
}

TEST(DunningWatch, GivesBackTheDaysOfASettledDispute) {
  Invoice invoice = issued();
  invoice.disputed_days = 11;
  Financing state = with_invoice(invoice);
  EXPECT_EQ(next_dunning(state), platform::start_of(LocalDate(2013, 7, 4)));
  dun_on(state, LocalDate(2013, 7, 4));
  // They count once.
  EXPECT_EQ(dunning_due_date_of(*state.invoices.find(kInvoice)), LocalDate(2013, 7, 18));
}

}  // namespace
}  // namespace kkr::financing
