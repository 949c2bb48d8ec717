// What the gateway knows of how far each log has come: from the bus, and from every reply that
// passes through. So it can tell whether a view that was made from certain positions still holds.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "services/platform/grpc/log_position.h"

namespace kkr::gateway {

class PositionBook {
 public:
  // A position that existed. A new generation replaces the one before, whatever its position, and
  // for good: a replica that has not heard of it yet still tells of the one before.
  void observe(const platform::LogPosition& seen);

  // True when no newer position than these is known.
  bool is_newest(const std::vector<platform::LogPosition>& positions) const;

  // Every log of the region and every national one, as far as it is known.
  std::vector<platform::LogPosition> known_of(std::string_view region) const;

 private:
  struct Head {
    std::string generation;
    std::uint64_t position = 0;
    std::deque<std::string> replaced;  // The last generations before.
  };
  using LogName = std::tuple<std::string, std::string>;  // Service, region.

  mutable std::shared_mutex mutex_;
  std::map<LogName, Head, std::less<>> heads_;
};

}  // namespace kkr::gateway
