#include "services/financing/domain/invoice_life.h"

#include <string>

#include "gtest/gtest.h"
#include "services/financing/domain/credit_commands.h"
#include "services/financing/domain/document_story.h"
#include "services/financing/domain/invoice_clock.h"
#include "services/financing/domain/posting.h"

namespace kkr::financing {
namespace {

constexpr char kInvoice[] = "regions/hovedstaden/invoices/165-2013-7";

// Copenhagen's invoice of 6 February, which is due on 8 March, and a payment of a part of it.
class Story {
 public:
  Story() {
    v1::Event event;
    *event.mutable_invoice_issued() = story::issued_to_copenhagen();
    *event.mutable_invoice_issued()->mutable_posting() = posting_of_invoice(event.invoice_issued());
    state.agreements.set(AgreementId{"sekretariat"}, Agreement{});
    take(event);
  }

  template <class Command>
  Decision ask(const Command& command) {
    return decide(state, command, {now, "secretariat", "new"});
  }

  template <class Command>
  std::size_t tell(const Command& command) {
    const Decision decision = ask(command);
    if (const auto* refused = std::get_if<Refusal>(&decision)) {
      ADD_FAILURE() << "refused: " << static_cast<int>(refused->rejection);
      return 0;
    }
    const auto& effects = std::get<Effects>(decision);
    for (const auto& fact : effects.facts) take(fact.event);
    return effects.facts.size();
  }

  template <class Command>
  Rejection refused(const Command& command) {
    const Decision decision = ask(command);
    const auto* refusal = std::get_if<Refusal>(&decision);
    if (refusal == nullptr) ADD_FAILURE() << "not refused";
    return refusal == nullptr ? Rejection::kEtagStale : refusal->rejection;
  }

  void take(const v1::Event& event) {
    platform::RecordedEvent at;
    at.generation = "aaaaaaaa-0000";
    at.position = ++position;
    at.recorded_at = now;
    const std::string actor = "secretariat";
    evolve(state, Recorded{at, actor, event});
  }

  void pay(std::int64_t ore) {
    v1::Event event;
    v1::PaymentRecorded& fact = *event.mutable_payment_recorded();
    fact.set_payment("regions/hovedstaden/payments/p1");
    fact.set_agreement("regions/hovedstaden/agreements/sekretariat");
    fact.set_amount_oere(ore);
    fact.set_payer("101");
    fact.add_allocations()->set_invoice(kInvoice);
    fact.mutable_allocations(0)->set_amount_oere(ore);
    take(event);
  }

  void on(int month, int day) {
    now = platform::start_of(LocalDate(2013, month, day)) + absl::Hours(9);
  }

  const Invoice& invoice(int number = 7) {
    return *state.invoices.find({{MunicipalityCode{"165"}, 2013}, number});
  }

