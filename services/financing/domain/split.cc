#include "services/financing/domain/split.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace kkr::financing {
namespace {

bool by_code(const Member& a, const Member& b) { return a.municipality < b.municipality; }

std::optional<SplitFault> fault_of(Money amount, const std::vector<Member>& sorted) {
  if (sorted.empty()) return SplitFault::kNoMembers;
  if (sorted.size() > kMembersMax) return SplitFault::kTooManyMembers;
  if (amount > platform::kMoneyMax || amount < -platform::kMoneyMax) {
    return SplitFault::kAmountTooLarge;
  }
  const auto out_of_bounds = [](const Member& member) {
    return member.population < 0 || member.population > kPopulationMax;
  };
  if (std::any_of(sorted.begin(), sorted.end(), out_of_bounds)) {
    return SplitFault::kPopulationOutOfBounds;
  }
  const auto same = [](const Member& a, const Member& b) {
    return a.municipality == b.municipality;
  };
  if (std::adjacent_find(sorted.begin(), sorted.end(), same) != sorted.end()) {
    return SplitFault::kMemberTwice;
  }
  return std::nullopt;
}

PerInhabitant per_inhabitant(Money share, std::int64_t population) {
  constexpr std::int64_t kStepsPerOre = 100;
  const absl::int128 doubled = absl::int128(magnitude(share).ore) * kStepsPerOre * 2;
  const auto steps = static_cast<std::int64_t>((doubled + population) / (2 * population));
  return {share < Money{} ? -steps : steps};
}

// The rows with everything but the share, in the order of the members.
std::vector<ProofRow> quotas(Money amount, const std::vector<Member>& members,
                             std::int64_t denominator) {
  std::vector<ProofRow> rows;
  rows.reserve(members.size());
  const auto ore = static_cast<std::uint64_t>(magnitude(amount).ore);
  const auto divisor = static_cast<std::uint64_t>(denominator);
  for (const Member& member : members) {
    ProofRow& row = rows.emplace_back();
    row.municipality = member.municipality;
    row.population = member.population;
    row.quota_numerator = absl::uint128(ore) * static_cast<std::uint64_t>(member.population);
    const auto floor = static_cast<std::uint64_t>(row.quota_numerator / divisor);
    row.floor = Money{static_cast<std::int64_t>(floor)};
    row.remainder = static_cast<std::int64_t>(row.quota_numerator - absl::uint128(floor) * divisor);
  }
  return rows;
}

// Numbers the rows by remainder, the largest first; equal ones stay in the order of their codes.
// Remainders lie evenly below the denominator, so each of as many shelves as there are rows holds
// about one, and the time per row does not grow with their number.
void rank(std::vector<ProofRow>& rows, std::int64_t denominator) {
  const auto shelf_of = [&](const ProofRow& row) {
    const auto below = static_cast<std::uint64_t>(denominator - 1 - row.remainder);
    return static_cast<std::size_t>(absl::uint128(below) * rows.size() /
                                    static_cast<std::uint64_t>(denominator));
  };
  std::vector<std::size_t> shelf_end(rows.size() + 1);
  for (const ProofRow& row : rows) ++shelf_end[shelf_of(row) + 1];
  std::partial_sum(shelf_end.begin(), shelf_end.end(), shelf_end.begin());
  std::vector<ProofRow*> ranked(rows.size());
  // Each shelf's entry is where its next row goes, and at last where it ends.
  for (ProofRow& row : rows) ranked[shelf_end[shelf_of(row)]++] = &row;
  std::size_t begin = 0;
  for (std::size_t shelf = 0; shelf < rows.size(); ++shelf) {
    const auto at = [&](std::size_t index) {
      return ranked.begin() + static_cast<std::ptrdiff_t>(index);
    };
    std::stable_sort(at(begin), at(shelf_end[shelf]), [](const ProofRow* a, const ProofRow* b) {
      return a->remainder > b->remainder;
    });
    begin = shelf_end[shelf];
  }
  for (std::size_t i = 0; i < ranked.size(); ++i) ranked[i]->rank = i + 1;
}

}  // namespace

std::variant<Proof, SplitFault> split(Money amount, std::vector<Member> members) {
  // The registry lists them in this order.
  if (!std::is_sorted(members.begin(), members.end(), by_code)) {
    std::sort(members.begin(), members.end(), by_code);
  }
  if (const auto fault = fault_of(amount, members)) return *fault;
  std::int64_t denominator = 0;
  for (const Member& member : members) denominator += member.population;
  if (denominator == 0) return SplitFault::kNobodyLivesThere;

  Proof proof{amount, denominator, 0, quotas(amount, members, denominator)};
  Money left = magnitude(amount);
  for (const ProofRow& row : proof.rows) left -= row.floor;
  proof.leftover = left.ore;
  rank(proof.rows, denominator);
  for (ProofRow& row : proof.rows) {
    const bool gets_one = row.rank <= static_cast<std::size_t>(proof.leftover);
    const Money share = row.floor + Money{gets_one ? 1 : 0};
    row.share = amount < Money{} ? -share : share;
    if (row.population > 0) row.per_inhabitant = per_inhabitant(row.share, row.population);
  }
  return proof;
}

Shares shares_of(const Proof& proof) {
  Shares shares;
  for (const ProofRow& row : proof.rows) shares.emplace(row.municipality, row.share);
  return shares;
}

void compare(Proof& proof, const Shares& year_before) {
  for (ProofRow& row : proof.rows) {
    const auto found = year_before.find(row.municipality);
    row.change =
        found == year_before.end() ? std::nullopt : std::optional(row.share - found->second);
  }
}

std::string format_per_inhabitant(PerInhabitant amount) {
  constexpr std::int64_t kStepsPerKrone = 10'000;
  const std::int64_t steps = amount.steps < 0 ? -amount.steps : amount.steps;
  std::string decimals = std::to_string(kStepsPerKrone + steps % kStepsPerKrone);
  decimals.front() = '.';
  return (amount.steps < 0 ? "-" : "") + std::to_string(steps / kStepsPerKrone) + decimals;
}

std::string format_numerator(absl::uint128 numerator) {
  std::string digits;
  do {
    digits += static_cast<char>('0' + static_cast<int>(numerator % 10));
    numerator /= 10;
  } while (numerator > 0);
  std::reverse(digits.begin(), digits.end());
  return digits;
}

}  // namespace kkr::financing
