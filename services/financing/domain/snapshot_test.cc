// Whenever a state is saved and loaded, what follows leads to the same state.
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "services/financing/domain/document_story.h"
#include "services/financing/domain/posting.h"
#include "services/financing/domain/state.h"

namespace kkr::financing {
namespace {

constexpr char kAgreement[] = "regions/hovedstaden/agreements/sekretariat";
constexpr char kInvoice[] = "regions/hovedstaden/invoices/165-2013-7";
constexpr char kPayment[] = "regions/hovedstaden/payments/bank-1";

v1::LedgerPosting moved(v1::Account debit, v1::Account credit, std::int64_t ore) {
  v1::LedgerPosting posting = empty_posting({kAgreement, 2013, LocalDate(2013, 3, 1), kPayment});
  add_entry(posting, debit, "", Money{ore});
  add_entry(posting, credit, "101", Money{-ore});
  return posting;
}

class Story {
 public:
  Story() {
    agree();
    charge();
    pay();
  }

  std::vector<v1::Event> events;

 private:
  v1::Event& next() { return events.emplace_back(); }

  void agree() {
    v1::AgreementCreated& created = *next().mutable_agreement_created();
    created.mutable_agreement()->set_name(kAgreement);
    created.mutable_agreement()->set_from_date("2013-01-01");
    created.mutable_agreement()->add_versions()->set_from_date("2013-01-01");
    created.mutable_contact()->set_key("contact");
    v1::RecipientUpdated& recipient = *next().mutable_recipient_updated();
    recipient.mutable_recipient()->set_name(std::string(kAgreement) + "/recipients/101");
    recipient.mutable_buyer_reference()->set_key("recipient/101");
    v1::BudgetUpdated& budget = *next().mutable_budget_updated();
    budget.set_budget(std::string(kAgreement) + "/budgets/2013");
    budget.add_lines()->set_amount_oere(48'451'018);
    v1::BudgetApproved& approved = *next().mutable_budget_approved();
    approved.set_budget(budget.budget());
    approved.set_approved_date("2013-02-04");
  }

  void charge() {
    const std::string name = std::string(kAgreement) + "/charges/2013-annual";
    next().mutable_charge_prepared()->set_charge(name);
    v1::ChargeRun& run = *next().mutable_charge_run();
    run.set_charge(name);
    run.add_invoices(kInvoice);
    v1::InvoiceIssued issued = story::issued_to_copenhagen();
    *issued.mutable_posting() = posting_of_invoice(issued);
    *next().mutable_invoice_issued() = issued;
    v1::InvoiceDelivered& delivered = *next().mutable_invoice_delivered();
    delivered.set_invoice(kInvoice);
    delivered.set_delivered_date("2013-02-07");
    v1::InvoiceDisputed& disputed = *next().mutable_invoice_disputed();
    disputed.set_invoice(kInvoice);
    disputed.set_from_date("2013-02-08");
    disputed.mutable_reason()->set_key("dispute");
    v1::DisputeResolved& resolved = *next().mutable_dispute_resolved();
    resolved.set_invoice(kInvoice);
    resolved.set_days(3);
    v1::InvoiceDunned& dunned = *next().mutable_invoice_dunned();
    dunned.set_invoice(kInvoice);
    dunned.set_step(1);
    dunned.set_due_date("2013-04-01");
  }

  void pay() {
    v1::PaymentRecorded& recorded = *next().mutable_payment_recorded();
    recorded.set_payment(kPayment);
    recorded.set_agreement(kAgreement);
    recorded.set_amount_oere(500);
    recorded.set_movement("1");
    recorded.add_candidates(kInvoice);
    *recorded.mutable_posting() = moved(v1::ACCOUNT_BANK, v1::ACCOUNT_UNALLOCATED, 500);
    v1::PaymentAssigned& assigned = *next().mutable_payment_assigned();
    assigned.set_payment(kPayment);
    assigned.add_allocations()->set_invoice(kInvoice);
    assigned.mutable_allocations(0)->set_amount_oere(300);
    assigned.set_payer("101");
    *assigned.mutable_posting() = moved(v1::ACCOUNT_UNALLOCATED, v1::ACCOUNT_RECEIVABLE, 300);
    v1::PaymentReturned& returned = *next().mutable_payment_returned();
    returned.set_payment(kPayment);
    returned.set_amount_oere(200);
    v1::PaymentConfirmed& confirmed = *next().mutable_payment_confirmed();
    confirmed.set_payment(kPayment);
    confirmed.set_movement("2");
    confirmed.set_returned(true);
    next().mutable_agreement_ended()->set_agreement(kAgreement);
    events.back().mutable_agreement_ended()->set_to_date("2026-12-31");
  }
};

void take(Financing& state, const v1::Event& event, std::uint64_t position) {
  platform::RecordedEvent at;
  at.generation = "aaaaaaaa-0000";
  at.position = position;
  at.recorded_at = absl::FromUnixSeconds(1'360'000'000 + static_cast<std::int64_t>(position));
  const std::string actor = "secretariat";
  evolve(state, Recorded{at, actor, event});
}

// What is derived and not saved.
std::string derived(const Financing& state) {
  std::string text;
  state.invoices.for_each([&](const InvoiceId& id, const Invoice& invoice) {
    text += printed_number(id) + " owes " + std::to_string(outstanding_of(invoice).ore) + "\n";
  });
  state.payments.for_each([&](const PaymentId& id, const Payment& payment) {
    text += id.text + " is " + std::to_string(state_of(payment)) + "\n";
  });
  state.last_numbers.for_each([&](const SeriesKey& series, int last) {
    text += series.host.text + " ends with " + std::to_string(last) + "\n";
  });
  state.books.for_each([&](const AgreementId&, const Books& books) {
    books.balances.for_each([&](const BalanceKey& key, const Turnover& moved) {
      text += std::to_string(key.account) + key.municipality + " " +
              std::to_string(moved.balance().ore) + "\n";
    });
  });
  return text;
}

TEST(Snapshot, LeadsToTheSameStateWheneverItIsTaken) {
  const Story story;
  Financing whole;
  for (std::size_t i = 0; i < story.events.size(); ++i) take(whole, story.events[i], i + 1);
  ASSERT_EQ(whole.payments.size(), 1U);
  for (std::size_t cut = 0; cut <= story.events.size(); ++cut) {
    Financing before;
    for (std::size_t i = 0; i < cut; ++i) take(before, story.events[i], i + 1);
    Financing loaded;
    ASSERT_TRUE(load_state(save_state(before), loaded)) << "after " << cut << " events";
    for (std::size_t i = cut; i < story.events.size(); ++i) take(loaded, story.events[i], i + 1);
    EXPECT_EQ(save_state(loaded), save_state(whole)) << "after " << cut << " events";
    EXPECT_EQ(derived(loaded), derived(whole)) << "after " << cut << " events";
  }
}

TEST(Snapshot, RefusesWhatIsNoneOfIts) {
  Financing state;
  EXPECT_FALSE(load_state("no snapshot", state));
  EXPECT_TRUE(load_state("", state));
}

}  // namespace
}  // namespace kkr::financing
