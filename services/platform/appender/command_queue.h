// The commands that wait for a log's writer, in order of arrival. Bounded in count and in bytes.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "services/platform/appender/pending_command.h"
#include "services/platform/time/clock.h"

namespace kkr::platform {

using PendingCommands = std::vector<std::unique_ptr<PendingCommand>>;

class CommandQueue {
 public:
  CommandQueue(std::size_t commands_max, std::size_t bytes_max, const Clock& clock)
      : commands_max_(commands_max), bytes_max_(bytes_max), clock_(clock) {}

  // Stamps the command's arrival and takes it. A failure (kQueueFull, kShuttingDown) leaves it with
  // the caller. An empty queue takes a command of any size.
  std::optional<CommandFailure> push(std::unique_ptr<PendingCommand>& command);
  // The oldest commands, at most so many and so many bytes, and of a long queue no more than one
  // half; but at least one when there is any.
  PendingCommands take(std::size_t commands_max, std::size_t bytes_max);
  // Takes no more commands.
  void close();
  std::size_t size() const;

 private:
  const std::size_t commands_max_;
  const std::size_t bytes_max_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::deque<std::unique_ptr<PendingCommand>> waiting_;
  std::size_t bytes_ = 0;
  bool closed_ = false;
};

}  // namespace kkr::platform
