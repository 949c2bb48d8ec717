// Who wants to be told when a region's log becomes known. Finds no logs itself.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace kkr::platform {

using RegionKnown = std::function<void(const std::string& region)>;

// Ends the telling when it is destroyed. May outlive whoever tells.
class RegionWatch {
 public:
  explicit RegionWatch(RegionKnown known) : told_(std::make_shared<Told>(std::move(known))) {}
  ~RegionWatch() { end(); }
  RegionWatch(const RegionWatch&) = delete;
  RegionWatch& operator=(const RegionWatch&) = delete;

  // No call is in progress when this returns, and none comes any more. Not from within one.
  void end();

 private:
  friend class RegionWatches;
  struct Told {
    explicit Told(RegionKnown call) : known(std::move(call)) {}
    std::recursive_mutex mutex;  // Who is told of a log opens it, which tells of it.
    RegionKnown known;           // Empty once the watch has ended.
  };

  const std::shared_ptr<Told> told_;
};

class RegionWatches {
 public:
  // `known` is told of the service's regions from now on.
  [[nodiscard]] std::unique_ptr<RegionWatch> add(const std::string& service, RegionKnown known);
  // Tells every watch of the service, in the caller's thread.
  void tell(const std::string& service, const std::string& region);

 private:
  std::mutex mutex_;
  std::multimap<std::string, std::weak_ptr<RegionWatch::Told>> watches_;  // By service.
};

}  // namespace kkr::platform
