// W3C trace context: the id that ties together what one call from outside caused, in every service
// and every log line. Carries no state and no baggage; every call is sampled.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kkr::platform {

struct TraceContext {
  std::array<std::uint8_t, 16> trace_id{};
  std::array<std::uint8_t, 8> span_id{};

  // `00-{trace id}-{span id}-01`, as the header `traceparent` wants it.
  std::string traceparent() const;
  // 32 hexadecimal digits: what a log line shows.
  std::string trace_id_text() const;
};

// The context a `traceparent` header names; nullopt when it is not one (wrong shape, upper case,
// all-zero ids, version ff). A later version than 00 is read by its first four fields.
std::optional<TraceContext> parse_traceparent(std::string_view header);

// A context that nothing came before.
TraceContext new_trace();
// The same trace with a span of its own.
TraceContext child_of(const TraceContext& parent);
// What to work under when a call brings `header`: a child of it, or a new trace.
TraceContext continue_trace(std::string_view header);

}  // namespace kkr::platform
