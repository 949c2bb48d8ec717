#include "services/platform/ports/region_watches.h"

#include <utility>
#include <vector>

namespace kkr::platform {

void RegionWatch::end() {
  const std::lock_guard lock(told_->mutex);
  told_->known = nullptr;
}

std::unique_ptr<RegionWatch> RegionWatches::add(const std::string& service, RegionKnown known) {
  auto watch = std::make_unique<RegionWatch>(std::move(known));
  const std::lock_guard lock(mutex_);
  watches_.emplace(service, watch->told_);
  return watch;
}

void RegionWatches::tell(const std::string& service, const std::string& region) {
  std::vector<std::shared_ptr<RegionWatch::Told>> told;
  {
    const std::lock_guard lock(mutex_);
    const auto [first, last] = watches_.equal_range(service);
    for (auto each = first; each != last;) {
      if (auto one = each->second.lock()) {
        told.push_back(std::move(one));
        ++each;
      } else {
        each = watches_.erase(each);
      }
    }
  }
  for (const auto& one : told) {  // Without the lock: it may open a log that others watch for.
    const std::lock_guard lock(one->mutex);
    if (one->known) one->known(region);
  }
}

}  // namespace kkr::platform
