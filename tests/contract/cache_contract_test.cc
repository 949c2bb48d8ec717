#include "tests/contract/cache_contract.h"

#include <stdexcept>

#include "services/platform/cache/memory_cache.h"
#include "services/platform/cache/redis_cache.h"
#include "tests/contract/redis_server.h"

namespace kkr::platform {
namespace {

std::unique_ptr<Cache> memory_cache() { return std::make_unique<MemoryCache>(1'000'000); }

// Goes with the server that it asks.
class CacheWithServer : public Cache {
 public:
  boost::asio::awaitable<CachedBytes> find(std::string_view key) override {
    return cache_.find(key);
  }
  boost::asio::awaitable<void> keep(std::string_view key, CachedBytes value,
                                    std::chrono::milliseconds at_most) override {
    return cache_.keep(key, std::move(value), at_most);
  }
  boost::asio::awaitable<void> forget(std::string_view key) override { return cache_.forget(key); }

 private:
  RedisServer server_;
  RedisCache cache_{RedisOptions{server_.socket(), std::chrono::seconds(20)}};
};

std::unique_ptr<Cache> redis_cache() { return std::make_unique<CacheWithServer>(); }

INSTANTIATE_TEST_SUITE_P(Memory, CacheContract, testing::Values(memory_cache));
INSTANTIATE_TEST_SUITE_P(Redis, CacheContract, testing::Values(redis_cache));

}  // namespace
}  // namespace kkr::platform
