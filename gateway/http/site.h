// What stands behind the HTTP server: it answers requests and words refusals. The server knows
// HTTP; the site knows what the paths mean.
#pragma once

#include <cstdint>
#include <utility>

#include "gateway/http/message.h"
#include "services/platform/asio/awaitable.h"

namespace kkr::gateway::http {

// Why the server itself turns a request away.
enum class Refusal {
  kMalformed,       // 400: not HTTP/1.x as RFC 9112 has it.
  kTargetTooLong,   // 414
  kBodyTooLarge,    // 413
  kHeaderTooLarge,  // 431
  kTooManyClients,  // 503
};

// Called from several threads at once.
class Site {
 public:
  virtual ~Site() = default;

  // The most bytes that the body of this request may have; asked before the body is read.
  virtual std::uint64_t body_bytes_max(const Request& head) = 0;
  // The answer. Must not throw; runs on the connection's executor, and must not block it.
  virtual boost::asio::awaitable<Response> respond(const Request& request) = 0;
  virtual Response refuse(Refusal refusal) = 0;
};

}  // namespace kkr::gateway::http
