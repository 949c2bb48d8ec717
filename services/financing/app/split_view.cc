#include "services/financing/app/split_view.h"

#include <utility>
#include <variant>
#include <vector>

#include "services/financing/domain/split.h"
#include "services/financing/domain/split_commands.h"
#include "services/platform/time/timestamp.h"

namespace kkr::financing {
namespace {

using platform::format_money;

Shares shares_of_year(const Financing& state, const YearKey& year) {
  SplitPtr split = charged_split(state, year);
  if (split == nullptr) {
    const auto budget = state.budgets.find(year);
    if (budget != nullptr) split = newest_split(*budget);
  }
  Shares shares;
  if (split == nullptr) return shares;
  for (const v1::SplitShare& share : split->content.shares()) {
    shares[MunicipalityCode{share.member().code()}] = Money{share.share_oere()};
  }
  return shares;
}

// The stored proof once more as the splitter makes it, for what is derived from it.
Proof proof_of(const v1::BudgetSplit& split) {
  std::vector<Member> members;
  for (const v1::SplitShare& share : split.shares()) {
    members.push_back({MunicipalityCode{share.member().code()}, share.member().population()});
  }
  auto proof = financing::split(Money{split.total_oere()}, std::move(members));
  return std::holds_alternative<Proof>(proof) ? std::get<Proof>(std::move(proof)) : Proof{};
}

void show_row(const v1::SplitShare& share, const ProofRow& derived, const v1::BudgetSplit& split,
              v1::SplitRow& row) {
  const v1::SplitMember& member = share.member();
  row.set_code(member.code());
  row.set_display_name(member.display_name());
  row.set_population(member.population());
  row.set_population_source(member.population_source());
  *row.mutable_population_recorded_time() = member.population_recorded_at();
  row.set_quota_numerator(format_numerator(derived.quota_numerator));
  row.set_quota_denominator(split.population_total());
  row.set_floor(format_money(Money{share.floor_oere()}));
  row.set_remainder(share.remainder());
  row.set_rank(share.rank());
  row.set_rounded_up(share.share_oere() > share.floor_oere());
  row.set_share(format_money(Money{share.share_oere()}));
  if (derived.per_inhabitant) {
    row.set_share_per_inhabitant(format_per_inhabitant(*derived.per_inhabitant));
  }
  if (derived.change) row.set_change_from_year_before(format_money(*derived.change));
}

}  // namespace

v1::Split shown(const Financing& state, const YearKey& year, const Split& split, Rows rows) {
  const v1::BudgetSplit& content = split.content;
  v1::Split reply;
  reply.set_name(content.split());
  reply.set_cause(content.cause());
  reply.set_total(format_money(Money{content.total_oere()}));
  reply.set_population_total(content.population_total());
  reply.set_reference_date(content.reference_date());
  reply.set_members_as_of_date(content.members_as_of_date());
  reply.set_host(municipality_name(MunicipalityCode{content.host()}));
  reply.set_registry_generation(content.registry_generation());
  reply.set_registry_position(content.registry_position());
  *reply.mutable_create_time() = platform::timestamp_of(split.created_at);
  std::int64_t handed_out = 0;
  for (const v1::SplitShare& share : content.shares()) {
    handed_out += share.share_oere() - share.floor_oere();
  }
  reply.set_remainder_oere(handed_out);
  if (rows == Rows::kLeftOut) return reply;
  Proof proof = proof_of(content);
  compare(proof, shares_of_year(state, {year.agreement, year.year - 1}));
  for (int i = 0; i < content.shares_size() && i < static_cast<int>(proof.rows.size()); ++i) {
    show_row(content.shares(i), proof.rows[static_cast<std::size_t>(i)], content,
             *reply.add_rows());
  }
  return reply;
}

}  // namespace kkr::financing
