// Splits an amount over municipalities by population: largest remainder in øre, ties by
// municipality code, so that the shares add up to the amount exactly. What led to each share is
// kept as the proof. Integers only; the order of the members makes no difference.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/numeric/int128.h"
#include "services/financing/domain/ids.h"
#include "services/platform/money/money.h"

namespace kkr::financing {

using platform::Money;

constexpr std::int64_t kPopulationMax = 1'000'000'000;
constexpr std::size_t kMembersMax = 1'000'000;

struct Member {
  MunicipalityCode municipality;
  std::int64_t population = 0;
};

// What one inhabitant bears, in steps of 0.0001 DKK, rounded half away from zero.
struct PerInhabitant {
  std::int64_t steps = 0;
  auto operator<=>(const PerInhabitant&) const = default;
};

// Why a member pays what it pays. The quota is |amount| · population ÷ population of all, in øre;
// quota, floor and remainder are those of the amount without its sign, and the share bears the
// sign. So a repayment mirrors the charge to the øre.
struct ProofRow {
  MunicipalityCode municipality;
  std::int64_t population = 0;
  absl::uint128 quota_numerator = 0;  // The denominator is the proof's.
  Money floor;
  std::int64_t remainder = 0;  // Of the numerator divided by the denominator.
  std::size_t rank = 0;        // From 1, by remainder and then by code.
  Money share;                 // The floor, and one øre more when rank ≤ the proof's leftover.
  std::optional<PerInhabitant> per_inhabitant;  // None where nobody lives.
  std::optional<Money> change;                  // None without a share the year before.
};

struct Proof {
  Money amount;
  std::int64_t quota_denominator = 0;  // The population of all members.
  std::int64_t leftover = 0;           // How many øre were handed out by remainder.
  std::vector<ProofRow> rows;          // By municipality code.
};

// In order of precedence.
enum class SplitFault {
  kNoMembers,
  kTooManyMembers,
  kAmountTooLarge,         // Beyond platform::kMoneyMax.
  kPopulationOutOfBounds,  // Below 0 or above kPopulationMax.
  kMemberTwice,
  kNobodyLivesThere,  // The populations add up to 0.
};

// The shares and their proof, or why there are none.
std::variant<Proof, SplitFault> split(Money amount, std::vector<Member> members);

using Shares = std::map<MunicipalityCode, Money>;

Shares shares_of(const Proof& proof);

// Notes in each row how the share differs from that of the year before.
void compare(Proof& proof, const Shares& year_before);

// `0.8661`.
std::string format_per_inhabitant(PerInhabitant amount);
// The digits of the number.
std::string format_numerator(absl::uint128 numerator);

}  // namespace kkr::financing
