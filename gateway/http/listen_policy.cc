#include "gateway/http/listen_policy.h"

#include <boost/asio/ip/address.hpp>
#include <utility>

namespace kkr::gateway::http {

std::optional<std::string> refusal_to_listen(const std::string& address,
                                             bool behind_authenticating_proxy) {
  boost::system::error_code error;
  const auto parsed = boost::asio::ip::make_address(address, error);
  if (error) return "'" + address + "' is not an IP address; give one such as 127.0.0.1.";
  if (parsed.is_loopback() || behind_authenticating_proxy) return std::nullopt;
  return "Refusing to listen on " + address +
         ", which other machines can reach: the gateway has no sign-in and believes whatever the "
         "header KKR-Actor says. Listen on 127.0.0.1, or put a proxy that signs people in and sets "
         "KKR-Actor before it and pass --behind-authenticating-proxy.";
}

}  // namespace kkr::gateway::http
