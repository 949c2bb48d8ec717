#include "services/registry/domain/names.h"

#include "gtest/gtest.h"

namespace kkr::registry {
namespace {

TEST(Names, AreOfTheirOwnKindOnly) {
  EXPECT_EQ(RegionName::parse("regions/hovedstaden")->id(), "hovedstaden");
  EXPECT_EQ(ClusterName::parse("regions/hovedstaden/clusters/byen")->id(), "byen");
  EXPECT_FALSE(ClusterName::parse("regions/hovedstaden/bodies/byen"));
  EXPECT_FALSE(ClusterName::parse("regions/hovedstaden"));
  EXPECT_FALSE(RegionName::parse("regions/hovedstaden/"));
  EXPECT_FALSE(RegionName::parse(""));
}

TEST(Names, HaveIdsOfPlainCharacters) {
  for (const char* id : {"", "Hovedstaden", "h ovedstaden", "sjælland", "a.b"}) {
    EXPECT_FALSE(RegionName::parse(std::string("regions/") + id)) << id;
  }
  for (const char* id : {"a1", "1a", "midt-vest"}) {
    EXPECT_TRUE(RegionName::parse(std::string("regions/") + id)) << id;
  }
}

TEST(Names, OfMunicipalitiesEndInThreeDigits) {
  EXPECT_TRUE(MunicipalityName::parse("municipalities/165"));
  for (const char* code : {"16", "1650", "16a", "-65", ""}) {
    EXPECT_FALSE(MunicipalityName::parse(std::string("municipalities/") + code)) << code;
  }
}

TEST(Names, OfOfficesStandUnderAMunicipalityOrABody) {
  EXPECT_TRUE(OfficeName::parse("municipalities/165/offices/borgmester"));
  EXPECT_TRUE(OfficeName::parse("regions/hovedstaden/bodies/kkr/offices/formand"));
  EXPECT_FALSE(OfficeName::parse("regions/hovedstaden/offices/formand"));
}

TEST(Names, GiveTheStreamItsName) {
  EXPECT_EQ(stream_of(RegionName{"regions/hovedstaden"}), "region-hovedstaden");
  EXPECT_EQ(stream_of(ClusterName{"regions/hovedstaden/clusters/byen"}),
            "cluster-hovedstaden.byen");
  EXPECT_EQ(stream_of(OfficeName{"municipalities/165/offices/borgmester"}),
            "office-165.borgmester");
}

TEST(Names, OfClustersAndBodiesTellTheRegion) {
  EXPECT_EQ(region_of("regions/hovedstaden/clusters/byen").text, "regions/hovedstaden");
}

}  // namespace
}  // namespace kkr::registry
