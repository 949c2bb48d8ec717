// An address as our settings write it, `192.0.2.1:80` or `[::1]:80`. Looks no name up.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <optional>
#include <string>

namespace kkr::platform {

// nullopt when it is not an IP address and a port.
std::optional<boost::asio::ip::tcp::endpoint> endpoint_of(const std::string& address);

}  // namespace kkr::platform
