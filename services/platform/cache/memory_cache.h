// The cache in this process's memory: bounded in bytes, forgets what was used longest ago. Split in
// parts with a lock each, so that threads seldom meet; a hit copies a pointer under the lock.
// Answers at once, wherever it is called.
#pragma once

#include <array>
#include <functional>
#include <list>
#include <mutex>
#include <unordered_map>

#include "services/platform/cache/cache.h"

namespace kkr::platform {

class MemoryCache : public Cache {
 public:
  using Now = std::function<std::chrono::steady_clock::time_point()>;

  // `bytes_max` counts keys and values. A value that would fill more than a part is not kept.
  explicit MemoryCache(std::size_t bytes_max, Now now = std::chrono::steady_clock::now);

  boost::asio::awaitable<CachedBytes> find(std::string_view key) override;
  boost::asio::awaitable<void> keep(std::string_view key, CachedBytes value,
                                    std::chrono::milliseconds at_most) override;
  boost::asio::awaitable<void> forget(std::string_view key) override;

  std::size_t bytes() const;

 private:
  struct Entry {
    std::string key;
    CachedBytes value;
    std::chrono::steady_clock::time_point until;
  };
  using Entries = std::list<Entry>;  // The one used last stands first.
  struct Part {
    mutable std::mutex mutex;
    Entries entries;
    std::unordered_map<std::string_view, Entries::iterator> by_key;  // Views into `entries`.
    std::size_t bytes = 0;
  };

  CachedBytes look_up(std::string_view key);
  void store(std::string_view key, CachedBytes value, std::chrono::milliseconds at_most);
  Part& part_of(std::string_view key);
  static void remove(Part& part, Entries::iterator entry);

  std::array<Part, 8> parts_;
  const std::size_t part_bytes_max_;
  const Now now_;
};

}  // namespace kkr::platform
