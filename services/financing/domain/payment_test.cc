#include <map>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/financing/domain/payment_commands.h"
#include "services/financing/domain/payment_import.h"
#include "services/financing/domain/posting.h"

namespace kkr::financing {
namespace {

using testing::ElementsAre;

constexpr char kRegion[] = "regions/hovedstaden";
constexpr char kAgreement[] = "regions/hovedstaden/agreements/sekretariat";
constexpr char kOtherAgreement[] = "regions/hovedstaden/agreements/klima";

std::string invoice(int number) {
  return "regions/hovedstaden/invoices/165-2013-" + std::to_string(number);
}
std::string payment(const std::string& id) { return "regions/hovedstaden/payments/" + id; }

// Invoices 1 to 4 of 1,000.00 each: 1 and 2 to Albertslund, 3 to Ballerup, 4 under the other
// agreement to Ballerup; 5 is the host's own voucher.
class Story {
 public:
  Story() {
    state.agreements.set(AgreementId{"sekretariat"}, Agreement{});
    state.agreements.set(AgreementId{"klima"}, Agreement{});
    issue(1, "165", kAgreement);
    issue(2, "165", kAgreement);
    issue(3, "151", kAgreement);
    issue(4, "151", kOtherAgreement);
    issue(5, "153", kAgreement, true);
  }

  template <class Command>
  Decision ask(const Command& command) {
    return decide(state, command, context());
  }
  Decision ask(const std::vector<BankMovement>& movements) {
    v1::ImportPaymentsRequest command;
    command.set_parent(kRegion);
    command.set_agreement(kAgreement);
    return decide(state, command, movements, context());
  }

  // Carries out what is expected to succeed; returns how many facts there were.
  template <class Command>
  std::size_t tell(const Command& command) {
    const Decision decision = ask(command);
    if (const auto* refused = std::get_if<Refusal>(&decision)) {
      ADD_FAILURE() << "refused: " << static_cast<int>(refused->rejection);
      return 0;
    }
    const auto& effects = std::get<Effects>(decision);
    for (const auto& fact : effects.facts) take(fact.event);
    for (const auto& write : effects.private_writes) texts.push_back(*write.value);
    return effects.facts.size();
  }

  void take(const v1::Event& event) {
    platform::RecordedEvent at;
    at.generation = "aaaaaaaa-0000";
    at.position = ++position;
    at.recorded_at = now();
    const std::string actor = "secretariat";
    const Recorded recorded{at, actor, event};
    for (const auto* posting :
         {&event.payment_recorded().posting(), &event.payment_assigned().posting(),
          &event.payment_returned().posting()}) {
      EXPECT_TRUE(is_balanced(*posting));
      for (const auto& entry : posting->entries()) {
        balances[{entry.account(), entry.municipality()}] += entry.amount_oere();
      }
    }
    if (event.has_payment_recorded()) record(state, event.payment_recorded(), recorded);
    if (event.has_payment_assigned()) assign(state, event.payment_assigned(), recorded);
    if (event.has_payment_returned()) send_back(state, event.payment_returned(), recorded);
    if (event.has_payment_confirmed()) confirm(state, event.payment_confirmed(), recorded);
  }

  std::int64_t outstanding(int number) {
    return outstanding_of(*state.invoices.find({{MunicipalityCode{"165"}, 2013}, number})).ore;
  }
  const Payment& kept(const std::string& id) { return *state.payments.find(PaymentId{id}); }
  v1::Payment::State state_of_payment(const std::string& id) { return state_of(kept(id)); }

  static absl::Time now() { return platform::start_of(platform::LocalDate(2013, 4, 1)); }

  Financing state;
  std::map<std::pair<v1::Account, std::string>, std::int64_t> balances;
  std::vector<std::string> texts;
  std::uint64_t position = 0;

 private:
  static Context context() { return {now(), "secretariat", "new"}; }

