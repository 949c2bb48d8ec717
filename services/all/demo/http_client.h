// A small blocking HTTP client for one server on this machine: what the demo needs to use the site
// as anybody would, through its public API. Not for use inside the site.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

namespace kkr::demo {

// What the server said. `status` 0 means that it could not be reached; `body` then says why.
struct HttpReply {
  int status = 0;
  std::string content_type;
  std::string body;

  bool ok() const { return status >= 200 && status < 300; }
};

// Keeps one connection open. One thread only.
class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port);
  ~HttpClient();

  // Sends one request and waits for the whole reply, 30 s at most. `headers` are added to Host.
  // What the site could not take (503), or cut off, is sent again for 30 s, so it must be harmless
  // twice: the play's commands carry request ids. Whatever came last is returned.
  HttpReply send(const std::string& method, const std::string& target,
                 const std::map<std::string, std::string>& headers, const std::string& body);

 private:
  struct Connection;
  HttpReply send_once(const std::string& method, const std::string& target,
                      const std::map<std::string, std::string>& headers, const std::string& body);

  std::uint16_t port_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace kkr::demo
