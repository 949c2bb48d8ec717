#include "services/financing/domain/year_end_commands.h"

#include <gtest/gtest.h>

#include <utility>

#include "services/financing/domain/posting.h"

namespace kkr::financing {
namespace {

constexpr char kAgreement[] = "regions/hovedstaden/agreements/sundhed";
constexpr char kYearEnd[] = "regions/hovedstaden/agreements/sundhed/yearEnds/2013";
const YearKey k2013{{"sundhed"}, 2013};

// 100 øre charged of two municipalities for 2013, by a split of 2 to 1.
Financing charged_2013() {
  Financing state;
  Agreement agreement;
  TermsVersion terms;
  terms.content.add_cost_kinds(v1::COST_KIND_SALARY);
  terms.content.add_cost_kinds(v1::COST_KIND_OVERHEAD);
  terms.from = agreement.from = LocalDate(2013, 5, 8);
  agreement.versions.push_back(terms);
  state.agreements.set(k2013.agreement, agreement);

  auto split = std::make_shared<Split>();
  split->content.set_split(split_name("hovedstaden", k2013, 1));
  for (const auto& [code, population] : {std::pair("101", 2), std::pair("165", 1)}) {
    v1::SplitMember& member = *split->content.add_shares()->mutable_member();
    member.set_code(code);
    member.set_population(population);
  }
  Budget budget;
  budget.splits.push_back(split);
  state.budgets.set(k2013, budget);

  Charge charge;
  charge.run.emplace();
  charge.run->set_split(split->content.split());
  charge.run->set_host("165");
  state.charges.set(k2013, charge);

  v1::LedgerPosting posting = empty_posting({kAgreement, 2013, LocalDate(2013, 5, 14), "x"});
  add_entry(posting, v1::ACCOUNT_RECEIVABLE, "101", Money{100});
  add_entry(posting, v1::ACCOUNT_INCOME, "101", Money{-100});
  post(state, posting, absl::UnixEpoch());
  return state;
}

v1::CloseYearRequest closing(std::vector<std::pair<v1::CostKind, std::string>> spent,
                             v1::ResultTreatment treatment = v1::RESULT_TREATMENT_CARRY) {
  v1::CloseYearRequest command;
  command.set_name(kYearEnd);
  command.set_treatment(treatment);
  for (const auto& [kind, amount] : spent) {
    v1::SpentAmount& one = *command.add_spent();
    one.set_cost_kind(kind);
    one.set_amount(amount);
  }
  return command;
}

Context on(LocalDate date) {
  return {platform::start_of(date) + absl::Hours(8), "secretariat", ""};
}
const Context kNewYear = on(LocalDate(2014, 1, 31));

Rejection refused(const Decision& decision) { return std::get<Refusal>(decision).rejection; }

TEST(CloseYear, HandsTheResultToThoseWhoWereCharged) {
  Financing state = charged_2013();
  const auto effects = std::get<Effects>(
      decide(state, closing({{v1::COST_KIND_SALARY, "0.70"}, {v1::COST_KIND_OVERHEAD, "0.10"}}),
             kNewYear));
  ASSERT_EQ(effects.facts.size(), 1u);
  const v1::YearClosed& fact = effects.facts[0].event.year_closed();
  EXPECT_EQ(fact.charged_oere(), 100);
  EXPECT_EQ(fact.result_oere(), 20);
  ASSERT_EQ(fact.shares_size(), 2);
  EXPECT_EQ(fact.shares(0).amount_oere(), 13);
  EXPECT_EQ(fact.shares(1).amount_oere(), 7);
  EXPECT_TRUE(is_balanced(fact.posting()));

  const platform::RecordedEvent at;
  const std::string actor;
  evolve(state, Recorded{at, actor, effects.facts[0].event});
  EXPECT_EQ(balance_of(*state.books.find(k2013.agreement), 2013, v1::ACCOUNT_RESULT), Money{-20});
  EXPECT_EQ(refused(decide(state, closing({}), kNewYear)), Rejection::kYearClosed);
}

TEST(CloseYear, NamesTheFirstRuleThatIsBroken) {
  const Financing charged = charged_2013();
  Financing uncharged = charged;
  uncharged.charges.erase(k2013);
  Financing ended = charged;
  ended.agreements.update(k2013.agreement,
                          [](Agreement& agreement) { agreement.to = LocalDate(2013, 12, 31); });
  Financing open_true_up = charged;
  open_true_up.budgets.update(k2013, [](Budget& budget) { budget.true_ups.emplace_back(); });
  const auto whole = closing({{v1::COST_KIND_SALARY, "0.70"}});
  const auto bad = closing({{v1::COST_KIND_OTHER, "x"}}, v1::RESULT_TREATMENT_UNSPECIFIED);
  const Context in_2013 = on(LocalDate(2013, 12, 31));

  EXPECT_EQ(refused(decide(Financing(), bad, in_2013)), Rejection::kAgreementUnknown);
  EXPECT_EQ(refused(decide(ended, whole, in_2013)), Rejection::kOutsideAgreement);
  EXPECT_EQ(refused(decide(uncharged, bad, in_2013)), Rejection::kYearNotCharged);
  EXPECT_EQ(refused(decide(open_true_up, bad, in_2013)), Rejection::kYearNotOver);
  EXPECT_EQ(refused(decide(open_true_up, bad, kNewYear)), Rejection::kTrueUpOpen);
  EXPECT_EQ(refused(decide(charged, bad, kNewYear)), Rejection::kArgumentInvalid);
  EXPECT_EQ(refused(decide(charged, closing({{v1::COST_KIND_OTHER, "0.70"}}), kNewYear)),
            Rejection::kCostKindNotAgreed);
  const std::pair<v1::CostKind, std::string> salary{v1::COST_KIND_SALARY, "0.70"};
  EXPECT_EQ(refused(decide(charged, closing({salary, salary}), kNewYear)),
            Rejection::kArgumentInvalid);
  EXPECT_EQ(refused(decide(charged, closing({{v1::COST_KIND_SALARY, "-0.70"}}), kNewYear)),
            Rejection::kArgumentInvalid);
}

TEST(CloseYear, MayReturnWhatTheLastYearOfAnAgreementLeaves) {
  Financing ended = charged_2013();
  ended.agreements.update(k2013.agreement,
                          [](Agreement& agreement) { agreement.to = LocalDate(2013, 12, 31); });
  const auto decision = decide(ended, closing({}, v1::RESULT_TREATMENT_RETURN), kNewYear);
  EXPECT_TRUE(std::holds_alternative<Effects>(decision));
}

}  // namespace
}  // namespace kkr::financing