  void issue(int number, const std::string& buyer, const char* agreement, bool internal = false) {
    auto issued = std::make_shared<v1::InvoiceIssued>();
    issued->set_invoice(invoice(number));
    issued->set_kind(v1::Invoice::KIND_INVOICE);
    issued->set_agreement(agreement);
    issued->set_internal(internal);
    issued->mutable_buyer()->set_code(buyer);
    issued->set_payable_oere(100'000);
    Invoice kept;
    kept.content = issued;
    state.invoices.set({{MunicipalityCode{"165"}, 2013}, number}, kept);
  }
};

v1::RegisterPaymentRequest registered(const std::string& amount, const std::string& invoice,
                                      const std::string& id = "p1") {
  v1::RegisterPaymentRequest command;
  command.set_parent(kRegion);
  command.set_payment_id(id);
  command.mutable_payment()->set_agreement(kAgreement);
  command.mutable_payment()->set_booked_date("2013-03-01");
  command.mutable_payment()->set_amount(amount);
  command.mutable_payment()->set_invoice(invoice);
  return command;
}

v1::AssignPaymentRequest assigned(const std::string& id,
                                  const std::vector<std::pair<int, std::string>>& parts) {
  v1::AssignPaymentRequest command;
  command.set_name(payment(id));
  for (const auto& [number, amount] : parts) {
    v1::Allocation& allocation = *command.add_allocations();
    allocation.set_invoice(invoice(number));
    allocation.set_amount(amount);
  }
  return command;
}

v1::ReturnPaymentRequest returned(const std::string& id, const std::string& outgoing = "") {
  v1::ReturnPaymentRequest command;
  command.set_name(payment(id));
  command.set_booked_date("2013-03-20");
  if (!outgoing.empty()) command.set_outgoing(payment(outgoing));
  return command;
}

BankMovement moved(const std::string& identity, std::int64_t ore, const std::string& text,
                   int day = 1) {
  BankMovement movement;
  movement.identity = identity;
  movement.booked_on = platform::LocalDate(2013, 3, day);
  movement.amount = Money{ore};
  movement.text = text;
  return movement;
}

template <class Command>
Rejection refused(Story& story, const Command& command) {
  const Decision decision = story.ask(command);
  const auto* refusal = std::get_if<Refusal>(&decision);
  if (refusal == nullptr) ADD_FAILURE() << "not refused";
  return refusal == nullptr ? Rejection::kArgumentInvalid : refusal->rejection;
}

TEST(RegisterPayment, PaysTheInvoiceItNames) {
  Story story;
  EXPECT_EQ(story.tell(registered("400.00", invoice(1))), 1U);
  EXPECT_EQ(story.outstanding(1), 60'000);
  EXPECT_EQ(story.state_of_payment("p1"), v1::Payment::STATE_MATCHED);
  EXPECT_EQ(story.tell(registered("700.00", invoice(1), "p2")), 1U);
  EXPECT_EQ(story.outstanding(1), 0);
  EXPECT_EQ(story.state_of_payment("p2"), v1::Payment::STATE_PART_MATCHED);
  EXPECT_EQ(unallocated_of(story.kept("p2")), Money{10'000});
  EXPECT_EQ((story.balances[{v1::ACCOUNT_BANK, ""}]), 110'000);
  EXPECT_EQ((story.balances[{v1::ACCOUNT_RECEIVABLE, "165"}]), -100'000);
  EXPECT_EQ((story.balances[{v1::ACCOUNT_UNALLOCATED, "165"}]), -10'000);
}

TEST(RegisterPayment, NamesTheFirstRuleThatIsBroken) {
  Story story;
  auto command = registered("0.00", invoice(9), "P");
  command.mutable_payment()->set_agreement("regions/sjaelland/agreements/sekretariat");
  command.mutable_payment()->set_booked_date("2013-04-02");
  command.mutable_payment()->set_bank_reference("D1");
  EXPECT_EQ(refused(story, command), Rejection::kAgreementUnknown);
  command.mutable_payment()->set_agreement(kAgreement);
  EXPECT_EQ(refused(story, command), Rejection::kInvoiceUnknown);
  command.mutable_payment()->set_invoice(invoice(1));
  EXPECT_EQ(refused(story, command), Rejection::kArgumentInvalid);
  command.set_payment_id("p1");
  EXPECT_EQ(refused(story, command), Rejection::kArgumentInvalid);
  command.mutable_payment()->set_booked_date("2013-04-01");
  EXPECT_EQ(refused(story, command), Rejection::kArgumentInvalid);
  command.mutable_payment()->set_amount("-5.00");
  EXPECT_EQ(refused(story, command), Rejection::kArgumentInvalid);
  command.mutable_payment()->set_amount("5.00");
  story.tell(command);
  EXPECT_EQ(refused(story, command), Rejection::kPaymentExists);
  command.set_payment_id("p2");
  EXPECT_EQ(refused(story, command), Rejection::kPaymentExists);
}

TEST(ImportPayments, RecordsEachMovementOnceWhateverFileItStandsIn) {
  Story story;
  EXPECT_EQ(story.tell(std::vector{moved("a", 100'000, "165-2013-1"), moved("b", 5, "?")}), 2U);
  EXPECT_EQ(story.tell(std::vector{moved("b", 5, "?"), moved("a", 100'000, "165-2013-1")}), 0U);
  EXPECT_EQ(story.tell(std::vector{moved("b", 5, "?"), moved("c", 7, "?"), moved("c", 7, "?")}),
            1U);
  EXPECT_EQ(story.outstanding(1), 0);
  EXPECT_EQ(story.state_of_payment("bank-a"), v1::Payment::STATE_MATCHED);
  EXPECT_EQ(story.state_of_payment("bank-b"), v1::Payment::STATE_UNKNOWN);
  EXPECT_EQ((story.balances[{v1::ACCOUNT_UNALLOCATED, ""}]), -12);
  EXPECT_THAT(story.texts, ElementsAre("165-2013-1", "?", "?"));
}

TEST(ImportPayments, TakesEachMovementOnTopOfThoseBefore) {
  Story story;
  story.tell(std::vector{moved("a", 60'000, "165-2013-1"), moved("b", 60'000, "165-2013-1"),
                         moved("c", 60'000, "165-2013-1")});
  EXPECT_EQ(story.kept("bank-a").content.finding(), v1::Payment::FINDING_PART);
  EXPECT_EQ(story.kept("bank-b").content.finding(), v1::Payment::FINDING_OVER);
  EXPECT_EQ(story.kept("bank-c").content.finding(), v1::Payment::FINDING_DOUBLE);
  EXPECT_EQ(story.state_of_payment("bank-c"), v1::Payment::STATE_AMBIGUOUS);
  EXPECT_EQ((story.balances[{v1::ACCOUNT_UNALLOCATED, "165"}]), -80'000);
}

TEST(ImportPayments, ShowsWhatAnAmountFitsAndPaysNothingByIt) {
  Story story;
  story.tell(std::vector{moved("a", 100'000, "Andel 2013"), moved("b", 100'000, "165-2013-5")});
  EXPECT_EQ(story.state_of_payment("bank-a"), v1::Payment::STATE_AMBIGUOUS);
  EXPECT_THAT(story.kept("bank-a").content.candidates(),
              ElementsAre(invoice(1), invoice(2), invoice(3)));
  EXPECT_EQ(story.kept("bank-b").content.candidates_size(), 3);  // A voucher is not paid.
  EXPECT_EQ(story.outstanding(1), 100'000);
}

TEST(ImportPayments, StandsInTheBooksOfTheAgreementWhoseInvoiceIsNamed) {
  Story story;
  story.tell(std::vector{moved("a", 100'000, "165-2013-4"),
                         moved("b", 200'000, "165-2013-1 og 165-2013-3"),
                         moved("c", 200'000, "165-2013-2 og 165-2013-4")});
  EXPECT_EQ(story.kept("bank-a").content.agreement(), kOtherAgreement);
  EXPECT_EQ(story.kept("bank-b").content.allocations_size(), 2);
  EXPECT_EQ(story.kept("bank-b").content.agreement(), kAgreement);
  EXPECT_EQ(story.outstanding(2), 100'000);
}

TEST(ImportPayments, LeavesWhatWouldPayInvoicesOfTwoAgreementsToBeChosen) {
  Story story;
  story.tell(std::vector{moved("a", 200'000, "165-2013-1 og 165-2013-4")});
  EXPECT_EQ(story.kept("bank-a").content.finding(), v1::Payment::FINDING_AMBIGUOUS);
  EXPECT_EQ(story.outstanding(1), 100'000);
}

TEST(ImportPayments, ConfirmsWhatWasRegisteredByHandInsteadOfTakingItTwice) {
  Story story;
  story.tell(registered("1000.00", invoice(1)));
  EXPECT_EQ(story.tell(std::vector{moved("a", 100'000, "165-2013-1")}), 1U);
  EXPECT_EQ(story.kept("p1").content.movement(), "a");
  EXPECT_EQ((story.balances[{v1::ACCOUNT_BANK, ""}]), 100'000);
  EXPECT_EQ(story.tell(std::vector{moved("a", 100'000, "165-2013-1")}), 0U);
  EXPECT_EQ(story.tell(std::vector{moved("b", 100'000, "165-2013-1")}), 1U);
  EXPECT_EQ(story.kept("bank-b").content.finding(), v1::Payment::FINDING_DOUBLE);
}

TEST(AssignPayment, TakesThePlaceOfWhatWasSaidBefore) {
  Story story;
  story.tell(std::vector{moved("a", 150'000, "Andel")});
  story.tell(assigned("bank-a", {{1, "1000.00"}}));
  EXPECT_EQ(story.outstanding(1), 0);
  EXPECT_EQ(story.state_of_payment("bank-a"), v1::Payment::STATE_PART_MATCHED);
  EXPECT_EQ(story.tell(assigned("bank-a", {{1, "1000.00"}})), 0U);
  story.tell(assigned("bank-a", {{3, "1000.00"}, {2, "500.00"}}));
  EXPECT_EQ(story.outstanding(1), 100'000);
  EXPECT_EQ(story.outstanding(2), 50'000);
  EXPECT_EQ(story.outstanding(3), 0);
  EXPECT_EQ((story.balances[{v1::ACCOUNT_RECEIVABLE, "165"}]), -50'000);
  EXPECT_EQ((story.balances[{v1::ACCOUNT_RECEIVABLE, "151"}]), -100'000);
  EXPECT_EQ((story.balances[{v1::ACCOUNT_UNALLOCATED, "165"}]), 0);
  story.tell(assigned("bank-a", {}));
  EXPECT_EQ(story.outstanding(3), 100'000);
  EXPECT_EQ((story.balances[{v1::ACCOUNT_BANK, ""}]), 150'000);
}

TEST(AssignPayment, NamesTheFirstRuleThatIsBroken) {
  Story story;
  EXPECT_EQ(refused(story, assigned("p1", {{9, "1"}})), Rejection::kPaymentUnknown);
  story.tell(registered("1500.00", ""));
  auto stale = assigned("p1", {{9, "1"}});
  stale.set_etag("stale");
  EXPECT_EQ(refused(story, stale), Rejection::kEtagStale);
  EXPECT_EQ(refused(story, assigned("p1", {{9, "1"}})), Rejection::kInvoiceUnknown);
  EXPECT_EQ(refused(story, assigned("p1", {{5, "1"}})), Rejection::kInvoiceInternal);
  EXPECT_EQ(refused(story, assigned("p1", {{4, "1"}})), Rejection::kAgreementDiffers);
  EXPECT_EQ(refused(story, assigned("p1", {{1, "0"}})), Rejection::kArgumentInvalid);
  EXPECT_EQ(refused(story, assigned("p1", {{1, "1"}, {1, "2"}})), Rejection::kArgumentInvalid);
  EXPECT_EQ(refused(story, assigned("p1", {{1, "1000.01"}})), Rejection::kAllocationTooLarge);
  EXPECT_EQ(refused(story, assigned("p1", {{1, "1000"}, {2, "600"}})),
            Rejection::kAllocationTooLarge);
  story.tell(returned("p1"));
  EXPECT_EQ(refused(story, assigned("p1", {{1, "1"}})), Rejection::kPaymentReturned);
}

TEST(ReturnPayment, SendsBackWhatPaysNothing) {
  Story story;
  story.tell(registered("1500.00", invoice(1)));
  story.tell(returned("p1"));
  EXPECT_EQ(story.state_of_payment("p1"), v1::Payment::STATE_RETURNED);
  EXPECT_EQ((story.balances[{v1::ACCOUNT_BANK, ""}]), 100'000);
  EXPECT_EQ((story.balances[{v1::ACCOUNT_UNALLOCATED, "165"}]), 0);
  EXPECT_EQ(refused(story, returned("p1")), Rejection::kNothingToReturn);
  // The bank shows it later, and again.
  const std::vector out = {moved("out", -50'000, "Retur", 21)};
  EXPECT_EQ(story.tell(out), 1U);
  EXPECT_EQ(story.tell(out), 0U);
  EXPECT_EQ((story.balances[{v1::ACCOUNT_BANK, ""}]), 100'000);
}

TEST(ReturnPayment, KnowsMoneyThatWentOutBefore) {
  Story story;
  story.tell(registered("1500.00", invoice(1)));
  story.tell(std::vector{moved("out", -50'000, "Retur", 19)});
  EXPECT_EQ(story.kept("bank-out").content.finding(), v1::Payment::FINDING_WRONG_WAY);
  EXPECT_EQ((story.balances[{v1::ACCOUNT_UNALLOCATED, ""}]), 50'000);
  EXPECT_EQ(refused(story, returned("p1", "p1")), Rejection::kPaymentUnknown);
  story.tell(returned("p1", "bank-out"));
  EXPECT_EQ(story.state_of_payment("p1"), v1::Payment::STATE_RETURNED);
  EXPECT_EQ(story.state_of_payment("bank-out"), v1::Payment::STATE_RETURNED);
  EXPECT_EQ((story.balances[{v1::ACCOUNT_UNALLOCATED, ""}]), 0);
  EXPECT_EQ((story.balances[{v1::ACCOUNT_UNALLOCATED, "165"}]), 0);
  EXPECT_EQ((story.balances[{v1::ACCOUNT_BANK, ""}]), 100'000);
  EXPECT_EQ(story.tell(std::vector{moved("out", -50'000, "Retur", 19)}), 0U);
}

TEST(ReleasePayments, FreesWhatPaidAnInvoiceThatIsCredited) {
  Story story;
  story.tell(std::vector{moved("a", 200'000, "165-2013-1, 165-2013-3")});
  Effects effects;
  release_payments(story.state, "hovedstaden", {{MunicipalityCode{"165"}, 2013}, 1},
                   platform::LocalDate(2013, 4, 1), effects);
  ASSERT_EQ(effects.facts.size(), 1U);
  story.take(effects.facts[0].event);
  EXPECT_EQ(unallocated_of(story.kept("bank-a")), Money{100'000});
  EXPECT_EQ(story.outstanding(1), 100'000);
  EXPECT_EQ(story.outstanding(3), 0);
  EXPECT_EQ((story.balances[{v1::ACCOUNT_RECEIVABLE, "165"}]), 0);
}

}  // namespace
}  // namespace kkr::financing
