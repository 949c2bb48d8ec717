#include "services/platform/cache/memory_cache.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace kkr::platform {
namespace {

using std::chrono::milliseconds;

CachedBytes bytes(std::size_t count) { return std::make_shared<const std::string>(count, 'x'); }

TEST(MemoryCache, ForgetsWhatWasUsedLongestAgoToStayWithinItsBytes) {
  MemoryCache cache(8 * 1000);
  for (int i = 0; i < 1000; ++i) {
    cache.keep("key " + std::to_string(i), bytes(100), milliseconds(1000));
    EXPECT_LE(cache.bytes(), 8000U);
    EXPECT_NE(cache.find("key 0"), nullptr) << "it is in use, after " << i;
  }
  EXPECT_EQ(cache.find("key 1"), nullptr);
  EXPECT_NE(cache.find("key 999"), nullptr);
}

TEST(MemoryCache, KeepsNothingThatWouldFillIt) {
  MemoryCache cache(8 * 100);
  cache.keep("a", bytes(10), milliseconds(1000));
  cache.keep("a", bytes(200), milliseconds(1000));
  EXPECT_EQ(cache.find("a"), nullptr);
  EXPECT_EQ(cache.bytes(), 0U);
}

TEST(MemoryCache, FindsNothingAfterItsTime) {
  std::chrono::steady_clock::time_point now;
  MemoryCache cache(8000, [&now] { return now; });
  cache.keep("a", bytes(1), milliseconds(10));
  now += milliseconds(9);
  EXPECT_NE(cache.find("a"), nullptr);
  now += milliseconds(1);
  EXPECT_EQ(cache.find("a"), nullptr);
  EXPECT_EQ(cache.bytes(), 0U);
}

TEST(MemoryCache, ServesManyThreads) {
  MemoryCache cache(8 * 500);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&cache, t] {
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
  EXPECT_LE(cache.bytes(), 4000U);
}

}  // namespace
}  // namespace kkr::platform
