#include "services/registry/domain/cluster.h"

#include "services/registry/testing/scene.h"

namespace kkr::registry {
namespace {

using namespace scene;

Scene with_two_clusters() {
  Scene scene = with_a_member();
  scene.then<v1::CreateClusterRequest>(
      R"(parent: "regions/hovedstaden" cluster_id: "syd" cluster { display_name: "Syd" })");
  scene.then<v1::CreateClusterRequest>(
      R"(parent: "regions/hovedstaden" cluster_id: "byen" cluster { display_name: "Byen" })");
  scene.then<v1::AddClusterMemberRequest>(R"(name: "regions/hovedstaden/clusters/syd"
      municipality: "municipalities/165" from_date: "2010-01-01" to_date: "2013-12-31")");
  return scene;
}

TEST(CreateCluster, NamesTheFirstRuleThatIsBroken) {
  const struct {
    std::string when;
    Rejection then;
  } rows[] = {
      {R"(parent: "fyn" cluster_id: "S")", Rejection::kNameInvalid},
      {R"(parent: "regions/fyn" cluster_id: "S")", Rejection::kIdInvalid},
      {R"(parent: "regions/fyn" cluster_id: "syd")", Rejection::kRegionUnknown},
      {R"(parent: "regions/hovedstaden" cluster_id: "syd")", Rejection::kAlreadyExists},
      {R"(parent: "regions/hovedstaden" cluster_id: "nord")", Rejection::kTextTooShort},
      {R"(parent: "regions/hovedstaden" cluster_id: "nord" cluster { display_name: "N" note: ")" +
           std::string(1001, 'x') + "\" }",
       Rejection::kTextTooLong},
  };
  for (const auto& row : rows) {
    const auto command = make<v1::CreateClusterRequest>(row.when);
    EXPECT_EQ(rejection_of(decide(with_two_clusters(), command, context())), row.then) << row.when;
  }
}

TEST(AddClusterMember, NamesTheFirstRuleThatIsBroken) {
  const struct {
    std::string when;
    Rejection then;
  } rows[] = {
      {R"(name: "syd" municipality: "165")", Rejection::kNameInvalid},
      {R"(name: "regions/hovedstaden/clusters/xx" municipality: "165")", Rejection::kNameInvalid},
      {R"(name: "regions/hovedstaden/clusters/xx" municipality: "municipalities/999")",
       Rejection::kClusterUnknown},
      {R"(name: "regions/hovedstaden/clusters/syd" municipality: "municipalities/999" etag: "1")",
       Rejection::kMunicipalityUnknown},
      {R"(name: "regions/hovedstaden/clusters/syd" municipality: "municipalities/101" etag: "1")",
       Rejection::kEtagStale},
      {R"(name: "regions/hovedstaden/clusters/syd" municipality: "municipalities/101")",
       Rejection::kDateInvalid},
      {R"(name: "regions/hovedstaden/clusters/syd" municipality: "municipalities/101"
          from_date: "2012-01-01" to_date: "2011-12-31")",
       Rejection::kPeriodReversed},
      {R"(name: "regions/hovedstaden/clusters/syd" municipality: "municipalities/101"
          from_date: "2012-01-01")",
       Rejection::kOutsidePeriod},
      {R"(name: "regions/hovedstaden/clusters/syd" municipality: "municipalities/165"
          from_date: "2013-12-31" to_date: "2027-01-01")",
       Rejection::kOutsidePeriod},
      {R"(name: "regions/hovedstaden/clusters/syd" municipality: "municipalities/165"
          from_date: "2013-12-31")",
       Rejection::kMembershipOverlaps},
  };
  for (const auto& row : rows) {
    const auto command = make<v1::AddClusterMemberRequest>(row.when);
    EXPECT_EQ(rejection_of(decide(with_two_clusters(), command, context())), row.then) << row.when;
  }
}

TEST(AddClusterMember, LetsAMunicipalityBeInTwoClusters) {
  const auto command = make<v1::AddClusterMemberRequest>(R"(
      name: "regions/hovedstaden/clusters/byen" municipality: "municipalities/165"
      from_date: "2012-01-01" verified: true)");
  expect_fact(facts_of(decide(with_two_clusters(), command, context())), "cluster-hovedstaden.byen",
              R"(cluster_member_added { cluster: "regions/hovedstaden/clusters/byen"
                 municipality: "municipalities/165" from_date: "2012-01-01" to_date: "2026-12-31"
                 verified: true })");
}

TEST(EndClusterMember, NamesTheFirstRuleThatIsBroken) {
  const struct {
    std::string when;
    Rejection then;
  } rows[] = {
      {R"(name: "regions/hovedstaden/clusters/xx" municipality: "165")", Rejection::kNameInvalid},
      {R"(name: "regions/hovedstaden/clusters/xx" municipality: "municipalities/165")",
       Rejection::kClusterUnknown},
      {R"(name: "regions/hovedstaden/clusters/syd" municipality: "municipalities/165" etag: "1")",
       Rejection::kEtagStale},
      {R"(name: "regions/hovedstaden/clusters/syd" municipality: "municipalities/165")",
       Rejection::kDateInvalid},
      {R"(name: "regions/hovedstaden/clusters/syd" municipality: "municipalities/165"
          to_date: "2014-01-01")",
       Rejection::kMembershipUnknown},
  };
  for (const auto& row : rows) {
    const auto command = make<v1::EndClusterMemberRequest>(row.when);
    EXPECT_EQ(rejection_of(decide(with_two_clusters(), command, context())), row.then) << row.when;
  }
}

TEST(EndClusterMember, EndsTheMembershipOnce) {
  const auto command = make<v1::EndClusterMemberRequest>(R"(
      name: "regions/hovedstaden/clusters/syd" municipality: "municipalities/165"
      to_date: "2012-06-30")");
  Scene scene = with_two_clusters();
  expect_fact(facts_of(decide(scene, command, context())), "cluster-hovedstaden.syd",
              R"(cluster_member_ended { cluster: "regions/hovedstaden/clusters/syd"
                 municipality: "municipalities/165" from_date: "2010-01-01"
                 to_date: "2012-06-30" })");
  scene.then(command);
  EXPECT_TRUE(facts_of(decide(scene, command, context())).empty());
}

}  // namespace
}  // namespace kkr::registry
