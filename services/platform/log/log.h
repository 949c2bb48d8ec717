// JSON logs on standard error: one line per record with time, level, message, trace id and fields.
// Refuses nothing, so keep out of it what must not be logged: names, addresses, telephone numbers
// and free text never stand in a message or a field; ids, counts and durations may.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

#include "services/platform/trace/trace_context.h"

namespace kkr::platform {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

struct LogField {
  std::string_view name;  // snake_case; not time, level, message, trace_id, left_out.
  std::variant<std::int64_t, bool, std::string> value;
};

// Turns the program's logs into JSON from `least` on. Until then they are plain text. Lines of
// third-party code that logs through spdlog are turned as well.
void start_json_logs(LogLevel least);

// True when records of this level are kept: to save the making of those that are not.
bool logs_from(LogLevel level);

// `message`: a sentence, no final stop. Safe from any thread; never throws. See log_limit.h.
void log(LogLevel level, std::string_view message, std::initializer_list<LogField> fields = {});

// While one lives, the lines of its thread carry its trace id. They nest.
class LogTrace {
 public:
  explicit LogTrace(const TraceContext& trace);
  ~LogTrace();
  LogTrace(const LogTrace&) = delete;
  LogTrace& operator=(const LogTrace&) = delete;

 private:
  const std::string outer_;
};

}  // namespace kkr::platform
