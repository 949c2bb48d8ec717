#include "services/platform/cache/redis_cache.h"

#include <gtest/gtest.h>

#include <csignal>
#include <thread>

#include "tests/contract/redis_server.h"
#include "tests/waiting/awaited.h"
#include "tests/waiting/comes_true.h"

namespace kkr::platform {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
constexpr milliseconds kLong{60'000};

CachedBytes bytes(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

class RedisCacheTest : public ::testing::Test {
 protected:
  RedisCacheTest() { signal(SIGPIPE, SIG_IGN); }

  CachedBytes find(const std::string& key) { return waiting::awaited(loop_, cache_.find(key)); }
  void keep(const std::string& key, const CachedBytes& value) {
    waiting::awaited(loop_, cache_.keep(key, value, kLong));
  }
  bool finds(const std::string& key) { return find(key) != nullptr; }
  bool is_kept_and_found() {
    keep("again", bytes("1"));
    return finds("again");
  }

  RedisServer server_;
  RedisCache cache_{{server_.socket(), milliseconds(100), milliseconds(500), 10'000, 100}};
  boost::asio::io_context loop_;  // Goes before the cache it knows.
};

TEST_F(RedisCacheTest, FindsNothingWhereThereIsNoServer) {
  RedisCache cache({"/nowhere/redis.sock"});
  EXPECT_EQ(waiting::awaited(loop_, cache.find("a")), nullptr);
  waiting::awaited(loop_, cache.keep("a", bytes("1"), kLong));
  waiting::awaited(loop_, cache.forget("a"));
}

TEST_F(RedisCacheTest, FindsAgainOnceTheServerIsBack) {
  keep("a", bytes("1"));
  EXPECT_TRUE(finds("a"));
  server_.stop();
  for (int i = 0; i < 10; ++i) EXPECT_FALSE(finds("a"));
  server_.restart();
  EXPECT_TRUE(waiting::comes_true([this] { return is_kept_and_found(); }));
  EXPECT_FALSE(finds("a")) << "the new one never saw it";
}

TEST_F(RedisCacheTest, FindsNothingThatWasWiped) {
  keep("a", bytes("1"));
  server_.command({"FLUSHALL"});
  EXPECT_FALSE(finds("a"));
  EXPECT_TRUE(is_kept_and_found());
}

TEST_F(RedisCacheTest, WaitsForAServerThatHangsOnlyNowAndThen) {
  ASSERT_TRUE(is_kept_and_found());
  server_.send(SIGSTOP);
  const auto began = steady_clock::now();
  EXPECT_FALSE(finds("again"));
  EXPECT_GE(steady_clock::now() - began, milliseconds(100));
  // In its rest it is not asked at all.
  const auto rests = steady_clock::now();
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(finds("again"));
  EXPECT_LT(steady_clock::now() - rests, milliseconds(500));
  server_.send(SIGCONT);
  EXPECT_TRUE(waiting::comes_true([this] { return finds("again"); }));
}

TEST_F(RedisCacheTest, RefusesMoreCommandsThanMayWait) {
  ASSERT_TRUE(is_kept_and_found());
  server_.send(SIGSTOP);
  int answered = 0;
  const auto count = [&answered](const std::exception_ptr&, const CachedBytes& found) {
    EXPECT_EQ(found, nullptr);
    ++answered;
  };
  for (int i = 0; i < 150; ++i) boost::asio::co_spawn(loop_, cache_.find("again"), count);
  loop_.restart();
  while (answered == 0) loop_.run_one();
  for (int i = 0; i < 200; ++i) loop_.poll_one();
  EXPECT_EQ(answered, 50) << "at once, as a hundred wait";
  loop_.run();
  EXPECT_EQ(answered, 150);
}

TEST_F(RedisCacheTest, KeepsNothingThatIsTooLargeNorWhatItReplaces) {
  keep("a", bytes("1"));
  keep("a", bytes(std::string(10'001, 'x')));
  EXPECT_FALSE(finds("a"));
  keep("a", bytes(std::string(10'000, 'x')));
  EXPECT_TRUE(finds("a"));
}

TEST_F(RedisCacheTest, TakesAnErrorOfTheServerForNothing) {
  server_.command({"LPUSH", "list", "1"});
  EXPECT_FALSE(finds("list"));
  EXPECT_TRUE(is_kept_and_found()) << "on the same connection";
}

TEST_F(RedisCacheTest, ServesManyLoops) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([this, t] {
      boost::asio::io_context loop;
      for (int i = 0; i < 300; ++i) {
        const std::string key = std::to_string((i * 7 + t) % 20);
        waiting::awaited(loop, cache_.keep(key, bytes(std::string(50, 'x')), kLong));
        const auto found = waiting::awaited(loop, cache_.find(key));
        if (found != nullptr) {
          EXPECT_EQ(found->size(), 50U);
        }
      }
    });
  for (auto& thread : threads) thread.join();
}

TEST_F(RedisCacheTest, ALoopMayEndInTheMiddleOfACommand) {
  ASSERT_TRUE(is_kept_and_found());
  server_.send(SIGSTOP);
  boost::asio::io_context loop;
  boost::asio::co_spawn(loop, cache_.find("again"),
                        [](const std::exception_ptr&, const CachedBytes&) { FAIL(); });
  loop.poll();
}

}  // namespace
}  // namespace kkr::platform
