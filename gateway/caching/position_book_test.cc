#include "gateway/caching/position_book.h"

#include <gtest/gtest.h>

#include <string>

namespace kkr::gateway {
namespace {

platform::LogPosition at(const char* text) { return *platform::parse_log_position(text); }

TEST(PositionBook, KnowsWhetherAViewStillHolds) {
  PositionBook book;
  EXPECT_FALSE(book.is_newest({at("consultation/hovedstaden/g1/5")})) << "nothing is known yet";
  book.observe(at("consultation/hovedstaden/g1/5"));
  book.observe(at("registry/danmark/r1/9"));
  EXPECT_TRUE(book.is_newest({at("consultation/hovedstaden/g1/5"), at("registry/danmark/r1/9")}));
  EXPECT_TRUE(book.is_newest({at("consultation/hovedstaden/g1/6")})) << "newer than the bus";
  book.observe(at("consultation/sjaelland/g1/99"));
  EXPECT_TRUE(book.is_newest({at("consultation/hovedstaden/g1/5")})) << "another log's event";
  book.observe(at("registry/danmark/r1/10"));
  EXPECT_FALSE(book.is_newest({at("consultation/hovedstaden/g1/5"), at("registry/danmark/r1/9")}));
}

TEST(PositionBook, AnOldReplyTakesNothingBack) {
  PositionBook book;
  book.observe(at("consultation/hovedstaden/g1/5"));
  book.observe(at("consultation/hovedstaden/g1/4"));
  EXPECT_FALSE(book.is_newest({at("consultation/hovedstaden/g1/4")}));
}

TEST(PositionBook, ANewGenerationEndsTheOneBefore) {
  PositionBook book;
  book.observe(at("consultation/hovedstaden/g1/5"));
  book.observe(at("consultation/hovedstaden/g2/3"));
  EXPECT_FALSE(book.is_newest({at("consultation/hovedstaden/g1/5")}));
  EXPECT_TRUE(book.is_newest({at("consultation/hovedstaden/g2/3")}));
}

TEST(PositionBook, AReplacedGenerationDoesNotComeBack) {
  PositionBook book;
  book.observe(at("consultation/hovedstaden/g1/5"));
  book.observe(at("consultation/hovedstaden/g2/3"));
  book.observe(at("consultation/hovedstaden/g1/6"));
  EXPECT_FALSE(book.is_newest({at("consultation/hovedstaden/g1/6")})) << "of a late replica";
  EXPECT_TRUE(book.is_newest({at("consultation/hovedstaden/g2/3")}));
}

TEST(PositionBook, ForgetsGenerationsLongGone) {
  PositionBook book;
  for (int i = 0; i < 1000; ++i) {
    const auto position = at(("consultation/hovedstaden/g" + std::to_string(i) + "/3").c_str());
    book.observe(position);
    EXPECT_TRUE(book.is_newest({position}));
  }
}

TEST(PositionBook, KnowsTheLogsOfARegionAndTheNationalOnes) {
  PositionBook book;
  book.observe(at("consultation/hovedstaden/g1/5"));
  book.observe(at("consultation/sjaelland/g1/6"));
  book.observe(at("registry/danmark/r1/9"));
  const auto known = book.known_of("hovedstaden");
  ASSERT_EQ(known.size(), 2U);
  EXPECT_EQ(known[0].text(), "consultation/hovedstaden/g1/5");
  EXPECT_EQ(known[1].text(), "registry/danmark/r1/9");
}

}  // namespace
}  // namespace kkr::gateway
