#include "services/platform/field/resource_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kkr::platform {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;

TEST(MatchName, ReturnsTheIdsInOrder) {
  EXPECT_THAT(match_name("regions/{region}/rounds/{round}", "regions/hovedstaden/rounds/r-1"),
              Optional(ElementsAre("hovedstaden", "r-1")));
  EXPECT_THAT(match_name("clock", "clock"), Optional(ElementsAre()));
}

TEST(MatchName, RefusesAnotherShapeOrAnIdThatIsNone) {
  const std::string_view rows[] = {
      "",
      "regions/hovedstaden",
      "regions/hovedstaden/rounds",
      "regions/hovedstaden/rounds/",
      "regions/hovedstaden/rounds/r/extra",
      "regions/hovedstaden/papers/r",
      "regions/Hovedstaden/rounds/r",
      "regions/../rounds/r",
      "regions/hovedstaden/rounds/r 1",
      "/regions/hovedstaden/rounds/r",
  };
  for (const auto row : rows)
    EXPECT_FALSE(match_name("regions/{region}/rounds/{round}", row)) << row;
}

TEST(IsResourceId, HoldsAtSixtyThreeCharacters) {
  EXPECT_TRUE(is_resource_id(std::string(63, 'a')));
  EXPECT_FALSE(is_resource_id(std::string(64, 'a')));
}

TEST(IsUuid, WantsHyphensAndHexadecimalDigitsInTheirPlaces) {
  EXPECT_TRUE(is_uuid("0f8fad5b-d9cb-469f-a165-70867728950e"));
  EXPECT_TRUE(is_uuid("0F8FAD5B-D9CB-469F-A165-70867728950E"));
  EXPECT_FALSE(is_uuid("0f8fad5bd-9cb-469f-a165-70867728950e"));
  EXPECT_FALSE(is_uuid("0f8fad5b-d9cb-469f-a165-70867728950g"));
  EXPECT_FALSE(is_uuid("0f8fad5b-d9cb-469f-a165-70867728950"));
}

TEST(IsActorId, AcceptsIdsAndNoNamesOrAddresses) {
  for (const auto actor : {"secretariat", "persons/p-1", "municipalities/165", "a"})
    EXPECT_TRUE(is_actor_id(actor)) << actor;
  for (const auto actor :
       {"", "Anna", "anna@albertslund.example", "anna jensen", "/persons", "søren"})
    EXPECT_FALSE(is_actor_id(actor)) << actor;
  EXPECT_TRUE(is_actor_id(std::string(100, 'a')));
  EXPECT_FALSE(is_actor_id(std::string(101, 'a')));
}

TEST(RegionOf, IsFoundInEveryNameBelowARegion) {
  EXPECT_EQ(region_of("regions/hovedstaden"), "hovedstaden");
  EXPECT_EQ(region_of("regions/hovedstaden/rounds/r-1"), "hovedstaden");
  for (const char* other : {"", "regions", "municipalities/165", "/regions/hovedstaden"}) {
    EXPECT_EQ(region_of(other), "") << other;
  }
}

}  // namespace
}  // namespace kkr::platform
