// The words of the tests that begin with an agreement: three municipalities around Albertslund pay
// for a secretariat, by populations that were made small enough to reckon with.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <variant>

#include "services/financing/domain/agreement_commands.h"
#include "services/financing/domain/budget_commands.h"
#include "services/financing/domain/charge_commands.h"
#include "services/financing/domain/recipient_commands.h"
#include "services/financing/domain/split_commands.h"
#include "services/financing/domain/state.h"

namespace kkr::financing::story {

inline constexpr char kAgreement[] = "regions/hovedstaden/agreements/sekretariat";
inline constexpr char kBudget[] = "regions/hovedstaden/agreements/sekretariat/budgets/2013";
inline constexpr char kCharge[] = "regions/hovedstaden/agreements/sekretariat/charges/2013-annual";
inline const YearKey k2013{{"sekretariat"}, 2013};

inline v1::Terms terms() {
  v1::Terms terms;
  terms.set_host("municipalities/165");
  terms.mutable_members()->set_of("regions/hovedstaden");
  terms.add_cost_kinds(v1::COST_KIND_SALARY);
  terms.add_cost_kinds(v1::COST_KIND_OVERHEAD);
  terms.mutable_overhead()->set_share_basis_points(1000);
  terms.mutable_key()->set_regular(v1::REFERENCE_YEAR_BEFORE);
  terms.mutable_key()->set_first_year(v1::REFERENCE_YEAR_SAME);
  terms.set_charge_month(1);
  terms.set_first_year(v1::FIRST_YEAR_RULE_AT_ONCE);
  terms.set_payment_term_days(30);
  terms.mutable_vat()->set_category(v1::VAT_CATEGORY_OUT_OF_SCOPE);
  terms.mutable_vat()->set_reason("Ingen levering");
  terms.mutable_account()->set_registration_number("4183");
  terms.mutable_account()->set_account_number("12345678");
  terms.mutable_contact()->set_display_name("Sundhedssekretariatet");
  return terms;
}

inline v1::CreateAgreementRequest creation() {
  v1::CreateAgreementRequest command;
  command.set_parent("regions/hovedstaden");
  command.set_agreement_id("sekretariat");
  command.mutable_agreement()->set_title("Sekretariat");
  command.mutable_agreement()->set_case_number("13-4711");
  command.mutable_agreement()->set_from_date("2013-05-08");
  *command.mutable_agreement()->add_versions() = terms();
  return command;
}

inline v1::SplitMember member(const std::string& code, const std::string& cvr,
                              std::int64_t population) {
  v1::SplitMember member;
  member.set_code(code);
  member.set_display_name("Kommune " + code);
  member.set_official_name(code + " Kommune");
  member.set_cvr(cvr);
  member.set_population(population);
  member.set_population_source("Danmarks Statistik");
  return member;
}

// A region's state, told what happens; every command must succeed unless its refusal is asked for.
class Scene {
 public:
  Financing state;
  absl::Time now = platform::start_of(LocalDate(2013, 5, 8)) + absl::Hours(10);

  Context context() const { return {now, "secretariat", "id-" + std::to_string(position_)}; }
  LocalDate today() const { return platform::local_date_of(now); }

  template <class Command>
  Rejection refused(const Command& command) const {
    const Decision decision = decide(state, command, context());
    const auto* fault = std::get_if<Refusal>(&decision);
    EXPECT_NE(fault, nullptr) << "was not refused";
    return fault == nullptr ? Rejection{} : fault->rejection;
  }

  template <class Command>
  Effects tell(const Command& command) {
    return take(decide(state, command, context()));
  }

  // How many facts it took in, and the rest of what was decided.
  Effects take(Decision decision) {
    const auto* fault = std::get_if<Refusal>(&decision);
    EXPECT_EQ(fault, nullptr) << "was refused: " << static_cast<int>(fault->rejection);
    if (fault != nullptr) return {};
    auto effects = std::get<Effects>(std::move(decision));
    for (const auto& one : effects.facts) record(one.event);
    return effects;
  }

  void agree() { tell(creation()); }

  void name_recipient(const std::string& code) {
    v1::UpdateRecipientRequest command;
    command.mutable_recipient()->set_name(std::string(kAgreement) + "/recipients/" + code);
    command.mutable_recipient()->set_buyer_reference("Økonomi");
    tell(command);
  }

  void budget(const std::string& salary, const std::string& name = kBudget) {
    tell(budgeting(salary, name));
    v1::ApproveBudgetRequest approval;
    approval.set_name(name);
    approval.set_approved_by("regions/hovedstaden/bodies/kkr");
    approval.set_approved_date("2013-05-08");
    tell(approval);
  }

  static v1::UpdateBudgetRequest budgeting(const std::string& salary,
                                           const std::string& name = kBudget) {
    v1::UpdateBudgetRequest command;
    command.mutable_budget()->set_name(name);
    v1::BudgetLine& line = *command.mutable_budget()->add_lines();
    line.set_title("Løn");
    line.set_cost_kind(v1::COST_KIND_SALARY);
    line.set_amount(salary);
    return command;
  }

  // What the registry would answer: three members, 2 to 1 to 1.
  SplitAnswer answer(const std::string& budget = kBudget) const {
    SplitAnswer answer;
    answer.question = std::get<SplitQuestion>(question_of(state, budget, today()));
    answer.members = {member("101", "64942212", 200), member("147", "11259979", 100),
                      member("165", "66137112", 100)};
    answer.registry_generation = "registry";
    answer.registry_position = 700;
    return answer;
  }

  Effects split(const SplitAnswer& answer, const std::string& budget = kBudget) {
    v1::CreateSplitRequest command;
    command.set_parent(budget);
    return take(decide(state, command, answer, context()));
  }

  Effects run(const std::string& charge = kCharge) {
    v1::RunChargeRequest command;
    command.set_name(charge);
    return tell(command);
  }

  // Ready to be charged: 1,100 kroner, of which 100 are overhead.
  void stand() {
    agree();
    name_recipient("101");
    name_recipient("147");
    budget("1000.00");
    split(answer());
  }

  void record(const v1::Event& event) {
    platform::RecordedEvent at;
    at.generation = "financing";
    at.position = ++position_;
    at.recorded_at = now;
    evolve(state, Recorded{at, actor_, event});
  }

 private:
  std::uint64_t position_ = 0;
  const std::string actor_ = "secretariat";
};

}  // namespace kkr::financing::story
