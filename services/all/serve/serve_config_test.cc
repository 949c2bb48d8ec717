#include "services/all/serve/serve_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace kkr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(ServeConfig, IsSoundByDefault) { EXPECT_THAT(ServeConfig().problems(), IsEmpty()); }

TEST(ServeConfig, NamesEachProblemWithItsFlag) {
  const struct {
    void (*spoil)(ServeConfig&);
    std::string sentence;
  } rows[] = {
      {[](auto& c) { c.data = ""; }, "There is no data folder (--data)."},
      {[](auto& c) { c.data = std::string(100, 'x'); }, "is too long for the socket file"},
      {[](auto& c) { c.http_listen = "8080"; }, "'8080' is not an address and a port"},
      {[](auto& c) { c.http_listen = "127.0.0.1:"; }, "is not an address and a port"},
      {[](auto& c) { c.http_listen = "127.0.0.1:65536"; }, "is not an address and a port"},
      {[](auto& c) { c.http_listen = "192.0.2.1:80"; }, "--behind-authenticating-proxy"},
      {[](auto& c) { c.http_listen = "[::]:80"; }, "--behind-authenticating-proxy"},
      {[](auto& c) { c.demo_clock = "6 February 2013"; }, "'6 February 2013' is not an instant"},
      {[](auto& c) { c.batch_commands_max = 0; }, "A batch of 0 commands is not possible"},
      {[](auto& c) { c.process.log_level = "all"; }, "The log level is 'all'"},
  };
  for (const auto& row : rows) {
    ServeConfig config;
    row.spoil(config);
    EXPECT_THAT(config.problems(), ElementsAre(HasSubstr(row.sentence))) << row.sentence;
  }
}

TEST(ServeConfig, TakesAddressesOfBothKinds) {
  ServeConfig config;
  config.http_listen = "[::1]:0";
  EXPECT_THAT(config.problems(), IsEmpty());
  EXPECT_EQ(config.http_host(), "::1");
  EXPECT_EQ(config.http_port(), 0);
  config.http_listen = "127.0.0.1:8080";
  EXPECT_EQ(config.http_host(), "127.0.0.1");
  EXPECT_EQ(config.http_port(), 8080);
}

TEST(ServeConfig, ReadsTheInstantOfTheDemoClockWithItsOffset) {
  ServeConfig config;
  EXPECT_EQ(config.demo_clock_start(), std::nullopt);
  config.demo_clock = "2013-01-23T08:00:00+01:00";
  EXPECT_EQ(config.demo_clock_start(), absl::FromUnixSeconds(1'358'924'400));
}

TEST(AnchorPath, StandsBesideTheDataFolderUnlessGiven) {
  EXPECT_EQ(anchor_path("/srv/kkr", ""), "/srv/kkr.anchor");
  EXPECT_EQ(anchor_path("/srv/kkr/", ""), "/srv/kkr.anchor");
  EXPECT_EQ(anchor_path("/srv/./kkr", ""), "/srv/kkr.anchor");
  EXPECT_EQ(anchor_path("/srv/kkr", "/var/anchors"), "/var/anchors");
  EXPECT_EQ(anchor_path("site", ""), (std::filesystem::current_path() / "site.anchor").string());
}

}  // namespace
}  // namespace kkr
