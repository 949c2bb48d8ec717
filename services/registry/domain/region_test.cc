#include "services/registry/domain/region.h"

#include "services/registry/testing/scene.h"

namespace kkr::registry {
namespace {

using namespace scene;

// In all tables: top to bottom, each command repairs one fault of the row above, so that the order
// of the rules is tested too.

TEST(CreateRegion, NamesTheFirstRuleThatIsBroken) {
  const struct {
    std::string when;
    Rejection then;
  } rows[] = {
      {R"(region_id: "Ø")", Rejection::kIdInvalid},
      {R"(region_id: "2nord")", Rejection::kIdInvalid},
      {R"(region_id: "hovedstaden")", Rejection::kAlreadyExists},
      {R"(region_id: "nordjylland")", Rejection::kTextTooShort},
      {R"(region_id: "nordjylland" region { display_name: "N" })", Rejection::kTextTooShort},
      {R"(region_id: "nordjylland" region { display_name: "N" official_name: ")" +
           std::string(201, 'x') + "\" }",
       Rejection::kTextTooLong},
      {R"(region_id: "nordjylland" region { display_name: "N" official_name: "RN"
          from_date: "2007-02-30" to_date: "2006-12-31" })",
       Rejection::kDateInvalid},
      {R"(region_id: "nordjylland" region { display_name: "N" official_name: "RN"
          from_date: "2007-01-01" to_date: "2006-12-31" })",
       Rejection::kPeriodReversed},
  };
  for (const auto& row : rows) {
    const auto command = make<v1::CreateRegionRequest>(row.when);
    EXPECT_EQ(rejection_of(decide(with_a_member(), command, context())), row.then) << row.when;
  }
}

TEST(CreateRegion, RecordsTheRegion) {
  const auto command = make<v1::CreateRegionRequest>(
      R"(region_id: "nordjylland" region { display_name: "Nordjylland"
         official_name: "Region Nordjylland" from_date: "2007-01-01" })");
  expect_fact(facts_of(decide(with_a_member(), command, context())), "region-nordjylland",
              R"(region_created { region: "regions/nordjylland" display_name: "Nordjylland"
                 official_name: "Region Nordjylland" from_date: "2007-01-01" })");
}

TEST(UpdateRegion, NamesTheFirstRuleThatIsBroken) {
  const struct {
    std::string when;
    Rejection then;
  } rows[] = {
      {R"(region { name: "hovedstaden" })", Rejection::kNameInvalid},
      {R"(region { name: "regions/fyn" etag: "1" })", Rejection::kRegionUnknown},
      {R"(region { name: "regions/hovedstaden" etag: "1" } update_mask { paths: "to_date" })",
       Rejection::kEtagStale},
      {R"(region { name: "regions/hovedstaden" etag: "5" } update_mask { paths: "to_date" })",
       Rejection::kMaskInvalid},
      {R"(region { name: "regions/hovedstaden" etag: "5" })", Rejection::kTextTooShort},
      {R"(region { name: "regions/hovedstaden" display_name: "H" official_name: ")" +
           std::string(201, 'x') + "\" }",
       Rejection::kTextTooLong},
  };
  for (const auto& row : rows) {
    const auto command = make<v1::UpdateRegionRequest>(row.when);
    EXPECT_EQ(rejection_of(decide(with_a_member(), command, context())), row.then) << row.when;
  }
}

TEST(UpdateRegion, ChangesWhatTheMaskNamesOnly) {
  const auto command = make<v1::UpdateRegionRequest>(R"(
      region { name: "regions/hovedstaden" display_name: "Hovedstaden og Bornholm" }
      update_mask { paths: "display_name" })");
  Scene scene = with_a_member();
  const std::string official =
      scene.state().regions.find(RegionName{"regions/hovedstaden"})->official_name;
  expect_fact(facts_of(decide(scene, command, context())), "region-hovedstaden",
              R"(region_updated { region: "regions/hovedstaden"
                 display_name: "Hovedstaden og Bornholm" official_name: ")" +
                  official + "\" }");
  scene.then(command);
  EXPECT_TRUE(facts_of(decide(scene, command, context())).empty());
}

