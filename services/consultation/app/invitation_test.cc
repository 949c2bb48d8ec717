#include "services/consultation/app/invitation.h"

#include "gtest/gtest.h"
#include "services/consultation/domain/story.h"

namespace kkr::consultation {
namespace {

using namespace story;  // NOLINT: the words of these tests.

const std::string kByen = kRegion + "/clusters/byen";
const std::string kSyd = kRegion + "/clusters/syd";

void add(RegistryReply& reply, const std::string& code, const std::string& name,
         const std::vector<std::string>& clusters) {
  registry::v1::Municipality& municipality = *reply.municipalities.add_municipalities();
  municipality.set_code(code);
  municipality.set_display_name(name);
  for (const std::string& cluster : clusters) municipality.add_clusters(cluster);
}

// København is in two clusters, Bornholm in none.
RegistryReply told() {
  RegistryReply reply;
  add(reply, "165", "Albertslund", {kSyd});
  add(reply, "101", "København", {kByen, kSyd});
  add(reply, "400", "Bornholm", {});
  for (const auto& [name, title] : {std::pair{kByen, "Byen"}, std::pair{kSyd, "Syd"}}) {
    registry::v1::Cluster& cluster = *reply.clusters.add_clusters();
    cluster.set_name(name);
    cluster.set_display_name(title);
  }
  reply.generation = "g";
  reply.position = 412;
  return reply;
}

Round inviting(const std::vector<std::string>& clusters) {
  Round round = drafted().round();
  for (const std::string& cluster : clusters) {
    round.content.mutable_invitation()->add_clusters(cluster);
  }
  return round;
}

std::vector<std::string> codes(const ResolvedInvitation& resolved) {
  std::vector<std::string> all;
  for (const auto& invited : resolved.invited) all.push_back(invited.code());
  return all;
}
using Codes = std::vector<std::string>;

TEST(Invitation, MeansTheWholeRegionInOrderOfCode) {
  const ResolvedInvitation resolved = resolve(inviting({}), "2013-02-06", told());
  EXPECT_EQ(codes(resolved), (Codes{"101", "165", "400"}));
  EXPECT_EQ(resolved.as_of_date, "2013-02-06");
  EXPECT_EQ(resolved.registry_generation, "g");
  EXPECT_EQ(resolved.registry_position, 412U);
  EXPECT_EQ(resolved.round_etag, "1-11112222");
}

TEST(Invitation, MeansTheMunicipalitiesOfItsClustersEachOnce) {
  EXPECT_EQ(codes(resolve(inviting({kByen}), "", told())), Codes{"101"});
  EXPECT_EQ(codes(resolve(inviting({kByen, kSyd}), "", told())), (Codes{"101", "165"}));
  EXPECT_EQ(codes(resolve(inviting({kRegion + "/clusters/ukendt"}), "", told())), Codes{});
}

TEST(Invitation, KeepsTheClustersByNameAndTitle) {
  const ResolvedInvitation resolved = resolve(inviting({}), "", told());
  ASSERT_EQ(resolved.invited[0].clusters_size(), 2);
  EXPECT_EQ(resolved.invited[0].clusters(1).name(), kSyd);
  EXPECT_EQ(resolved.invited[0].clusters(1).display_name(), "Syd");
  EXPECT_EQ(resolved.invited[2].clusters_size(), 0);
}

TEST(Invitation, CountsMembershipsOfTheDayUnlessItNamesADate) {
  const LocalDate today = *platform::parse_date("2013-02-06");
  v1::Invitation invitation;
  EXPECT_EQ(as_of_date(invitation, today), "2013-02-06");
  invitation.set_as_of_date("2013-01-01");
  EXPECT_EQ(as_of_date(invitation, today), "2013-01-01");
}

}  // namespace
}  // namespace kkr::consultation
