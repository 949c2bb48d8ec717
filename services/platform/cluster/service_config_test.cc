#include "services/platform/cluster/service_config.h"

#include <gmock/gmock.h>

namespace kkr::platform {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

ServiceConfig good() {
  ServiceConfig config;
  config.postgres = "host=postgres dbname=kkr";
  config.cluster.nats = "nats://nats:4222";
  config.cluster.process.grpc_listen = "127.0.0.1:9090";
  config.cluster.addresses["registry"] = "registry:9090";
  return config;
}

Problems problems_of(const ServiceConfig& config) {
  Problems problems;
  config.check({"registry"}, problems);
  return problems;
}

TEST(ServiceConfigTest, IsGoodWithWhatAServiceNeeds) {
  EXPECT_THAT(problems_of(good()), IsEmpty());
}

TEST(ServiceConfigTest, SaysWhatIsMissingAndHowItIsSet) {
  const ServiceConfig nothing;
  for (const auto flag : {"--postgres", "--nats", "--grpc-listen", "--registry"}) {
    EXPECT_THAT(problems_of(nothing), Contains(HasSubstr(flag)));
  }
}

TEST(ServiceConfigTest, RefusesWhatCannotBe) {
  const struct {
    void (*change)(ServiceConfig&);
    const char* flag;
  } rows[] = {
      {[](ServiceConfig& config) { config.postgres_connections_max = 1; },
       "--postgres-connections-max"},
      {[](ServiceConfig& config) { config.demo_clock = "yesterday"; }, "--demo-clock"},
      {[](ServiceConfig& config) { config.cluster.nats_copies = 6; }, "--nats-copies"},
      {[](ServiceConfig& config) { config.cluster.tls.certificate = "/nowhere/certificate"; },
       "certificate"},
  };
  for (const auto& row : rows) {
    ServiceConfig config = good();
    row.change(config);
    EXPECT_THAT(problems_of(config), Contains(HasSubstr(row.flag)));
  }
}

TEST(ServiceConfigTest, SaysWhereTheProcessIsAndWhoItIs) {
  ServiceConfig config = good();
  EXPECT_EQ(config.ports_of("registry").address, "127.0.0.1:9090");
  EXPECT_FALSE(config.ports_of("registry").replica.empty()) << "the host's name";
  EXPECT_FALSE(config.ports_of("registry").demo_clock);
  config.grpc_advertise = "registry-1:9090";
  config.replica = "registry-1";
  config.demo_clock = "2013-01-23T08:00:00Z";
  const PostgresPortsOptions options = config.ports_of("registry");
  EXPECT_EQ(options.service, "registry");
  EXPECT_EQ(options.address, "registry-1:9090");
  EXPECT_EQ(options.replica, "registry-1");
  EXPECT_EQ(options.demo_clock,
            absl::FromCivil(absl::CivilHour(2013, 1, 23, 8), absl::UTCTimeZone()));
}

}  // namespace
}  // namespace kkr::platform
