#include "services/platform/process/readiness.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace kkr::platform {
namespace {

TEST(Readiness, WaitsForEveryPart) {
  Readiness readiness;
  readiness.set("registry", true);
  readiness.set("consultation", false, "It is starting.");
  EXPECT_FALSE(readiness.ready());
  EXPECT_EQ(readiness.not_ready_because(), "consultation: It is starting.");
  readiness.set("consultation", true);
  EXPECT_TRUE(readiness.ready());
  EXPECT_EQ(readiness.not_ready_because(), std::nullopt);
}

TEST(Readiness, EndsWhenDrainingStarts) {
  Readiness readiness;
  readiness.set("registry", true);
  readiness.start_draining();
  EXPECT_FALSE(readiness.ready());
  EXPECT_EQ(readiness.not_ready_because(), "The process is stopping.");
}

TEST(Readiness, SaysOfEachPartWhatStandsInTheWay) {
  Readiness readiness;
  readiness.set("registry", true, "Region 'x' is read-only.");
  readiness.set("consultation", false, "It is starting.");
  const auto json = nlohmann::json::parse(readiness.json());
  EXPECT_EQ(json["ready"], false);
  EXPECT_EQ(json["draining"], false);
  ASSERT_EQ(json["parts"].size(), 2u);
  EXPECT_EQ(json["parts"][0]["part"], "consultation");
  EXPECT_EQ(json["parts"][0]["sentence"], "It is starting.");
  EXPECT_EQ(json["parts"][1]["ready"], true);
  EXPECT_EQ(json["parts"][1]["sentence"], "Region 'x' is read-only.");
}

}  // namespace
}  // namespace kkr::platform
