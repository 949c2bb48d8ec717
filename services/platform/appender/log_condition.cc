#include "services/platform/appender/log_condition.h"

#include <utility>

#include "services/platform/log/log.h"

namespace kkr::platform {

const char* const LogCondition::kRestore =
    "Run `kkr admin verify`, and restore the log from its last backup.";
const char* const LogCondition::kLaterVersion =
    "Start the version of kkr that wrote it, or a later one.";

LogHealth LogCondition::now() const {
  {
    const std::lock_guard lock(mutex_);
    if (health_.read_only) return health_;
  }
  if (auto damage = store_.damage()) return {true, std::move(*damage)};
  return {};
}

bool LogCondition::refuses() const {
  const std::lock_guard lock(mutex_);
  return health_.read_only && !health_.may_pass;
}

bool LogCondition::is_unread() const {
  const std::lock_guard lock(mutex_);
  return health_.may_pass;
}

bool LogCondition::is_given_up() const {
  const LogHealth health = now();
  return health.read_only && !health.may_pass;
}

void LogCondition::is_read(LogHealth health) {
  say(health);
  const std::lock_guard lock(mutex_);
  health_ = std::move(health);
}

void LogCondition::becomes_read_only(const std::string& what, const std::string& advice) {
  LogHealth health = broken(what, advice);
  say(health);
  const std::lock_guard lock(mutex_);
  if (!health_.read_only || health_.may_pass) health_ = std::move(health);
}

LogHealth LogCondition::out_of_reach() const {
  return {true,
          "The log " + log_ + " cannot be reached. It is read, and takes commands, once it can be.",
          true};
}

LogHealth LogCondition::broken(const std::string& what, const std::string& advice) const {
  if (auto damage = store_.damage()) return {true, std::move(*damage)};
  return {true, "The log " + log_ + " " + what + " and takes no more commands. " + advice};
}

void LogCondition::say(const LogHealth& health) const {
  if (health.read_only) log(LogLevel::kError, health.sentence, {{"log", log_}});
}

}  // namespace kkr::platform
