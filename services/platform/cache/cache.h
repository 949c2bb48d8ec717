// The port to a cache of bytes under text keys. It may forget anything at any time and promises
// nothing but this: what it returns is what was last kept under that key. It is never the truth,
// and holds no personal data that an erasure would have to find.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace kkr::platform {

// Shared, so that a hit copies nothing.
using CachedBytes = std::shared_ptr<const std::string>;

// All calls may come from any thread. None throws; a cache that cannot be reached finds nothing and
// keeps nothing.
class Cache {
 public:
  virtual ~Cache() = default;

  // Null when there is nothing under the key, or no more.
  virtual CachedBytes find(std::string_view key) = 0;
  // Replaces what was there. `at_most` is how long it may be found; a cache may forget it sooner.
  virtual void keep(std::string_view key, CachedBytes value, std::chrono::milliseconds at_most) = 0;
  virtual void forget(std::string_view key) = 0;
};

}  // namespace kkr::platform
