#include "services/registry/app/first_facts.h"

#include <set>

#include "services/registry/testing/scene.h"

namespace kkr::registry {
namespace {

using namespace scene;

const State& first_state() {
  static const State state = [] {
    Scene scene;
    scene.take(decide_first_facts(State{}, shipped_facts(), context()));
    return scene.state();
  }();
  return state;
}

std::set<std::string> members_on(const char* region, LocalDate date) {
  std::set<std::string> codes;
  for (const Membership& member : first_state().regions.find(RegionName{region})->members) {
    if (member.period.contains(date)) codes.insert(std::string(member.municipality.id()));
  }
  return codes;
}

TEST(FirstFacts, PutEveryMunicipalityIntoOneRegion) {
  const std::pair<const char*, std::size_t> sizes[] = {
      {"regions/hovedstaden", 29}, {"regions/sjaelland", 17},   {"regions/syddanmark", 22},
      {"regions/midtjylland", 19}, {"regions/nordjylland", 11}, {"regions/oestdanmark", 0}};
  std::set<std::string> all;
  for (const auto& [region, size] : sizes) {
    const auto members = members_on(region, LocalDate(2013, 2, 6));
    EXPECT_EQ(members.size(), size) << region;
    all.insert(members.begin(), members.end());
  }
  EXPECT_EQ(all.size(), 98U);
  EXPECT_EQ(first_state().municipalities.size(), 98U);
}

TEST(FirstFacts, LetOestdanmarkSucceedHovedstadenAndSjaelland) {
  auto before = members_on("regions/hovedstaden", LocalDate(2026, 12, 31));
  before.merge(members_on("regions/sjaelland", LocalDate(2026, 12, 31)));
  EXPECT_EQ(members_on("regions/oestdanmark", LocalDate(2027, 1, 1)), before);
  EXPECT_EQ(before.size(), 46U);
  EXPECT_TRUE(members_on("regions/oestdanmark", LocalDate(2026, 12, 31)).empty());
  EXPECT_TRUE(members_on("regions/hovedstaden", LocalDate(2027, 1, 1)).empty());
  EXPECT_TRUE(members_on("regions/sjaelland", LocalDate(2027, 1, 1)).empty());
}

TEST(FirstFacts, KnowAlbertslund) {
  const auto albertslund =
      first_state().municipalities.find(MunicipalityName{"municipalities/165"});
  EXPECT_EQ(albertslund->display_name, "Albertslund");
  EXPECT_EQ(albertslund->cvr, "66137112");
  EXPECT_EQ(albertslund->ean, "");
  EXPECT_EQ(albertslund->populations.size(), 14U);
  const PopulationRecord* population = population_as_of(*albertslund, LocalDate(2013, 2, 6));
  EXPECT_EQ(population->count, 27824);
  EXPECT_EQ(population->reference_date, LocalDate(2013, 1, 1));
  EXPECT_EQ(population->source, "Danmarks Statistik");
}

TEST(FirstFacts, ClaimNoClusterToBeVerified) {
  std::size_t clusters = 0;
  std::set<std::string> members;
  first_state().clusters.for_each([&](const ClusterName& name, const Cluster& cluster) {
    ++clusters;
    EXPECT_FALSE(cluster.verified) << name.text;
    EXPECT_NE(cluster.note, "") << name.text;
    for (const Membership& member : cluster.members) members.insert(member.municipality.text);
  });
  EXPECT_EQ(clusters, 5U);
  EXPECT_EQ(members.size(), 29U);
  EXPECT_EQ(first_state().bodies.size(), 3U);
}

TEST(FirstFacts, FitIntoTheLog) {
  constexpr std::size_t kEventBytesMax = 512 * 1024;
  for (const Fact& fact : facts_of(decide_first_facts(State{}, shipped_facts(), context()))) {
    EXPECT_LT(fact.event.ByteSizeLong(), kEventBytesMax) << fact.stream;
  }
}

TEST(FirstFacts, ChangeNothingWhereARegionIs) {
  EXPECT_TRUE(facts_of(decide_first_facts(with_a_member(), shipped_facts(), context())).empty());
}

TEST(FirstFacts, RefuseAFileThatIsNotAsItShouldBe) {
  FactFiles files = shipped_facts();
  files.regions = "id,name,official_name,from_date,to_date,members_of\nx1,X,RX,2007-01-01,,fyn\n";
  const auto decision = decide_first_facts(State{}, files, context());
  EXPECT_EQ(rejection_of(decision), Rejection::kImportInvalid);
}

TEST(FirstFacts, PassOnTheMembersOfTheEveOnly) {
  FactFiles files = shipped_facts();
  const std::string regions =
      "id,name,official_name,from_date,to_date,members_of\n"
      "early,Early,Early,2007-01-01,2012-12-31,\nlate,Late,Late,2014-01-01,,early\n";
  files.regions = regions;
  files.municipalities = "code,name,official_name,cvr,region\n165,A,AK,66137112,Early\n";
  files.clusters = "region\n";
  files.bodies = "region\n";
  Scene scene;
  scene.take(decide_first_facts(State{}, files, context()));
  EXPECT_EQ(scene.state().regions.find(RegionName{"regions/early"})->members.size(), 1U);
  EXPECT_TRUE(scene.state().regions.find(RegionName{"regions/late"})->members.empty());
}

TEST(FirstFacts, HaveTheSameRequestIdAsLongAsTheyAreTheSame) {
  FactFiles files = shipped_facts();
  const std::string id = request_id_of(files);
  EXPECT_THAT(id, testing::MatchesRegex(
                      "[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  EXPECT_EQ(request_id_of(shipped_facts()), id);
  files.bodies = files.clusters;
  EXPECT_NE(request_id_of(files), id);
}

}  // namespace
}  // namespace kkr::registry
