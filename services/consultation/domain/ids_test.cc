#include "services/consultation/domain/ids.h"

#include "gtest/gtest.h"

namespace kkr::consultation {
namespace {

TEST(ResourceNames, AreTakenApart) {
  const auto name =
      parse_round_member_name("regions/hovedstaden/rounds/r1/extensions/165", "extensions");
  ASSERT_TRUE(name);
  EXPECT_EQ(name->region, "hovedstaden");
  EXPECT_EQ(name->key.round.text, "r1");
  EXPECT_EQ(name->key.municipality.text, "165");
  EXPECT_EQ(parse_round_name("regions/sjaelland/rounds/a-b")->round.text, "a-b");
  EXPECT_EQ(parse_paper_name("regions/sjaelland/papers/p9")->paper.text, "p9");
  EXPECT_EQ(parse_region_name("regions/sjaelland"), "sjaelland");
}

TEST(ResourceNames, AreRefusedUnlessTheyHaveExactlyTheShape) {
  EXPECT_FALSE(parse_round_name(""));
  EXPECT_FALSE(parse_round_name("regions/hovedstaden"));
  EXPECT_FALSE(parse_round_name("regions/hovedstaden/rounds/"));
  EXPECT_FALSE(parse_round_name("regions//rounds/r1"));
  EXPECT_FALSE(parse_round_name("regions/hovedstaden/papers/r1"));
  EXPECT_FALSE(parse_round_name("regions/hovedstaden/rounds/r1/"));
  EXPECT_FALSE(parse_round_name("regions/hovedstaden/rounds/r 1"));
  EXPECT_FALSE(parse_round_name("regions/hovedstaden/rounds/" + std::string(65, 'a')));
  EXPECT_FALSE(parse_round_member_name("regions/h/rounds/r/answers/165", "extensions"));
}

TEST(ResourceNames, AreWhatTheyWereMadeFrom) {
  EXPECT_EQ(round_name("h", RoundId{"r1"}), "regions/h/rounds/r1");
  EXPECT_EQ(round_of(round_name("h", RoundId{"r1"})).text, "r1");
  EXPECT_EQ(paper_of(paper_name("h", PaperId{"p1"})).text, "p1");
}

TEST(Streams, AreOnePerAggregate) {
  EXPECT_EQ(stream_of(PaperId{"p"}), "paper-p");
  EXPECT_EQ(stream_of(RoundId{"r"}), "round-r");
  EXPECT_EQ(stream_of(AnswerKey{RoundId{"r"}, MunicipalityCode{"165"}}), "answer-r-165");
}

TEST(WishableId, BeginsWithALetterAndIsShort) {
  EXPECT_TRUE(is_wishable_id("rammepapir-2013"));
  EXPECT_FALSE(is_wishable_id(""));
  EXPECT_FALSE(is_wishable_id("2013"));
  EXPECT_FALSE(is_wishable_id("Rammepapir"));
  EXPECT_TRUE(is_wishable_id(std::string(63, 'a')));
  EXPECT_FALSE(is_wishable_id(std::string(64, 'a')));
}

}  // namespace
}  // namespace kkr::consultation
