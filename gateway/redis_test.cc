// The gateway with its replies in a real Redis server: what the server does to it must cost time
// only.
#include <gtest/gtest.h>

#include <csignal>

#include "gateway/testing/raw_client.h"
#include "gateway/testing/running_gateway.h"
#include "services/platform/cache/redis_cache.h"
#include "tests/contract/redis_server.h"
#include "tests/waiting/comes_true.h"

namespace kkr::gateway {
namespace {

using platform::RedisServer;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using waiting::comes_true;

constexpr const char* kBoard = "/v1/regions/hovedstaden/rounds/7:board";

class GatewayWithRedis : public ::testing::Test {
 protected:
  GatewayWithRedis() { signal(SIGPIPE, SIG_IGN); }

  std::unique_ptr<RunningGateway> start() const {
    return std::make_unique<RunningGateway>(
        Config{}, 98, Channels{},
        std::make_unique<platform::RedisCache>(
            platform::RedisOptions{redis_.socket(), milliseconds(100), milliseconds(300)}));
  }
  // True when the board came without asking the services for it.
  static bool comes_from_cache(RunningGateway& site) {
    const int before = site.backend.row_calls();
    EXPECT_EQ(RawClient::get(site.port(), kBoard).status, 200);
    return site.backend.row_calls() == before;
  }
  // Every reader gets the board, whatever its connection; says how long the slowest took.
  milliseconds read_boards(int count) {
    const std::string board = RawClient::get(site_->port(), kBoard).body;
    steady_clock::duration slowest{};
    for (int i = 0; i < count; ++i) {
      const auto began = steady_clock::now();
      const auto reply = RawClient::get(site_->port(), kBoard);
      slowest = std::max(slowest, steady_clock::now() - began);
      EXPECT_EQ(reply.status, 200);
      EXPECT_EQ(reply.body, board);
    }
    return std::chrono::duration_cast<milliseconds>(slowest);
  }

  RedisServer redis_;
  std::unique_ptr<RunningGateway> site_ = start();
};

TEST_F(GatewayWithRedis, ServesWhatItKept) {
  EXPECT_FALSE(comes_from_cache(*site_));
  EXPECT_TRUE(comes_true([this] { return comes_from_cache(*site_); }));
}

TEST_F(GatewayWithRedis, ServesWhatAnotherGatewayKeptWhileItHolds) {
  ASSERT_TRUE(comes_true([this] { return comes_from_cache(*site_); }));
  const auto other = start();
  EXPECT_FALSE(comes_from_cache(*other)) << "it knows of no position yet";
  EXPECT_TRUE(comes_true([&] { return comes_from_cache(*other); }));
  other->backend.go_on();
  other->publish(6);
  EXPECT_TRUE(comes_true([&] { return !comes_from_cache(*other); })) << "it heard of a newer one";
}

TEST_F(GatewayWithRedis, ServesWithoutOne) {
  redis_.stop();
  EXPECT_LT(read_boards(50), milliseconds(1000));
  redis_.restart();
  EXPECT_TRUE(comes_true([this] { return comes_from_cache(*site_); }));
}

TEST_F(GatewayWithRedis, ServesWhileItHangs) {
  ASSERT_TRUE(comes_true([this] { return comes_from_cache(*site_); }));
  redis_.send(SIGSTOP);
  EXPECT_LT(read_boards(200), milliseconds(2000)) << "once, not for every reader";
  redis_.send(SIGCONT);
  EXPECT_TRUE(comes_true([this] { return comes_from_cache(*site_); }));
}

TEST_F(GatewayWithRedis, ServesWhatWasWiped) {
  ASSERT_TRUE(comes_true([this] { return comes_from_cache(*site_); }));
  redis_.command({"FLUSHALL"});
  read_boards(10);
  EXPECT_TRUE(comes_true([this] { return comes_from_cache(*site_); }));
}

TEST_F(GatewayWithRedis, TakesNothingThatIsNotAReply) {
  ASSERT_TRUE(comes_true([this] { return comes_from_cache(*site_); }));
  const std::string key = redis_.command({"KEYS", "*"}).at(0);
  for (const char* text : {"", "x", "\n\n\n\n", "consultation/hovedstaden/g/5\n\n\n999\n",
                           "consultation/hovedstaden/g/5\n-\n\n18446744073709551615\nabc"}) {
    redis_.command({"SET", key, text});
    EXPECT_FALSE(comes_from_cache(*site_)) << text;
  }
}

TEST_F(GatewayWithRedis, KeepsTheViewsAndNothingElse) {
  for (const char* path : {"/v1/regions/hovedstaden", "/v1/regions/hovedstaden/rounds/7",
                           "/v1/regions/hovedstaden/rounds/7/invitees", kBoard})
    EXPECT_EQ(RawClient::get(site_->port(), path).status, 200) << path;
  RawClient::send_json(site_->port(), "POST",
                       "/v1/regions/hovedstaden/rounds?roundId=8&requestId=x", "{}");
  ASSERT_TRUE(comes_true([this] { return comes_from_cache(*site_); }));
  const auto keys = redis_.command({"KEYS", "*"});
  ASSERT_EQ(keys.size(), 1U);
  EXPECT_NE(keys[0].find("rounds/7:board"), std::string::npos) << keys[0];
}

TEST_F(GatewayWithRedis, DrainsWhileItHangs) {
  ASSERT_TRUE(comes_true([this] { return comes_from_cache(*site_); }));
  redis_.send(SIGSTOP);
  RawClient client(site_->port());
  client.send(std::string("GET ") + kBoard + " HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto began = steady_clock::now();
  site_->gateway->drain(std::chrono::seconds(20));
  EXPECT_LT(steady_clock::now() - began, std::chrono::seconds(10));
}

}  // namespace
}  // namespace kkr::gateway
