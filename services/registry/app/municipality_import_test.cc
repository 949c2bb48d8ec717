#include "services/registry/app/municipality_import.h"

#include "services/registry/testing/scene.h"

namespace kkr::registry {
namespace {

using namespace scene;

std::vector<MunicipalityLine> lines(const std::string& text) {
  const auto read = read_municipalities(
      "code,name,official_name,region,cluster,cvr,ean,population_2013\n" + text, "DST");
  return std::get<std::vector<MunicipalityLine>>(read);
}

constexpr char kNewInHovedstaden[] =
    "167,Hvidovre,Hvidovre Kommune,Hovedstaden,Midt-Øst,55606617,,51341\n";

TEST(ImportMunicipalities, PutsALineOnRecord) {
  Scene scene = with_a_member();
  scene.take(decide_import(scene, lines(kNewInHovedstaden), context()));
  const State& state = scene.state();
  const auto municipality = state.municipalities.find(MunicipalityName{"municipalities/167"});
  ASSERT_NE(municipality, nullptr);
  EXPECT_EQ(municipality->cvr, "55606617");
  EXPECT_EQ(municipality->populations.at(0).count, 51341);
  const auto region = state.regions.find(RegionName{"regions/hovedstaden"});
  ASSERT_EQ(region->members.size(), 2U);
  EXPECT_EQ(region->members[1].municipality.text, "municipalities/167");
  EXPECT_EQ(region->members[1].period, region->period);
  const auto cluster = state.clusters.find(ClusterName{"regions/hovedstaden/clusters/midt-oest"});
  ASSERT_NE(cluster, nullptr);
  EXPECT_FALSE(cluster->verified);
  EXPECT_EQ(cluster->members.at(0).municipality.text, "municipalities/167");
}

TEST(ImportMunicipalities, ChangesNothingTheSecondTime) {
  Scene scene = with_a_member();
  scene.take(decide_import(scene, lines(kNewInHovedstaden), context()));
  EXPECT_TRUE(facts_of(decide_import(scene, lines(kNewInHovedstaden), context())).empty());
}

TEST(ImportMunicipalities, RecordsOnlyWhatDiffers) {
  Scene scene = with_a_member();
  scene.take(decide_import(scene, lines(kNewInHovedstaden), context()));
  const auto facts = facts_of(
      decide_import(scene, lines("167,Hvidovre,Hvidovre Kommune,,,55606617,,51342\n"), context()));
  expect_fact(facts, "municipality-167",
              R"(populations_recorded { municipality: "municipalities/167" figures {
                 reference_date: "2013-01-01" source: "DST" count: 51342 } })");
}

TEST(ImportMunicipalities, KeepsAnEanTheFileDoesNotKnow) {
  Scene scene = with_a_member();
  scene.then<v1::UpdateMunicipalityRequest>(R"(
      municipality { name: "municipalities/165" ean: "5798009811578" }
      update_mask { paths: "ean" })");
  const auto facts = facts_of(
      decide_import(scene, lines("165,Albertslund,Albertslund Kommune,,,66137112,,\n"), context()));
  EXPECT_TRUE(facts.empty());
}

TEST(ImportMunicipalities, RefusesTheWholeFileForOneLine) {
  const auto decision =
      decide_import(with_a_member(),
                    lines(std::string(kNewInHovedstaden) +
                          "165,Albertslund,Albertslund Kommune,Sjælland,,66137112,,27824\n"),
                    context());
  EXPECT_EQ(rejection_of(decision), Rejection::kImportInvalid);
  const auto& details = std::get<Refusal>(decision).details;
  EXPECT_EQ(details.at("line"), "3");
  EXPECT_EQ(details.at("column"), "region");
  EXPECT_EQ(details.at("reason"), "the municipality is in another region at that time");
}

TEST(ImportMunicipalities, KnowsRegionsByNameOrId) {
  const auto unknown =
      decide_import(with_a_member(), lines("167,H,HK,Fyn,,55606617,,1\n"), context());
  EXPECT_EQ(std::get<Refusal>(unknown).details.at("reason"), "no region has this name");
  const auto by_id =
      decide_import(with_a_member(), lines("167,H,HK,sjaelland,,55606617,,1\n"), context());
  EXPECT_EQ(facts_of(by_id).at(2).event.region_member_added().region(), "regions/sjaelland");
}

}  // namespace
}  // namespace kkr::registry
