#include "services/financing/domain/true_up.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <utility>

namespace kkr::financing {
namespace {

Shares shares_by(Money amount, const std::vector<int>& populations) {
  std::vector<Member> members;
  for (const int population : populations) {
    members.push_back({{std::to_string(100 + members.size())}, population});
  }
  return shares_of(std::get<Proof>(split(amount, std::move(members))));
}

TEST(ChangesBetween, NamesWhoPaidTooMuchAndWhoTooLittle) {
  const auto changes = changes_between({{{"101"}, Money{60}}, {{"147"}, Money{40}}},
                                       {{{"101"}, Money{55}}, {{"147"}, Money{45}}});
  ASSERT_EQ(changes.size(), 2u);
  EXPECT_EQ(difference(changes[0]), Money{-5});
  EXPECT_EQ(difference(changes[1]), Money{5});
}

TEST(ChangesBetween, LeavesOutWhoPaysTheSame) {
  const auto changes =
      changes_between({{{"101"}, Money{60}}, {{"147"}, Money{30}}, {{"151"}, Money{10}}},
                      {{{"101"}, Money{55}}, {{"147"}, Money{30}}, {{"153"}, Money{15}}});
  ASSERT_EQ(changes.size(), 3u);
  EXPECT_EQ(changes[1].municipality.text, "151");  // Left.
  EXPECT_EQ(difference(changes[1]), Money{-10});
  EXPECT_EQ(changes[2].municipality.text, "153");  // Joined.
  EXPECT_EQ(changes[2].charged, Money{});
  EXPECT_TRUE(changes_between({{{"101"}, Money{1}}}, {{{"101"}, Money{1}}}).empty());
}

RC_GTEST_PROP(ChangesBetween, AddsUpToTheDifferenceOfTheTotals, ()) {
  const auto populations =
      rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 700'000)));
  const Money charged{*rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000)};
  const Money correct{*rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000)};
  Money sum;
  for (const ShareChange& change :
       changes_between(shares_by(charged, *populations), shares_by(correct, *populations))) {
    sum += difference(change);
  }
  RC_ASSERT(sum == correct - charged);
}

}  // namespace
}  // namespace kkr::financing
