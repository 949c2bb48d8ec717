#include "gateway/caching/position_book.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace kkr::gateway {
namespace {

// The key of logs that belong to all regions.
constexpr std::string_view kNational = "danmark";
// A log is restored or promoted seldom; whoever tells of an earlier generation hears of the next
// within seconds.
constexpr std::size_t kReplacedMax = 8;

}  // namespace

void PositionBook::observe(const platform::LogPosition& seen) {
  const std::unique_lock lock(mutex_);
  Head& head = heads_[{seen.service, seen.region}];
  if (head.generation == seen.generation) {
    head.position = std::max(head.position, seen.position);
    return;
  }
  const auto& replaced = head.replaced;
  if (std::find(replaced.begin(), replaced.end(), seen.generation) != replaced.end()) return;
  if (!head.generation.empty()) head.replaced.push_back(std::move(head.generation));
  if (head.replaced.size() > kReplacedMax) head.replaced.pop_front();
  head.generation = seen.generation;
  head.position = seen.position;
}

bool PositionBook::is_newest(const std::vector<platform::LogPosition>& positions) const {
  const std::shared_lock lock(mutex_);
  return std::all_of(positions.begin(), positions.end(), [this](const auto& position) {
    const auto head = heads_.find(std::tie(position.service, position.region));
    return head != heads_.end() && head->second.generation == position.generation &&
           head->second.position <= position.position;
  });
}

std::vector<platform::LogPosition> PositionBook::known_of(std::string_view region) const {
  const std::shared_lock lock(mutex_);
  std::vector<platform::LogPosition> known;
  for (const auto& [log, head] : heads_)
    if (std::get<1>(log) == region || std::get<1>(log) == kNational)
      known.push_back({std::get<0>(log), std::get<1>(log), head.generation, head.position});
  return known;
}

}  // namespace kkr::gateway
