// The logs of every service that runs in this process, by name. What serves gap reads, the page
// streams, health and backups; it owns none of them.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "services/platform/appender/event_tail.h"
#include "services/platform/appender/log_health.h"
#include "services/platform/event_store/event_store.h"
#include "services/platform/follower/log_reader.h"

namespace kkr::platform {

// What a log shows to the process. The owner keeps all of it alive until it withdraws the log.
struct LogEntry {
  std::string log;  // `{service}/{region}`
  EventStore* store;
  EventTail* tail;
  std::function<LogHealth()> health;
  // As in LogWriter.
  std::function<void(std::chrono::steady_clock::duration, std::function<void(bool)>)> look{};
};

class LogDirectory final : public LogReader {
 public:
  // Adds a log, replacing one of the same name.
  void add(LogEntry entry);
  // Takes it out; returns when no read of it is in progress.
  void withdraw(const std::string& log);

  // From the tail in memory where it reaches, else from the store.
  std::variant<LogSlice, LogReadFailure> read(const std::string& log, std::uint64_t from_position,
                                              std::size_t limit) override;
  // Where the log ends and its generation; nullopt for an unknown log.
  std::optional<LogHead> head(const std::string& log) const;
  // In order of names, with their health.
  struct Listed {
    std::string log;
    LogHead head;
    LogHealth health;
  };
  std::vector<Listed> list() const;
  // Calls `use` while the log cannot be withdrawn. False: no such log.
  bool with(const std::string& log, const std::function<void(const LogEntry&)>& use) const;

 private:
  struct Kept;
  std::shared_ptr<Kept> find(const std::string& log) const;

  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Kept>, std::less<>> logs_;
};

}  // namespace kkr::platform
