#include "services/financing/payments/bank_statement.h"

#include <set>

#include "gtest/gtest.h"

namespace kkr::financing {
namespace {

BankMovement movement(int day, std::int64_t ore, const std::string& text) {
  BankMovement movement;
  movement.booked_on = platform::LocalDate(2013, 3, day);
  movement.amount = platform::Money{ore};
  movement.text = text;
  return movement;
}

std::vector<std::string> identities(std::vector<BankMovement> movements) {
  give_identities(movements);
  std::vector<std::string> identities;
  for (const BankMovement& one : movements) identities.push_back(one.identity);
  return identities;
}

TEST(GiveIdentities, GivesTheSameMovementTheSameWhereverItStands) {
  const auto march = identities({movement(1, 100, "a"), movement(2, 100, "a")});
  const auto later = identities({movement(2, 100, "a"), movement(3, 100, "a")});
  EXPECT_EQ(march[1], later[0]);
  EXPECT_EQ(march[0].size(), 32U);
  EXPECT_EQ(std::set({march[0], march[1], later[1]}).size(), 3U);
}

TEST(GiveIdentities, CountsMovementsOfADayThatAgreeInEverything) {
  const auto twice = identities({movement(1, 100, "a"), movement(1, 100, "a")});
  EXPECT_NE(twice[0], twice[1]);
  EXPECT_EQ(identities({movement(1, 100, "a")})[0], twice[0]);
}

TEST(GiveIdentities, TellsMovementsApartByWhatIsKnownOfThem) {
  std::vector<BankMovement> movements(6, movement(1, 100, "a"));
  movements[1].payer = "b";
  movements[2].reference = "c";
  movements[3].account = "30001234567890";
  movements[4].amount = platform::Money{-100};
  movements[5].bank_reference = "D1";
  const auto all = identities(movements);
  EXPECT_EQ(std::set(all.begin(), all.end()).size(), 6U);
}

TEST(GiveIdentities, TrustsTheBanksNumberMoreThanTheText) {
  std::vector<BankMovement> movements = {movement(1, 100, "a"), movement(4, 100, "a, rettet")};
  movements[0].bank_reference = movements[1].bank_reference = "D1";
  EXPECT_EQ(identities({movements[0]}), identities({movements[1]}));
}

TEST(NormalAccount, KnowsTheWaysToWriteOneDanishAccount) {
  for (const char* written : {"DK5030001234567890", "DK50 3000 1234 5678 90", "3000 1234567890",
                              "3000-1234567890", "30001234567890"}) {
    EXPECT_EQ(normal_account(written), "30001234567890") << written;
  }
  EXPECT_EQ(normal_account("3000 12345"), "30000000012345");
  EXPECT_EQ(normal_account("SE45 5000 0000"), "SE4550000000");
  EXPECT_EQ(normal_account("Driftskonto"), "Driftskonto");
  EXPECT_EQ(normal_account(""), "");
}

TEST(NormalText, KeepsToOneLine) {
  EXPECT_EQ(normal_text("  Andel\r\n\t2013  "), "Andel 2013");
  EXPECT_EQ(normal_text(" \n"), "");
  std::string long_text;
  for (int i = 0; i < 600; ++i) long_text += "ø ";
  EXPECT_EQ(normal_text(long_text), long_text.substr(0, 3 * 499) + "ø");
}

}  // namespace
}  // namespace kkr::financing
