#include "services/platform/cluster/service_channels.h"

#include <gmock/gmock.h>

namespace kkr::platform {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(AddressesIn, AreSeparatedByCommas) {
  EXPECT_THAT(addresses_in(""), IsEmpty());
  EXPECT_THAT(addresses_in("a:1"), ElementsAre("a:1"));
  EXPECT_THAT(addresses_in("a:1,,b:2,"), ElementsAre("a:1", "b:2"));
}

TEST(ReplicasAt, AreTheAddressesOfAName) {
  EXPECT_THAT(replicas_at("127.0.0.1:9090"), ElementsAre("127.0.0.1:9090"));
  EXPECT_THAT(replicas_at("[::1]:9090"), ElementsAre("[::1]:9090"));
  EXPECT_THAT(replicas_at("unix:/run/kkr.sock"), ElementsAre("unix:/run/kkr.sock"));
  EXPECT_THAT(replicas_at("no-port"), IsEmpty());
  EXPECT_THAT(replicas_at("nobody.invalid:9090"), IsEmpty());
}

TEST(ServiceChannelsTest, LeadToTheServicesThatHaveAnAddress) {
  ServiceChannels channels({{"registry", "127.0.0.1:1,127.0.0.1:2"}, {"financing", ""}}, {});
  EXPECT_THAT(channels.services(), ElementsAre("registry"));
  EXPECT_NE(channels.to("registry"), nullptr);
  EXPECT_EQ(channels.to("registry"), channels.to("registry")) << "one channel, kept";
  EXPECT_EQ(channels.to("financing"), nullptr);
  EXPECT_EQ(channels.to("meetings"), nullptr);
  EXPECT_THAT(channels.to_each("registry"), SizeIs(2));
  EXPECT_THAT(channels.to_each("financing"), IsEmpty());
  EXPECT_EQ(channels.to_each("registry").front(), channels.to_replica("registry", "127.0.0.1:1"));
  const auto several = channels.several("registry", 3);
  ASSERT_THAT(several, SizeIs(3));
  EXPECT_NE(several[0], several[1]) << "each with connections of its own";
  EXPECT_THAT(channels.several("financing", 3), IsEmpty());
}

}  // namespace
}  // namespace kkr::platform
