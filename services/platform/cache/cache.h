// The port to a cache of bytes under text keys. It may forget anything at any time and is never the
// truth: what it returns was kept under that key, as a rule last, so that who keeps something puts
// into it what it takes to tell whether it still holds. It holds no personal data, which an erasure
// would have to find.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "services/platform/asio/awaitable.h"

namespace kkr::platform {

// Shared, so that a hit copies nothing.
using CachedBytes = std::shared_ptr<const std::string>;

// To be awaited on an io_context that one thread runs; any number of them may share a cache, and it
// must outlive them. None throws; a cache that cannot be reached finds nothing and keeps nothing. A
// key must live until the call has been answered.
class Cache {
 public:
  virtual ~Cache() = default;

  // Null when there is nothing under the key, or no more.
  virtual boost::asio::awaitable<CachedBytes> find(std::string_view key) = 0;
  // Replaces what was there. `at_most` is how long it may be found; a cache may forget it sooner.
  virtual boost::asio::awaitable<void> keep(std::string_view key, CachedBytes value,
                                            std::chrono::milliseconds at_most) = 0;
  virtual boost::asio::awaitable<void> forget(std::string_view key) = 0;
};

}  // namespace kkr::platform