  absl::Time now = platform::start_of(LocalDate(2013, 2, 6)) + absl::Hours(9);
  Financing state;
  std::uint64_t position = 0;
};

v1::MarkDeliveredRequest delivered(const std::string& date = "") {
  v1::MarkDeliveredRequest command;
  command.set_name(kInvoice);
  command.set_delivered_date(date);
  return command;
}

template <class Command>
Command because(const std::string& reason, const std::string& invoice = kInvoice) {
  Command command;
  command.set_name(invoice);
  command.set_reason(reason);
  return command;
}

TEST(MarkDelivered, StartsTheClockOnce) {
  Story story;
  EXPECT_FALSE(dunning_due_date_of(story.invoice()));
  EXPECT_EQ(story.refused(delivered("2013-02-05")), Rejection::kDeliveredBeforeIssue);
  EXPECT_EQ(story.refused(delivered("2013-02-07")), Rejection::kDeliveredInFuture);
  EXPECT_EQ(story.refused(delivered("soon")), Rejection::kArgumentInvalid);
  EXPECT_EQ(story.tell(delivered()), 1U);
  EXPECT_EQ(story.tell(delivered("2013-02-06")), 0U);
  story.on(2, 8);
  EXPECT_EQ(story.refused(delivered()), Rejection::kInvoiceDelivered);
  EXPECT_EQ(state_of(story.invoice()), v1::Invoice::STATE_DELIVERED);
  EXPECT_EQ(dunning_due_date_of(story.invoice()), LocalDate(2013, 3, 8));
  EXPECT_FALSE(is_overdue(story.invoice(), LocalDate(2013, 3, 8)));
  EXPECT_TRUE(is_overdue(story.invoice(), LocalDate(2013, 3, 9)));
}

TEST(DisputeInvoice, StopsTheClockUntilItIsResolved) {
  Story story;
  story.tell(delivered());
  EXPECT_EQ(story.refused(because<v1::ResolveDisputeRequest>("x")), Rejection::kInvoiceNotDisputed);
  EXPECT_EQ(story.refused(because<v1::DisputeInvoiceRequest>("")), Rejection::kReasonMissing);
  story.tell(because<v1::DisputeInvoiceRequest>("Forkert folketal"));
  EXPECT_EQ(story.refused(because<v1::DisputeInvoiceRequest>("igen")), Rejection::kInvoiceDisputed);
  EXPECT_EQ(state_of(story.invoice()), v1::Invoice::STATE_DISPUTED);
  EXPECT_FALSE(dunning_due_date_of(story.invoice()));
  story.on(2, 13);
  story.tell(because<v1::ResolveDisputeRequest>("Folketallet er rigtigt"));
  EXPECT_EQ(dunning_due_date_of(story.invoice()), LocalDate(2013, 3, 15));
}

TEST(DisputeInvoice, IsTooLateForWhatHasBeenPaid) {
  Story story;
  story.pay(48'451'018);
  EXPECT_EQ(state_of(story.invoice()), v1::Invoice::STATE_PAID);
  EXPECT_EQ(story.refused(because<v1::DisputeInvoiceRequest>("x")), Rejection::kInvoicePaid);
}

TEST(CreditInvoice, TakesBackTheWholeAndFreesWhatWasPaid) {
  Story story;
  story.pay(100);
  EXPECT_EQ(story.refused(because<v1::CreditInvoiceRequest>("")), Rejection::kReasonMissing);
  EXPECT_EQ(story.tell(because<v1::CreditInvoiceRequest>("Forkert folketal")), 2U);
  EXPECT_EQ(state_of(story.invoice()), v1::Invoice::STATE_CREDITED);
  EXPECT_EQ(outstanding_of(story.invoice()), Money{});
  const Invoice& note = story.invoice(8);
  EXPECT_TRUE(is_credit_note(note));
  EXPECT_EQ(note.content->credits(), kInvoice);
  EXPECT_EQ(story.invoice().credited_by, note.content->invoice());
  const auto payment = story.state.payments.find(PaymentId{"p1"});
  EXPECT_EQ(unallocated_of(*payment), Money{100});
  EXPECT_EQ(story.refused(because<v1::CreditInvoiceRequest>("igen")), Rejection::kInvoiceCredited);
  EXPECT_EQ(story.refused(because<v1::CreditInvoiceRequest>("x", note.content->invoice())),
            Rejection::kCreditNote);
  EXPECT_EQ(story.refused(delivered()), Rejection::kInvoiceCredited);
}

TEST(CreditInvoice, IssuesTheSameAgainInTheSameStepWhenAsked) {
  Story story;
  story.on(3, 1);
  auto command = because<v1::CreditInvoiceRequest>("Forkert rekvirent");
  command.set_reissue(true);
  EXPECT_EQ(story.tell(command), 2U);
  const v1::InvoiceIssued& again = *story.invoice(9).content;
  EXPECT_EQ(again.replaces(), kInvoice);
  EXPECT_EQ(again.issue_date(), "2013-03-01");
  EXPECT_EQ(again.due_date(), "2013-03-31");
  EXPECT_EQ(again.payable_oere(), 48'451'018);
  EXPECT_EQ(outstanding_of(story.invoice(9)), Money{48'451'018});
  const auto books = story.state.books.find(AgreementId{"sekretariat"});
  ASSERT_NE(books, nullptr);
  EXPECT_EQ(books->postings.size(), 3U);
}

}  // namespace
}  // namespace kkr::financing
