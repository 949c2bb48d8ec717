// Rendered replies, kept as the bytes that go out. A reply is served only while the positions it
// was made from are the newest that are known and its instant has not come: it cannot be stale,
// only gone. Concurrent requests for the same missing reply are led by one of them.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gateway/backend/call.h"
#include "gateway/caching/position_book.h"
#include "services/platform/asio/awaitable.h"
#include "services/platform/cache/cache.h"

namespace kkr::gateway {

// Parts of one shared text.
struct CachedReply {
  std::shared_ptr<const std::string> owner;
  std::string_view etag;
  std::string_view head;  // Header lines.
  std::string_view body;
};

class ReplyCache {
 public:
  using Now = std::function<std::chrono::system_clock::time_point()>;

  // Both must outlive the cache.
  ReplyCache(platform::Cache& cache, const PositionBook& book,
             Now now = std::chrono::system_clock::now)
      : cache_(cache), book_(book), now_(std::move(now)) {}

  // The reply, if it still holds. All that is given must live until the call has returned.
  boost::asio::awaitable<std::optional<CachedReply>> find(std::string_view key) const;

  // Does nothing when the freshness is not complete, as nobody could say when the reply is stale.
  boost::asio::awaitable<void> keep(std::string_view key, const Freshness& freshness,
                                    std::string_view etag, std::string_view head,
                                    std::string_view body);

  // True: the caller leads and must call finished(). False: somebody else did and has finished.
  boost::asio::awaitable<bool> lead_or_wait(std::string key);
  void finished(const std::string& key);

 private:
  std::optional<CachedReply> read(const platform::CachedBytes& kept) const;

  platform::Cache& cache_;
  const PositionBook& book_;
  const Now now_;
  std::mutex mutex_;
  std::unordered_map<std::string, std::vector<std::function<void()>>> waiting_;
};

}  // namespace kkr::gateway
