#include "services/platform/cache/memory_cache.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "tests/waiting/awaited.h"

namespace kkr::platform {
namespace {

using std::chrono::milliseconds;

// The cache as one thread sees it.
class CacheInHand {
 public:
  explicit CacheInHand(MemoryCache& cache) : cache_(cache) {}
  CachedBytes find(const std::string& key) { return waiting::awaited(loop_, cache_.find(key)); }
  void keep(const std::string& key, CachedBytes value, milliseconds at_most) {
    waiting::awaited(loop_, cache_.keep(key, std::move(value), at_most));
  }
  void forget(const std::string& key) { waiting::awaited(loop_, cache_.forget(key)); }
  std::size_t bytes() const { return cache_.bytes(); }

 private:
  MemoryCache& cache_;
  boost::asio::io_context loop_;
};

CachedBytes bytes(std::size_t count) { return std::make_shared<const std::string>(count, 'x'); }

TEST(MemoryCache, ForgetsWhatWasUsedLongestAgoToStayWithinItsBytes) {
  MemoryCache memory(8 * 1000);
  CacheInHand cache(memory);
  for (int i = 0; i < 1000; ++i) {
    cache.keep("key " + std::to_string(i), bytes(100), milliseconds(1000));
    EXPECT_LE(cache.bytes(), 8000U);
    EXPECT_NE(cache.find("key 0"), nullptr) << "it is in use, after " << i;
  }
  EXPECT_EQ(cache.find("key 1"), nullptr);
  EXPECT_NE(cache.find("key 999"), nullptr);
}

TEST(MemoryCache, KeepsNothingThatWouldFillIt) {
  MemoryCache memory(8 * 100);
  CacheInHand cache(memory);
  cache.keep("a", bytes(10), milliseconds(1000));
  cache.keep("a", bytes(200), milliseconds(1000));
  EXPECT_EQ(cache.find("a"), nullptr);
  EXPECT_EQ(cache.bytes(), 0U);
}

TEST(MemoryCache, FindsNothingAfterItsTime) {
  std::chrono::steady_clock::time_point now;
  MemoryCache memory(8000, [&now] { return now; });
  CacheInHand cache(memory);
  cache.keep("a", bytes(1), milliseconds(10));
  now += milliseconds(9);
  EXPECT_NE(cache.find("a"), nullptr);
  now += milliseconds(1);
  EXPECT_EQ(cache.find("a"), nullptr);
  EXPECT_EQ(cache.bytes(), 0U);
}

TEST(MemoryCache, ServesManyThreads) {
  MemoryCache memory(8 * 500);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&memory, t] {
      CacheInHand cache(memory);
      for (int i = 0; i < 2000; ++i) {
        const std::string key = std::to_string((i * 7 + t) % 50);
        if (const auto found = cache.find(key)) {
          EXPECT_EQ(found->size(), 50U);
        }
        cache.keep(key, bytes(50), milliseconds(1000));
        if (i % 10 == 0) cache.forget(key);
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_LE(memory.bytes(), 4000U);
}

}  // namespace
}  // namespace kkr::platform
