#include "services/financing/domain/split_commands.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "services/financing/domain/split.h"
#include "services/financing/domain/true_up.h"

namespace kkr::financing {
namespace {

using platform::format_date;
using platform::parse_date;

LocalDate reference_date_of(v1::ReferenceYear rule, int year) {
  return LocalDate(rule == v1::REFERENCE_YEAR_BEFORE ? year - 1 : year, 1, 1);
}

std::optional<Refusal> fault_in(const SplitAnswer& answer) {
  if (answer.members.empty()) return refusal(Rejection::kNoMembers);
  const bool has_host =
      std::any_of(answer.members.begin(), answer.members.end(),
                  [&](const auto& member) { return member.code() == answer.question.host.text; });
  if (!has_host) {
    return refusal(Rejection::kHostNotMember, {{"host", answer.question.host.text}});
  }
  std::string unknown;
  for (const v1::SplitMember& member : answer.members) {
    if (!member.population_source().empty()) continue;
    unknown += (unknown.empty() ? "" : ",") + member.code();
  }
  if (unknown.empty()) return std::nullopt;
  return refusal(Rejection::kPopulationUnknown,
                 {{"municipalities", unknown},
                  {"reference_date", format_date(answer.question.reference_date)}});
}

Shares shares_in(const v1::BudgetSplit& split) {
  Shares shares;
  for (const v1::SplitShare& share : split.shares()) {
    shares[MunicipalityCode{share.member().code()}] = Money{share.share_oere()};
  }
  return shares;
}

// What the split changes of the one that was charged. When it changes nothing, that is a fact only
// if it takes the place of an offer.
void add_true_up(const Named<YearKey>& year, int number, const Budget& budget,
                 const v1::BudgetSplit& charged, const v1::BudgetSplit& correct, Effects& effects) {
  v1::Event event;
  v1::TrueUpOffered& offered = *event.mutable_true_up_offered();
  offered.set_true_up(true_up_name(year.region, year.id, number));
  offered.set_charged_split(charged.split());
  offered.set_split(correct.split());
  for (const ShareChange& change : changes_between(shares_in(charged), shares_in(correct))) {
    v1::TrueUpDifference& row = *offered.add_differences();
    row.set_code(change.municipality.text);
    row.set_charged_oere(change.charged.ore);
    row.set_correct_oere(change.correct.ore);
  }
  if (offered.differences().empty() && offered_true_up(budget) == nullptr) return;
  effects.facts.push_back({stream_of(year.id.agreement), std::move(event)});
}

}  // namespace

std::variant<SplitQuestion, Refusal> question_of(const Financing& state, std::string_view budget,
                                                 LocalDate today) {
  const auto name = parse_budget_name(budget);
  const auto agreement = name ? state.agreements.find(name->id.agreement) : nullptr;
  if (agreement == nullptr) return refusal(Rejection::kAgreementUnknown);
  const int year = name->id.year;
  if (!state.budgets.contains(name->id)) return refusal(Rejection::kBudgetUnknown);
  if (!holds_in(*agreement, year)) return refusal(Rejection::kOutsideAgreement);
  const v1::Terms& terms = terms_for(*agreement, year, today).content;
  SplitQuestion question;
  question.members_of = terms.members().of();
  question.members_as_of =
      parse_date(terms.members().as_of_date()).value_or(first_day_in(*agreement, year));
  question.reference_date = reference_date_of(
      is_first_year(*agreement, year) ? terms.key().first_year() : terms.key().regular(), year);
  question.host = *parse_municipality_name(terms.host());
  // A true-up corrects what that host charged.
  if (const SplitPtr charged = charged_split(state, name->id)) {
    question.host = MunicipalityCode{charged->content.host()};
  }
  return question;
}

Decision decide(const Financing& state, const v1::CreateSplitRequest& command,
                const SplitAnswer& answer, const Context& context) {
  auto question = question_of(state, command.parent(), platform::local_date_of(context.now));
  if (auto* fault = std::get_if<Refusal>(&question)) return std::move(*fault);
  if (std::get<SplitQuestion>(question) != answer.question) return refusal(Rejection::kEtagStale);
  if (auto fault = fault_in(answer)) return *std::move(fault);
  const Named<YearKey> year = *parse_budget_name(command.parent());
  const auto budget = state.budgets.find(year.id);
  v1::BudgetSplit split;
  split.set_cause(v1::Split::CAUSE_ASKED);
  split.set_total_oere(total_of(*budget).ore);
  split.set_host(answer.question.host.text);
  split.set_reference_date(format_date(answer.question.reference_date));
  split.set_members_as_of_date(format_date(answer.question.members_as_of));
  split.set_registry_generation(answer.registry_generation);
  split.set_registry_position(answer.registry_position);
  if (!share_out(split, answer.members)) return refusal(Rejection::kPopulationUnknown);
  Effects effects;
  const SplitPtr newest = newest_split(*budget);
  if (newest != nullptr && is_same_split(newest->content, split)) return effects;
  add_split(state, year, std::move(split), effects);
  return effects;
}

bool share_out(v1::BudgetSplit& split, std::vector<v1::SplitMember> members) {
  std::sort(members.begin(), members.end(),
            [](const auto& a, const auto& b) { return a.code() < b.code(); });
  std::vector<Member> counted;
  counted.reserve(members.size());
  for (const v1::SplitMember& member : members) {
    counted.push_back({MunicipalityCode{member.code()}, member.population()});
  }
  auto outcome = financing::split(Money{split.total_oere()}, std::move(counted));
  const auto* proof = std::get_if<Proof>(&outcome);
  if (proof == nullptr) return false;
  split.set_population_total(proof->quota_denominator);
  split.clear_shares();
  for (std::size_t i = 0; i < proof->rows.size(); ++i) {
    const ProofRow& row = proof->rows[i];
    v1::SplitShare& share = *split.add_shares();
    share.mutable_member()->Swap(&members[i]);
    share.set_floor_oere(row.floor.ore);
    share.set_remainder(row.remainder);
    share.set_rank(static_cast<int>(row.rank));
    share.set_share_oere(row.share.ore);
  }
  return true;
}

bool is_same_split(const v1::BudgetSplit& a, const v1::BudgetSplit& b) {
  const auto essence = [](v1::BudgetSplit split) {
    split.clear_split();
    split.clear_cause();
    split.clear_registry_generation();
    split.clear_registry_position();
    return split.SerializeAsString();
  };
  return essence(a) == essence(b);
}

void add_split(const Financing& state, const Named<YearKey>& year, v1::BudgetSplit split,
               Effects& effects) {
  const auto budget = state.budgets.find(year.id);
  const int number = static_cast<int>(budget->splits.size()) + 1;
  const SplitPtr charged = charged_split(state, year.id);
  split.set_split(split_name(year.region, year.id, number));
  if (charged != nullptr) split.set_cause(v1::Split::CAUSE_TRUE_UP);
  v1::Event event;
  *event.mutable_budget_split() = split;
  effects.facts.push_back({stream_of(year.id.agreement), std::move(event)});
  if (charged != nullptr) add_true_up(year, number, *budget, charged->content, split, effects);
}

SplitPtr charged_split(const Financing& state, const YearKey& year) {
  const auto charge = state.charges.find(year);
  const auto budget = state.budgets.find(year);
  if (charge == nullptr || !charge->run || budget == nullptr) return nullptr;
  // A true-up that was settled has become what is charged.
  std::string name = charge->run->split();
  for (const TrueUp& true_up : budget->true_ups) {
    const bool settled = true_up.settlement == v1::SETTLEMENT_NEXT_YEAR ||
                         true_up.settlement == v1::SETTLEMENT_REISSUE;
    if (settled) name = true_up.content.split();
  }
  const auto parsed = parse_split_name(name);
  return parsed ? split_of(*budget, parsed->number) : nullptr;
}

void keep(Financing& state, const v1::BudgetSplit& fact, const Recorded& recorded) {
  const auto name = parse_split_name(fact.split());
  if (!name) return;
  state.budgets.update(name->id, [&](Budget& budget) {
    budget.splits.push_back(
        std::make_shared<const Split>(Split{fact, recorded.at.recorded_at, recorded.at.position}));
    budget.etag = etag_of(recorded);
  });
}

}  // namespace kkr::financing
