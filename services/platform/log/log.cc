#include "services/platform/log/log.h"

#include <spdlog/formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/platform/log/log_limit.h"

namespace kkr::platform {
namespace {

using Json = nlohmann::ordered_json;

// spdlog has no fields and formats on the calling thread, so what belongs to the line waits here.
thread_local std::string trace_id_of_thread;
thread_local const std::initializer_list<LogField>* fields_of_line = nullptr;
thread_local std::int64_t left_out_before_line = 0;

// Of one message. Debug lines, which somebody asked for, are not limited.
constexpr int kLinesPerSecond = 100;

std::string_view level_name(spdlog::level::level_enum level) {
  switch (level) {
    case spdlog::level::trace:
    case spdlog::level::debug: return "debug";
    case spdlog::level::info: return "info";
    case spdlog::level::warn: return "warning";
    default: return "error";
  }
}

spdlog::level::level_enum level_of(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug: return spdlog::level::debug;
    case LogLevel::kInfo: return spdlog::level::info;
    case LogLevel::kWarning: return spdlog::level::warn;
    case LogLevel::kError: return spdlog::level::err;
  }
  return spdlog::level::err;
}

class JsonFormatter final : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& line, spdlog::memory_buf_t& out) override {
    Json json;
    json["time"] =
        absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", absl::FromChrono(line.time), absl::UTCTimeZone());
    json["level"] = level_name(line.level);
    json["message"] = std::string_view(line.payload.data(), line.payload.size());
    if (!trace_id_of_thread.empty()) json["trace_id"] = trace_id_of_thread;
    if (fields_of_line != nullptr) {
      for (const LogField& field : *fields_of_line) {
        std::visit([&](const auto& value) { json[std::string(field.name)] = value; }, field.value);
      }
    }
    if (left_out_before_line > 0) json["left_out"] = left_out_before_line;
    // Bytes that are no UTF-8 are replaced, for a log line must not fail.
    const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    out.append(text.data(), text.data() + text.size());
  }

  std::unique_ptr<spdlog::formatter> clone() const override {
    return std::make_unique<JsonFormatter>();
  }
};

}  // namespace

void start_json_logs(LogLevel least) {
  auto logger =
      std::make_shared<spdlog::logger>("kkr", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_formatter(std::make_unique<JsonFormatter>());
  logger->set_level(level_of(least));
  logger->flush_on(spdlog::level::debug);
  spdlog::set_default_logger(std::move(logger));
}

bool logs_from(LogLevel level) { return spdlog::default_logger_raw()->should_log(level_of(level)); }

void log(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) {
  if (!logs_from(level)) return;
  static LogLimit limit(kLinesPerSecond);
  std::optional<std::int64_t> left_out = 0;
  if (level != LogLevel::kDebug) left_out = limit.admit(message, std::chrono::steady_clock::now());
  if (!left_out) return;
  left_out_before_line = *left_out;
  fields_of_line = &fields;
  spdlog::default_logger_raw()->log(level_of(level),
                                    spdlog::string_view_t(message.data(), message.size()));
  fields_of_line = nullptr;
  left_out_before_line = 0;
}

LogTrace::LogTrace(const TraceContext& trace)
    : outer_(std::exchange(trace_id_of_thread, trace.trace_id_text())) {}

LogTrace::~LogTrace() { trace_id_of_thread = outer_; }

}  // namespace kkr::platform
