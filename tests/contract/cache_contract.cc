#include "tests/contract/cache_contract.h"

#include <chrono>
#include <string>

#include "tests/waiting/awaited.h"
#include "tests/waiting/comes_true.h"

namespace kkr::platform {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds kLong{60'000};

TEST_P(CacheContract, FindsWhatWasKeptLast) {
  EXPECT_EQ(find("a"), nullptr);
  keep("a", "1", kLong);
  keep("b", "2", kLong);
  keep("a", "3", kLong);
  ASSERT_NE(find("a"), nullptr);
  EXPECT_EQ(*find("a"), "3");
  EXPECT_EQ(*find("b"), "2");
}

TEST_P(CacheContract, TakesAnyBytesAsKeyAndValue) {
  const std::string key("k\0\xff \r\n:", 7);
  const std::string value("\0\xff\r\n", 4);
  keep(key, value, kLong);
  ASSERT_NE(find(key), nullptr);
  EXPECT_EQ(*find(key), value);
  EXPECT_EQ(find(key.substr(0, 1)), nullptr);
}

TEST_P(CacheContract, ForgetsOnRequest) {
  keep("a", "1", kLong);
  forget("a");
  forget("never kept");
  EXPECT_EQ(find("a"), nullptr);
}

TEST_P(CacheContract, FindsNothingAfterItsTime) {
  const auto kept = std::chrono::steady_clock::now();
  keep("a", "1", milliseconds(20));
  EXPECT_TRUE(waiting::comes_true([this] { return find("a") == nullptr; }));
  EXPECT_GE(std::chrono::steady_clock::now() - kept, milliseconds(20));
}

TEST_P(CacheContract, AValueInHandOutlivesItsEntry) {
  keep("a", "1", kLong);
  const CachedBytes held = find("a");
  keep("a", "2", kLong);
  forget("a");
  ASSERT_NE(held, nullptr);
  EXPECT_EQ(*held, "1");
}

}  // namespace

CachedBytes CacheContract::find(const std::string& key) {
  return waiting::awaited(loop_, cache_->find(key));
}

void CacheContract::keep(const std::string& key, std::string value, milliseconds at_most) {
  auto shared = std::make_shared<const std::string>(std::move(value));
  waiting::awaited(loop_, cache_->keep(key, std::move(shared), at_most));
}

void CacheContract::forget(const std::string& key) { waiting::awaited(loop_, cache_->forget(key)); }

}  // namespace kkr::platform
