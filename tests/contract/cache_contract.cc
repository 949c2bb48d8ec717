#include "tests/contract/cache_contract.h"

#include <chrono>
#include <string>

#include "tests/waiting/comes_true.h"

namespace kkr::platform {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds kLong{60'000};

CachedBytes bytes(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

TEST_P(CacheContract, FindsWhatWasKeptLast) {
  EXPECT_EQ(cache().find("a"), nullptr);
  cache().keep("a", bytes("1"), kLong);
  cache().keep("b", bytes("2"), kLong);
  cache().keep("a", bytes("3"), kLong);
  ASSERT_NE(cache().find("a"), nullptr);
  EXPECT_EQ(*cache().find("a"), "3");
  EXPECT_EQ(*cache().find("b"), "2");
}

TEST_P(CacheContract, TakesAnyBytesAsKeyAndValue) {
  const std::string key("k\0\xff \r\n:", 7);
  const std::string value("\0\xff\r\n", 4);
  cache().keep(key, bytes(value), kLong);
  ASSERT_NE(cache().find(key), nullptr);
  EXPECT_EQ(*cache().find(key), value);
  EXPECT_EQ(cache().find(key.substr(0, 1)), nullptr);
}

TEST_P(CacheContract, ForgetsOnRequest) {
  cache().keep("a", bytes("1"), kLong);
  cache().forget("a");
  cache().forget("never kept");
  EXPECT_EQ(cache().find("a"), nullptr);
}

TEST_P(CacheContract, FindsNothingAfterItsTime) {
  const auto kept = std::chrono::steady_clock::now();
  cache().keep("a", bytes("1"), milliseconds(20));
  EXPECT_TRUE(waiting::comes_true([this] { return cache().find("a") == nullptr; }));
  EXPECT_GE(std::chrono::steady_clock::now() - kept, milliseconds(20));
}

TEST_P(CacheContract, AValueInHandOutlivesItsEntry) {
  cache().keep("a", bytes("1"), kLong);
  const CachedBytes held = cache().find("a");
  cache().keep("a", bytes("2"), kLong);
  cache().forget("a");
  ASSERT_NE(held, nullptr);
  EXPECT_EQ(*held, "1");
}

}  // namespace
}  // namespace kkr::platform
