#include "services/financing/domain/split.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>
#include <utility>

namespace kkr::financing {
namespace {

using ::testing::ElementsAre;

// The 29 municipalities of Hovedstaden on 1 January 2013, by Danmarks Statistik.
std::vector<Member> members_of_2013() {
  return {
      {{"101"}, 559440}, {{"147"}, 102029}, {{"151"}, 48211}, {{"153"}, 34210}, {{"155"}, 13917},
      {{"157"}, 73360},  {{"159"}, 66030},  {{"161"}, 21869}, {{"163"}, 26958}, {{"165"}, 27824},
      {{"167"}, 51341},  {{"169"}, 48471},  {{"173"}, 53840}, {{"175"}, 37351}, {{"183"}, 21131},
      {{"185"}, 41572},  {{"187"}, 14797},  {{"190"}, 38236}, {{"201"}, 24073}, {{"210"}, 39462},
      {{"217"}, 61613},  {{"219"}, 48315},  {{"223"}, 24543}, {{"230"}, 54827}, {{"240"}, 42018},
      {{"250"}, 44365},  {{"260"}, 30803},  {{"270"}, 40655}, {{"400"}, 40715}};
}

Proof proof_of(Money amount, std::vector<Member> members) {
  return std::get<Proof>(split(amount, std::move(members)));
}

SplitFault fault(Money amount, std::vector<Member> members) {
  return std::get<SplitFault>(split(amount, std::move(members)));
}

const ProofRow& row_of(const Proof& proof, const std::string& code) {
  return *std::find_if(proof.rows.begin(), proof.rows.end(),
                       [&](const ProofRow& row) { return row.municipality.text == code; });
}

Money sum_of(const Proof& proof) {
  Money sum;
  for (const ProofRow& row : proof.rows) sum += row.share;
  return sum;
}

std::vector<std::int64_t> shares(const Proof& proof) {
  std::vector<std::int64_t> shares;
  for (const ProofRow& row : proof.rows) shares.push_back(row.share.ore);
  return shares;
}

TEST(Split, ChargesTheSecretariatOf2013) {
  const Proof proof = proof_of(Money{150'000'000}, members_of_2013());
  ASSERT_EQ(proof.rows.size(), 29u);
  EXPECT_EQ(proof.quota_denominator, 1'731'976);
  EXPECT_EQ(proof.leftover, 13);
  EXPECT_EQ(sum_of(proof), Money{150'000'000});
  EXPECT_EQ(row_of(proof, "101").share, Money{484'510'18});
  EXPECT_EQ(row_of(proof, "147").share, Money{88'363'52});
  EXPECT_EQ(row_of(proof, "165").share, Money{24'097'33});
  EXPECT_EQ(row_of(proof, "400").share, Money{35'261'75});
}

TEST(Split, KeepsWhatLedToAShare) {
  const Proof proof = proof_of(Money{150'000'000}, members_of_2013());
  const ProofRow& row = row_of(proof, "165");
  EXPECT_EQ(row.population, 27'824);
  EXPECT_EQ(row.quota_numerator, absl::uint128(27'824) * 150'000'000);
  EXPECT_EQ(absl::uint128(static_cast<std::uint64_t>(row.floor.ore)) * 1'731'976 +
                static_cast<std::uint64_t>(row.remainder),
            row.quota_numerator);
  EXPECT_EQ(format_numerator(row.quota_numerator), "4173600000000");
  EXPECT_EQ(format_per_inhabitant(*row.per_inhabitant), "0.8661");
}

TEST(Split, BreaksTiesByCode) {
  const std::vector<Member> members = {{{"230"}, 5}, {{"101"}, 5}, {{"165"}, 5}, {{"400"}, 0}};
  const Proof proof = proof_of(Money{101}, members);
  EXPECT_THAT(shares(proof), ElementsAre(34, 34, 33, 0));
  EXPECT_EQ(row_of(proof, "101").rank, 1u);
  EXPECT_EQ(row_of(proof, "165").rank, 2u);
  EXPECT_EQ(row_of(proof, "230").rank, 3u);
  EXPECT_EQ(row_of(proof, "400").rank, 4u);
  EXPECT_EQ(row_of(proof, "400").per_inhabitant, std::nullopt);
}

TEST(Split, GivesOneMemberEverything) {
  EXPECT_THAT(shares(proof_of(Money{7}, {{{"101"}, 3}})), ElementsAre(7));
  EXPECT_THAT(shares(proof_of(Money{0}, {{{"101"}, 3}})), ElementsAre(0));
}

TEST(Split, HoldsTheLargestAmountsAndPopulations) {
  const Proof proof = proof_of(
      platform::kMoneyMax, {{{"101"}, kPopulationMax}, {{"147"}, kPopulationMax}, {{"151"}, 1}});
  EXPECT_EQ(sum_of(proof), platform::kMoneyMax);
  EXPECT_THAT(shares(proof), ElementsAre(499'999'999'750'000, 499'999'999'750'000, 500'000));
  EXPECT_EQ(format_numerator(proof.rows[0].quota_numerator), "1000000000000000000000000");
}

// Top to bottom, each call repairs one fault of the row above: the order is tested too.
TEST(Split, NamesTheFirstFault) {
  const Money too_much = platform::kMoneyMax + Money{1};
  EXPECT_EQ(fault(too_much, {}), SplitFault::kNoMembers);
  EXPECT_EQ(fault(too_much, std::vector<Member>(kMembersMax + 1, {{"101"}, -1})),
            SplitFault::kTooManyMembers);
  EXPECT_EQ(fault(too_much, {{{"101"}, -1}, {{"101"}, 0}}), SplitFault::kAmountTooLarge);
  EXPECT_EQ(fault(-too_much, {{{"101"}, -1}, {{"101"}, 0}}), SplitFault::kAmountTooLarge);
  EXPECT_EQ(fault(Money{1}, {{{"101"}, -1}, {{"101"}, 0}}), SplitFault::kPopulationOutOfBounds);
  EXPECT_EQ(fault(Money{1}, {{{"101"}, kPopulationMax + 1}, {{"101"}, 0}}),
            SplitFault::kPopulationOutOfBounds);
  EXPECT_EQ(fault(Money{1}, {{{"101"}, 0}, {{"101"}, 0}}), SplitFault::kMemberTwice);
  EXPECT_EQ(fault(Money{1}, {{{"101"}, 0}, {{"147"}, 0}}), SplitFault::kNobodyLivesThere);
}

TEST(CompareShares, TellsTheChangeFromTheYearBefore) {
  Proof proof = proof_of(Money{300}, {{{"101"}, 2}, {{"147"}, 1}});
  compare(proof, {{{"101"}, Money{250}}});
  EXPECT_EQ(proof.rows[0].change, Money{-50});
  EXPECT_EQ(proof.rows[1].change, std::nullopt);
  compare(proof, {});
  EXPECT_EQ(proof.rows[0].change, std::nullopt);
}

TEST(PerInhabitant, IsRoundedHalfAwayFromZero) {
  const struct {
    std::int64_t ore;
    std::int64_t population;
    const char* text;
  } rows[] = {{1, 200, "0.0001"},
              {1, 201, "0.0000"},
              {-1, 200, "-0.0001"},
              {3, 200, "0.0002"},
              {15'000'000, 1, "150000.0000"},
              {2, 3, "0.0067"},
              {-2, 3, "-0.0067"}};
  for (const auto& row : rows) {
    const Proof proof = proof_of(Money{row.ore}, {{{"101"}, row.population}});
    EXPECT_EQ(format_per_inhabitant(*proof.rows[0].per_inhabitant), row.text) << row.ore;
  }
}

// What is split, by chance: up to 60 members, small and large numbers, many of them equal.
struct Apportionment {
  Money amount;
  std::vector<Member> members;
};

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : source_(seed) {}

  std::int64_t up_to(std::int64_t max) {
    // As many small numbers as large ones.
    const auto digits = std::uniform_int_distribution<int>(0, 16)(source_);
    std::int64_t bound = 1;
    for (int i = 0; i < digits; ++i) bound *= 10;
    return std::uniform_int_distribution<std::int64_t>(0, std::min(bound, max))(source_);
  }
  Apportionment apportionment() {
    Apportionment split{Money{up_to(platform::kMoneyMax.ore)}, {}};
    if (up_to(1) == 1) split.amount = -split.amount;
    const auto count = std::uniform_int_distribution<int>(1, 60)(source_);
    for (int i = 0; i < count; ++i) {
      const bool as_before = i > 0 && up_to(1) == 1;
      const std::int64_t population =
          as_before ? split.members.back().population : up_to(kPopulationMax);
      split.members.push_back({{std::to_string(100 + i)}, population});
    }
    split.members.front().population += split.members.front().population == 0 ? 1 : 0;
    return split;
  }
  void shuffle(std::vector<Member>& members) {
    std::shuffle(members.begin(), members.end(), source_);
  }

 private:
  std::mt19937_64 source_;
};

// What the rule promises of any split, by other arithmetic than the split's own.
void expect_lawful(const Apportionment& split, const Proof& proof) {
  ASSERT_EQ(sum_of(proof), split.amount);
  ASSERT_LT(proof.leftover, static_cast<std::int64_t>(proof.rows.size()));
  std::map<std::int64_t, std::pair<Money, Money>> bounds;  // Of the shares, by population.
  for (const ProofRow& row : proof.rows) {
    const absl::int128 off = absl::int128(row.share.ore) * proof.quota_denominator -
                             absl::int128(split.amount.ore) * row.population;
    ASSERT_LT(off, proof.quota_denominator);
    ASSERT_GT(off, -proof.quota_denominator);
    auto& [least, most] = bounds.try_emplace(row.population, row.share, row.share).first->second;
    least = std::min(least, row.share);
    most = std::max(most, row.share);
  }
  for (const auto& [population, bound] : bounds) {
    ASSERT_LE(bound.second - bound.first, Money{1}) << population;
  }
}

TEST(Split, HoldsItsLawsInAHundredThousandCases) {
  constexpr int kCases = 100'000;
  const std::uint64_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  Chance chance(seed);
  for (int i = 0; i < kCases; ++i) {
    Apportionment split = chance.apportionment();
    const Proof proof = proof_of(split.amount, split.members);
    expect_lawful(split, proof);
    chance.shuffle(split.members);
    ASSERT_EQ(shares(proof_of(split.amount, split.members)), shares(proof));
    const Proof mirrored = proof_of(-split.amount, split.members);
    for (std::size_t row = 0; row < proof.rows.size(); ++row) {
      ASSERT_EQ(mirrored.rows[row].share, -proof.rows[row].share);
    }
    if (HasFatalFailure()) return;
  }
}

RC_GTEST_PROP(Split, RanksByRemainderAndThenByCode, ()) {
  const auto populations =
      *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 20)));
  std::vector<Member> members;
  for (const int population : populations) {
    members.push_back({{std::to_string(1000 + members.size())}, population});
  }
  Proof proof = proof_of(Money{*rc::gen::inRange(0, 1000)}, members);
  std::sort(proof.rows.begin(), proof.rows.end(), [](const ProofRow& a, const ProofRow& b) {
    return std::pair(-a.remainder, a.municipality) < std::pair(-b.remainder, b.municipality);
  });
  for (std::size_t i = 0; i < proof.rows.size(); ++i) RC_ASSERT(proof.rows[i].rank == i + 1);
}

}  // namespace
}  // namespace kkr::financing