TEST(AddRegionMember, NamesTheFirstRuleThatIsBroken) {
  const struct {
    std::string when;
    Rejection then;
  } rows[] = {
      {R"(region: "hovedstaden")", Rejection::kNameInvalid},
      {R"(region: "regions/fyn" municipality: "165")", Rejection::kNameInvalid},
      {R"(region: "regions/fyn" municipality: "municipalities/999")", Rejection::kRegionUnknown},
      {R"(region: "regions/hovedstaden" municipality: "municipalities/999" etag: "1")",
       Rejection::kMunicipalityUnknown},
      {R"(region: "regions/hovedstaden" municipality: "municipalities/165" etag: "1")",
       Rejection::kEtagStale},
      {R"(region: "regions/hovedstaden" municipality: "municipalities/165" etag: "5")",
       Rejection::kDateInvalid},
      {R"(region: "regions/hovedstaden" municipality: "municipalities/165" etag: "5"
          from_date: "2027-01-01" to_date: "2026-01-01")",
       Rejection::kPeriodReversed},
      {R"(region: "regions/hovedstaden" municipality: "municipalities/165" etag: "5"
          from_date: "2026-01-01" to_date: "2027-01-01")",
       Rejection::kOutsidePeriod},
      {R"(region: "regions/hovedstaden" municipality: "municipalities/165" etag: "5"
          from_date: "2026-01-01" to_date: "2026-12-31")",
       Rejection::kMembershipOverlaps},
      {R"(region: "regions/sjaelland" municipality: "municipalities/165"
          from_date: "2026-12-31" to_date: "2026-12-31")",
       Rejection::kMemberOfAnotherRegion},
  };
  for (const auto& row : rows) {
    const auto command = make<v1::AddRegionMemberRequest>(row.when);
    EXPECT_EQ(rejection_of(decide(with_a_member(), command, context())), row.then) << row.when;
  }
}

TEST(AddRegionMember, LetsAMunicipalityMoveOnTheNextDay) {
  const auto command = make<v1::AddRegionMemberRequest>(
      R"(region: "regions/sjaelland" municipality: "municipalities/165" from_date: "2027-01-01")");
  expect_fact(facts_of(decide(with_a_member(), command, context())), "region-sjaelland",
              R"(region_member_added { region: "regions/sjaelland"
                 municipality: "municipalities/165" from_date: "2027-01-01" })");
}

TEST(AddRegionMember, LastsAsLongAsTheRegionUnlessAnEndIsGiven) {
  const auto region = with_a_member().state().regions.find(RegionName{"regions/hovedstaden"});
  ASSERT_EQ(region->members.size(), 1U);
  EXPECT_EQ(region->members[0].period, (Period{LocalDate(2007, 1, 1), LocalDate(2026, 12, 31)}));
}

TEST(EndRegionMember, NamesTheFirstRuleThatIsBroken) {
  const struct {
    std::string when;
    Rejection then;
  } rows[] = {
      {R"(region: "regions/fyn" municipality: "165")", Rejection::kNameInvalid},
      {R"(region: "regions/fyn" municipality: "municipalities/101")", Rejection::kRegionUnknown},
      {R"(region: "regions/hovedstaden" municipality: "municipalities/101" etag: "1")",
       Rejection::kEtagStale},
      {R"(region: "regions/hovedstaden" municipality: "municipalities/101" to_date: "2013")",
       Rejection::kDateInvalid},
      {R"(region: "regions/hovedstaden" municipality: "municipalities/101" to_date: "2013-02-06")",
       Rejection::kMembershipUnknown},
      {R"(region: "regions/hovedstaden" municipality: "municipalities/165" to_date: "2006-12-31")",
       Rejection::kMembershipUnknown},
  };
  for (const auto& row : rows) {
    const auto command = make<v1::EndRegionMemberRequest>(row.when);
    EXPECT_EQ(rejection_of(decide(with_a_member(), command, context())), row.then) << row.when;
  }
}

