#include "services/registry/domain/saved_state.h"

#include "kkr/registry/v1/snapshot.pb.h"
#include "services/registry/testing/scene.h"

namespace kkr::registry {
namespace {

using namespace scene;

Scene with_one_of_everything() {
  Scene scene = with_a_member();
  scene.then<v1::CreateClusterRequest>(R"(parent: "regions/hovedstaden" cluster_id: "syd"
      cluster { display_name: "Syd" verified: true note: "n" })");
  scene.then<v1::AddClusterMemberRequest>(R"(name: "regions/hovedstaden/clusters/syd"
      municipality: "municipalities/165" from_date: "2010-01-01" verified: true)");
  scene.then<v1::CreateBodyRequest>(R"(parent: "regions/hovedstaden" body_id: "kkr" body {
      display_name: "KKR" kind: BODY_KIND_KKR from_date: "2007-01-01" })");
  scene.then<v1::RecordPopulationRequest>(R"(parent: "municipalities/165" population {
      source: "Danmarks Statistik" reference_date: "2013-01-01" count: 27824 })");
  scene.then<v1::CreatePersonRequest>(
      R"(person_id: "p-1" person { given_name: "Karen" family_name: "Eksempel" })");
  scene.then<v1::CreatePersonRequest>(
      R"(person_id: "p-2" person { given_name: "Hans" family_name: "Eksempel" })");
  scene.then<v1::ErasePersonRequest>(R"(name: "persons/p-2")");
  scene.then<v1::CreateOfficeRequest>(R"(parent: "municipalities/165" office_id: "borgmester"
      office { title: "Borgmester" from_date: "2007-01-01" })");
  scene.then<v1::AppointHolderRequest>(R"(name: "municipalities/165/offices/borgmester"
      person: "persons/p-1" from_date: "2010-01-01")");
  v1::AdvanceClockRequest advance;
  advance.mutable_to()->set_seconds(absl::ToUnixSeconds(context().now) + 60);
  scene.take(decide(true, advance, context()));
  return scene;
}

TEST(SavedState, HoldsEverythingAndNothingPersonal) {
  const std::string saved = save_state(with_one_of_everything());
  v1::Snapshot snapshot;
  ASSERT_TRUE(snapshot.ParseFromString(saved));
  EXPECT_EQ(snapshot.regions_size(), 2);
  EXPECT_EQ(snapshot.region_memberships_size(), 1);
  EXPECT_EQ(snapshot.clusters(0).members_size(), 1);
  EXPECT_EQ(snapshot.bodies(0).display_name(), "KKR");
  EXPECT_EQ(snapshot.populations(0).count(), 27824);
  EXPECT_EQ(snapshot.persons_size(), 2);
  EXPECT_EQ(snapshot.offices(0).tenures(0).person(), "persons/p-1");
  EXPECT_TRUE(snapshot.has_demo_clock());
  for (const char* personal : {"Karen", "Hans", "Eksempel"}) {
    EXPECT_EQ(saved.find(personal), std::string::npos) << personal;
  }
}

TEST(SavedState, IsTheStateItWasSavedFrom) {
  const Scene scene = with_one_of_everything();
  State loaded;
  ASSERT_TRUE(load_state(save_state(scene), loaded));
  EXPECT_EQ(save_state(loaded), save_state(scene));
  EXPECT_EQ(loaded.demo_clock, scene.state().demo_clock);
  const auto region = loaded.regions.find(RegionName{"regions/hovedstaden"});
  EXPECT_EQ(region->members[0].period, (Period{LocalDate(2007, 1, 1), LocalDate(2026, 12, 31)}));
  EXPECT_EQ(region->position, 5U);
  EXPECT_TRUE(loaded.persons.find(PersonName{"persons/p-2"})->erased);
}

TEST(SavedState, IsNotMadeOfAnythingElse) {
  State state;
  EXPECT_FALSE(load_state("not a snapshot", state));
}

}  // namespace
}  // namespace kkr::registry
