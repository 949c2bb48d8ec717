#include "gateway/site/request_context.h"

#include <algorithm>
#include <charconv>

#include "gateway/json/json_reader.h"
#include "gateway/routing/percent.h"
#include "services/platform/trace/trace_context.h"

namespace kkr::gateway {
namespace {

Violation invalid(std::string header, std::string description) {
  return {std::move(header), "HEADER_INVALID", std::move(description)};
}

bool is_visible_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

MaybeViolation read_time(std::string_view text, std::chrono::milliseconds& time) {
  if (text.empty()) return std::nullopt;
  unsigned milliseconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), milliseconds);
  if (error != std::errc() || end != text.data() + text.size() || milliseconds == 0)
    return invalid("KKR-Timeout-Ms", "must be a number of milliseconds.");
  time = std::min(time, std::chrono::milliseconds(milliseconds));
  return std::nullopt;
}

}  // namespace

std::variant<CallContext, Violation> read_context(const http::Request& request) {
  std::chrono::milliseconds time = kCallTimeMax;
  if (auto violation = read_time(request.header("KKR-Timeout-Ms"), time))
    return *std::move(violation);
  const std::string_view actor = request.header("KKR-Actor");
  if (!is_utf8(actor)) return invalid("KKR-Actor", "is not valid UTF-8.");
  CallContext context;
  context.deadline = std::chrono::system_clock::now() + time;
  if (!actor.empty())
    context.metadata.emplace_back("kkr-actor", percent_encode_for_metadata(actor));
  for (const auto& [header, key] : {std::pair("Accept-Language", "accept-language"),
                                    std::pair("KKR-Min-Position", "kkr-min-position")}) {
    const std::string_view value = request.header(header);
    if (!is_visible_ascii(value)) return invalid(header, "must be visible ASCII.");
    if (!value.empty()) context.metadata.emplace_back(key, value);
  }
  context.metadata.emplace_back(
      "traceparent", platform::continue_trace(request.header("traceparent")).traceparent());
  return context;
}

}  // namespace kkr::gateway
