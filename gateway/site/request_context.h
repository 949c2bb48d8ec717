// What of a request's header goes on to the services, and how long they may take.
#pragma once

#include <variant>

#include "gateway/backend/call.h"
#include "gateway/http/message.h"
#include "gateway/transcoding/violation.h"

namespace kkr::gateway {

inline constexpr std::chrono::milliseconds kCallTimeMax{10'000};

// `KKR-Actor`, `Accept-Language`, `KKR-Min-Position` and `traceparent`, which is made when missing.
// `KKR-Timeout-Ms` shortens the deadline. HEADER_INVALID names a header that cannot be read.
std::variant<CallContext, Violation> read_context(const http::Request& request);

}  // namespace kkr::gateway
