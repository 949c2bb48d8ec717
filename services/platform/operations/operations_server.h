// Plain HTTP/1.1 for whoever watches a process: /healthz, /readyz and /metrics, and nothing else.
// It knows nobody and hides nothing, so it belongs on a network that only the operators reach.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "services/platform/operations/probes.h"

namespace kkr::platform {

class OperationsServer {
 public:
  // `probes` must outlive the server.
  explicit OperationsServer(Probes& probes);
  // Like stop().
  ~OperationsServer();
  OperationsServer(const OperationsServer&) = delete;
  OperationsServer& operator=(const OperationsServer&) = delete;

  // Listens on `host:port`, where the host is an IP address, and answers from a thread of its own;
  // port 0 takes a free one. Returns a sentence when it cannot.
  std::optional<std::string> start(const std::string& address);
  // Answers nobody any more. Safe to repeat.
  void stop();

  // The port listened on; 0 before start().
  std::uint16_t port() const;

 private:
  class Listener;
  Probes& probes_;
  std::unique_ptr<Listener> listener_;
};

}  // namespace kkr::platform
