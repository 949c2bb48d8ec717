// Where an HTTP server listens, as settings write it. Looks no name up.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kkr::gateway {

struct HttpAddress {
  std::string host;  // Without the brackets of an IPv6 address.
  std::uint16_t port = 0;
};

// Of `host:port` or `[host]:port`; nullopt for anything else.
std::optional<HttpAddress> parse_http_address(std::string_view text);

// Such as `http://127.0.0.1:8080`.
std::string url_of(const HttpAddress& address);

}  // namespace kkr::gateway