TEST(EndRegionMember, EndsTheMembershipOfItsClustersToo) {
  Scene scene = with_a_member();
  scene.then<v1::CreateClusterRequest>(
      R"(parent: "regions/hovedstaden" cluster_id: "syd" cluster { display_name: "Syd" })");
  scene.then<v1::AddClusterMemberRequest>(R"(name: "regions/hovedstaden/clusters/syd"
      municipality: "municipalities/165" from_date: "2010-01-01")");
  scene.then<v1::EndRegionMemberRequest>(R"(region: "regions/hovedstaden"
      municipality: "municipalities/165" to_date: "2013-12-31")");

  const auto cluster = scene.state().clusters.find(ClusterName{"regions/hovedstaden/clusters/syd"});
  EXPECT_EQ(cluster->members[0].period, (Period{LocalDate(2010, 1, 1), LocalDate(2013, 12, 31)}));
  const auto region = scene.state().regions.find(RegionName{"regions/hovedstaden"});
  EXPECT_EQ(region->members[0].period, (Period{LocalDate(2007, 1, 1), LocalDate(2013, 12, 31)}));
}

TEST(EndRegionMember, ChangesNothingTheSecondTime) {
  const auto command = make<v1::EndRegionMemberRequest>(R"(region: "regions/hovedstaden"
      municipality: "municipalities/165" to_date: "2026-12-31")");
  EXPECT_TRUE(facts_of(decide(with_a_member(), command, context())).empty());
}

TEST(EndRegion, NamesTheFirstRuleThatIsBroken) {
  const struct {
    std::string when;
    Rejection then;
  } rows[] = {
      {R"(name: "fyn")", Rejection::kNameInvalid},
      {R"(name: "regions/fyn")", Rejection::kRegionUnknown},
      {R"(name: "regions/hovedstaden" etag: "1")", Rejection::kEtagStale},
      {R"(name: "regions/hovedstaden" to_date: "31.12.2013")", Rejection::kDateInvalid},
      {R"(name: "regions/hovedstaden" to_date: "2006-12-31")", Rejection::kPeriodReversed},
  };
  for (const auto& row : rows) {
    const auto command = make<v1::EndRegionRequest>(row.when);
    EXPECT_EQ(rejection_of(decide(with_a_member(), command, context())), row.then) << row.when;
  }
}

TEST(EndRegion, RefusesToOrphanWhatBeginsLater) {
  Scene scene = with_a_member();
  scene.then<v1::CreateBodyRequest>(R"(parent: "regions/hovedstaden" body_id: "kkr" body {
      display_name: "KKR" kind: BODY_KIND_KKR from_date: "2014-01-01" })");
  const auto command =
      make<v1::EndRegionRequest>(R"(name: "regions/hovedstaden" to_date: "2013-12-31")");
  EXPECT_EQ(rejection_of(decide(scene, command, context())), Rejection::kMemberStartsLater);
}

TEST(EndRegion, EndsWhatBelongsToIt) {
  Scene scene = with_a_member();
  scene.then<v1::CreateBodyRequest>(R"(parent: "regions/hovedstaden" body_id: "kkr" body {
      display_name: "KKR" kind: BODY_KIND_KKR from_date: "2007-01-01" })");
  const auto command =
      make<v1::EndRegionRequest>(R"(name: "regions/hovedstaden" to_date: "2013-12-31")");
  const auto facts = facts_of(decide(scene, command, context()));
  ASSERT_EQ(facts.size(), 3U);
  EXPECT_EQ(facts[0].event.region_ended().to_date(), "2013-12-31");
  EXPECT_EQ(facts[1].event.region_member_ended().municipality(), "municipalities/165");
  EXPECT_EQ(facts[1].event.region_member_ended().from_date(), "2007-01-01");
  EXPECT_EQ(facts[2].stream, "body-hovedstaden.kkr");
  EXPECT_EQ(facts[2].event.body_ended().to_date(), "2013-12-31");
}

}  // namespace
}  // namespace kkr::registry
