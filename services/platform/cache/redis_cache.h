// The cache in a Redis server, shared by the gateways of a site. Asked over a socket file, because
// what may call it may read it. A server that is away, slow or new costs time, never a failure: it
// is asked nothing for a while after it did not answer, and meanwhile nothing is found.
#pragma once

#include <memory>

#include "services/platform/cache/cache.h"
#include "services/platform/cache/redis_options.h"

namespace kkr::platform {

// Every event loop it is awaited on gets a connection of its own. The process must ignore SIGPIPE.
class RedisCache : public Cache {
 public:
  explicit RedisCache(RedisOptions options);

  boost::asio::awaitable<CachedBytes> find(std::string_view key) override;
  // Return when the command is on its way: what the same loop asks next is asked after it.
  boost::asio::awaitable<void> keep(std::string_view key, CachedBytes value,
                                    std::chrono::milliseconds at_most) override;
  boost::asio::awaitable<void> forget(std::string_view key) override;

 private:
  const std::shared_ptr<const RedisOptions> options_;
};

}  // namespace kkr::platform
