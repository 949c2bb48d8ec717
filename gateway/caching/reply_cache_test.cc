#include "gateway/caching/reply_cache.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "services/platform/cache/memory_cache.h"
#include "tests/waiting/awaited.h"

namespace kkr::gateway {
namespace {

using std::chrono::seconds;
using std::chrono::system_clock;

class ReplyCacheTest : public ::testing::Test {
 protected:
  static platform::LogPosition at(const char* text) { return *platform::parse_log_position(text); }

  Freshness fresh() const {
    return {
        {at("consultation/hovedstaden/g/5"), at("registry/danmark/r/9")}, now_ + seconds(10), true};
  }

  std::optional<CachedReply> find(const std::string& key) {
    return waiting::awaited(loop_, cache_.find(key));
  }
  void keep(const std::string& key, const Freshness& freshness, const char* etag, const char* head,
            const char* body) {
    waiting::awaited(loop_, cache_.keep(key, freshness, etag, head, body));
  }

  boost::asio::io_context loop_;
  system_clock::time_point now_ = system_clock::from_time_t(1'360'000'000);
  platform::MemoryCache memory_{1'000'000};
  PositionBook book_;
  ReplyCache cache_{memory_, book_, [this] { return now_; }};
};

TEST_F(ReplyCacheTest, ServesAReplyWhileItHolds) {
  book_.observe(at("consultation/hovedstaden/g/5"));
  book_.observe(at("registry/danmark/r/9"));
  EXPECT_FALSE(find("k"));
  keep("k", fresh(), "\"e\"", "A: b\r\n", "{\n}");
  const auto found = find("k");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->etag, "\"e\"");
  EXPECT_EQ(found->head, "A: b\r\n");
  EXPECT_EQ(found->body, "{\n}");
  book_.observe(at("consultation/hovedstaden/g/6"));
  EXPECT_FALSE(find("k"));
}

TEST_F(ReplyCacheTest, EndsWithItsInstant) {
  book_.observe(at("consultation/hovedstaden/g/5"));
  book_.observe(at("registry/danmark/r/9"));
  keep("k", fresh(), "", "", "x");
  now_ += seconds(9);
  EXPECT_TRUE(find("k"));
  now_ += seconds(1);
  EXPECT_FALSE(find("k"));
}

TEST_F(ReplyCacheTest, KeepsNothingThatNobodyVouchesFor) {
  Freshness freshness = fresh();
  freshness.is_complete = false;
  keep("k", freshness, "", "", "x");
  freshness = {{}, std::nullopt, true};
  keep("k", freshness, "", "", "x");
  EXPECT_EQ(memory_.bytes(), 0U);
}

TEST_F(ReplyCacheTest, OneOfManyLeads) {
  boost::asio::io_context loop;
  int leaders = 0;
  int followers = 0;
  const auto ask = [&]() -> boost::asio::awaitable<void> {
    const bool leads = co_await cache_.lead_or_wait("k");
    ++(leads ? leaders : followers);
  };
  for (int i = 0; i < 5; ++i) boost::asio::co_spawn(loop, ask, boost::asio::detached);
  loop.poll();
  EXPECT_EQ(leaders, 1);
  EXPECT_EQ(followers, 0);
  cache_.finished("k");
  loop.restart();
  loop.poll();
  EXPECT_EQ(followers, 4);
  boost::asio::co_spawn(loop, ask, boost::asio::detached);
  loop.restart();
  loop.poll();
  EXPECT_EQ(leaders, 2);
}

}  // namespace
}  // namespace kkr::gateway
