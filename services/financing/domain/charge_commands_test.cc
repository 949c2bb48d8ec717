#include "services/financing/domain/charge_commands.h"

#include <vector>

#include "services/financing/domain/agreement_story.h"
#include "services/financing/domain/charge_watch.h"
#include "services/financing/domain/population_correction.h"
#include "services/financing/domain/posting.h"

namespace kkr::financing {
namespace {

using story::k2013;
using story::kBudget;
using story::kCharge;
using story::Scene;

std::vector<std::int64_t> amounts(const Effects& effects) {
  std::vector<std::int64_t> amounts;
  for (const auto& fact : effects.facts) {
    if (fact.event.has_invoice_issued()) {
      amounts.push_back(fact.event.invoice_issued().payable_oere());
    }
  }
  return amounts;
}

PopulationFigure figure(std::int64_t count, std::uint64_t position = 701) {
  return {MunicipalityCode{"101"},
          "2013-01-01",
          "Danmarks Statistik",
          count,
          absl::UnixEpoch(),
          "registry",
          position};
}

TEST(UpdateBudget, AddsTheOverheadRoundedHalfUp) {
  Scene scene;
  scene.agree();
  scene.budget("0.05");
  const auto budget = scene.state.budgets.find(k2013);
  ASSERT_EQ(budget->content.lines_size(), 2);
  EXPECT_EQ(budget->content.lines(1).amount_oere(), 1);  // A tenth of 5 øre.
  EXPECT_EQ(total_of(*budget), Money{6});
}

TEST(CreateSplit, NamesWhoHasNoPopulation) {
  Scene scene;
  scene.agree();
  scene.budget("1000.00");
  SplitAnswer answer = scene.answer();
  answer.members[1].clear_population_source();
  v1::CreateSplitRequest command;
  command.set_parent(kBudget);
  const auto decision = decide(scene.state, command, answer, scene.context());
  EXPECT_EQ(std::get<Refusal>(decision).rejection, Rejection::kPopulationUnknown);
  EXPECT_EQ(std::get<Refusal>(decision).details.at("municipalities"), "147");
  answer.members.clear();
  EXPECT_EQ(std::get<Refusal>(decide(scene.state, command, answer, scene.context())).rejection,
            Rejection::kNoMembers);
}

TEST(CreateSplit, TakesNoAnswerToAnotherQuestion) {
  Scene scene;
  scene.agree();
  scene.budget("1000.00");
  SplitAnswer answer = scene.answer();
  answer.question.reference_date = LocalDate(2012, 1, 1);
  v1::CreateSplitRequest command;
  command.set_parent(kBudget);
  EXPECT_EQ(std::get<Refusal>(decide(scene.state, command, answer, scene.context())).rejection,
            Rejection::kEtagStale);
}

TEST(RunCharge, IssuesOneInvoiceToEachAndAVoucherToTheHost) {
  Scene scene;
  scene.stand();
  const Effects effects = scene.run();
  EXPECT_EQ(amounts(effects), (std::vector<std::int64_t>{55000, 27500, 27500}));
  EXPECT_TRUE(effects.facts[3].event.invoice_issued().internal());
  EXPECT_FALSE(effects.facts[3].event.invoice_issued().has_endpoint());
  EXPECT_EQ(effects.facts[1].event.invoice_issued().invoice(),
            "regions/hovedstaden/invoices/165-2013-1");
  EXPECT_EQ(effects.facts[1].event.invoice_issued().due_date(), "2013-06-07");
  for (std::size_t i = 1; i < effects.facts.size(); ++i) {
    EXPECT_TRUE(is_balanced(effects.facts[i].event.invoice_issued().posting()));
  }
  EXPECT_TRUE(is_balanced(effects.facts[0].event.charge_run().overhead()));
  EXPECT_TRUE(scene.run().facts.empty());
}

TEST(RunCharge, NamesTheFirstRuleThatIsBroken) {
  Scene scene;
  v1::RunChargeRequest command;
  command.set_name(kCharge);
  EXPECT_EQ(scene.refused(command), Rejection::kAgreementUnknown);
  scene.agree();
  EXPECT_EQ(scene.refused(command), Rejection::kBudgetUnknown);
  scene.budget("1000.00");
  EXPECT_EQ(scene.refused(command), Rejection::kBudgetNotSplit);
  scene.tell(Scene::budgeting("2000.00"));
  scene.split(scene.answer());
  EXPECT_EQ(scene.refused(command), Rejection::kBudgetNotApproved);
  scene.budget("1000.00");
  EXPECT_EQ(scene.refused(command), Rejection::kSplitStale);
  scene.split(scene.answer());
  EXPECT_EQ(scene.refused(command), Rejection::kRecipientIncomplete);
  const auto decision = decide(scene.state, command, scene.context());
  EXPECT_EQ(std::get<Refusal>(decision).details,
            (std::map<std::string, std::string>{{"BUYER_REFERENCE_MISSING", "101,147"}}));
}

TEST(RunCharge, GivesANewHostASeriesOfItsOwn) {
  Scene scene;
  scene.stand();
  scene.run();
  v1::AmendAgreementRequest amendment;
  amendment.set_name(story::kAgreement);
  *amendment.mutable_terms() = story::terms();
  amendment.mutable_terms()->set_host("municipalities/147");
  amendment.mutable_terms()->set_from_date("2014-01-01");
  scene.tell(amendment);
  scene.name_recipient("165");
  const std::string budget = std::string(story::kAgreement) + "/budgets/2014";
  scene.budget("1000.00", budget);
  scene.now = platform::start_of(LocalDate(2014, 1, 2));
  scene.split(scene.answer(budget), budget);
  const Effects effects = scene.run(std::string(story::kAgreement) + "/charges/2014-annual");
  EXPECT_EQ(effects.facts[1].event.invoice_issued().invoice(),
            "regions/hovedstaden/invoices/147-2014-1");
  EXPECT_TRUE(effects.facts[2].event.invoice_issued().internal());
}

TEST(ChargeWatch, PreparesOnceAndThenHasNothingDue) {
  Scene scene;
  scene.stand();
  const auto due = next_charge(scene.state, scene.today());
  ASSERT_TRUE(due.has_value());
  EXPECT_LE(*due, scene.now);
  EXPECT_EQ(scene.take(charge_due(scene.state, scene.context())).facts.size(), 1u);
  EXPECT_EQ(next_charge(scene.state, scene.today()), std::nullopt);
  EXPECT_TRUE(charge_due(scene.state, scene.context()).facts.empty());
}

TEST(ChargeWatch, WaitsForTheFirstDayOfTheChargeMonth) {
  Scene scene;
  scene.agree();
  scene.budget("1000.00", std::string(story::kAgreement) + "/budgets/2014");
  EXPECT_EQ(next_charge(scene.state, scene.today()), platform::start_of(LocalDate(2014, 1, 1)));
  EXPECT_TRUE(charge_due(scene.state, scene.context()).facts.empty());
}

TEST(PopulationCorrection, SplitsAgainBeforeTheChargeAndOffersATrueUpAfterIt) {
  Scene scene;
  scene.stand();
  scene.take(correct_population(scene.state, figure(300)));
  auto budget = scene.state.budgets.find(k2013);
  ASSERT_EQ(budget->splits.size(), 2u);
  EXPECT_EQ(budget->splits[1]->content.cause(), v1::Split::CAUSE_POPULATION_CORRECTED);
  EXPECT_TRUE(budget->true_ups.empty());
  scene.run();
  scene.take(correct_population(scene.state, figure(200, 702)));
  budget = scene.state.budgets.find(k2013);
  ASSERT_EQ(budget->true_ups.size(), 1u);
  Money sum;
  for (const auto& row : budget->true_ups[0].content.differences()) {
    sum += Money{row.correct_oere()} - Money{row.charged_oere()};
  }
  EXPECT_EQ(sum, Money{});
}

TEST(PopulationCorrection, PassesOverWhatTheSplitKnowsAlready) {
  Scene scene;
  scene.stand();
  EXPECT_TRUE(correct_population(scene.state, figure(200)).facts.empty());
  EXPECT_TRUE(correct_population(scene.state, figure(300, 700)).facts.empty());
  PopulationFigure other_day = figure(300);
  other_day.reference_date = "2014-01-01";
  EXPECT_TRUE(correct_population(scene.state, other_day).facts.empty());
}

TEST(Snapshot, BringsTheWholeStateBack) {
  Scene scene;
  scene.stand();
  scene.run();
  scene.take(correct_population(scene.state, figure(300)));
  const std::string saved = save_state(scene.state);
  Financing loaded;
  ASSERT_TRUE(load_state(saved, loaded));
  EXPECT_EQ(save_state(loaded), saved);
  EXPECT_EQ(last_number(loaded, MunicipalityCode{"165"}, scene.today()), 3);
  EXPECT_EQ(loaded.agreements.find({"sekretariat"})->charged_year, 2013);
}

}  // namespace
}  // namespace kkr::financing
