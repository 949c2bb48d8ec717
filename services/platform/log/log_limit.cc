#include "services/platform/log/log_limit.h"

#include <utility>

namespace kkr::platform {
namespace {

// Messages are sentences of the program, few of which are new; so many are remembered.
constexpr std::size_t kMessagesMax = 256;

}  // namespace

std::optional<std::int64_t> LogLimit::admit(std::string_view message,
                                            std::chrono::steady_clock::time_point now) {
  const std::lock_guard lock(mutex_);
  Second& second = second_of(message, now);
  if (second.written == per_second_) {
    ++second.left_out;
    return std::nullopt;
  }
  ++second.written;
  return std::exchange(second.left_out, 0);
}

LogLimit::Second& LogLimit::second_of(std::string_view message,
                                      std::chrono::steady_clock::time_point now) {
  auto found = seconds_.find(message);
  if (found == seconds_.end()) {
    if (seconds_.size() == kMessagesMax) seconds_.clear();
    found = seconds_.emplace(message, Second{now}).first;
  }
  if (now - found->second.begins >= std::chrono::seconds(1)) {
    found->second.begins = now;
    found->second.written = 0;
  }
  return found->second;
}

}  // namespace kkr::platform
