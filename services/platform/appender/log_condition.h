// Whether a log takes commands, and why not. Known to its writer, and asked by whoever wants to
// know from any thread.
#pragma once

#include <mutex>
#include <string>
#include <utility>

#include "services/platform/appender/log_health.h"
#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

class LogCondition {
 public:
  // The store must outlive it.
  LogCondition(const EventStore& store, std::string log) : store_(store), log_(std::move(log)) {}

  // The store may find damage by itself, in rows that no command has touched.
  LogHealth now() const;
  bool is_read_only() const { return now().read_only; }
  // Whether it takes no command for that, whoever leads it. Asks no store: for every command.
  bool refuses() const;
  // Nothing, or not all, could be read of it yet.
  bool is_unread() const;
  // It is read-only, and no look at the store will change that.
  bool is_given_up() const;

  // It was read, or could not be, and has that health. A line says what is wrong.
  void is_read(LogHealth health);
  // The log `what`, and takes no more commands.
  void becomes_read_only(const std::string& what, const std::string& advice = kRestore);
  // The store could not be asked for it.
  LogHealth out_of_reach() const;
  LogHealth broken(const std::string& what, const std::string& advice = kRestore) const;

  static const char* const kRestore;
  static const char* const kLaterVersion;

 private:
  void say(const LogHealth& health) const;

  const EventStore& store_;
  const std::string log_;
  mutable std::mutex mutex_;
  LogHealth health_;
};

}  // namespace kkr::platform
