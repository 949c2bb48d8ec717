#include "services/platform/appender/command_queue.h"

#include <algorithm>
#include <utility>

namespace kkr::platform {
namespace {

// Of a longer queue one half is taken: its callers come back while the other half is committed, so
// that the writer need not wait for them. Taken whole, all would wait for one commit, and then the
// writer for all.
constexpr std::size_t kTakenWhole = 32;

}  // namespace

std::optional<CommandFailure> CommandQueue::push(std::unique_ptr<PendingCommand>& command) {
  const std::lock_guard lock(mutex_);
  if (closed_) return CommandFailure::kShuttingDown;
  const bool fits = waiting_.size() < commands_max_ && bytes_ + command->size_bytes <= bytes_max_;
  if (!fits && !waiting_.empty()) return CommandFailure::kQueueFull;
  // Under the lock, so that the order of arrival is the order of times.
  command->arrived_at = clock_.now();
  bytes_ += command->size_bytes;
  waiting_.push_back(std::move(command));
  return std::nullopt;
}

PendingCommands CommandQueue::take(std::size_t commands_max, std::size_t bytes_max) {
  PendingCommands taken;
  std::size_t bytes = 0;
  const std::lock_guard lock(mutex_);
  commands_max = std::min(commands_max, std::max(kTakenWhole, (waiting_.size() + 1) / 2));
  while (!waiting_.empty() && taken.size() < commands_max) {
    const std::size_t size = waiting_.front()->size_bytes;
    if (!taken.empty() && bytes + size > bytes_max) break;
    bytes += size;
    taken.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  bytes_ -= bytes;
  return taken;
}

void CommandQueue::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
}

std::size_t CommandQueue::size() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

}  // namespace kkr::platform
