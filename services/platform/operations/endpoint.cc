#include "services/platform/operations/endpoint.h"

#include <charconv>

namespace kkr::platform {

std::optional<boost::asio::ip::tcp::endpoint> endpoint_of(const std::string& address) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  std::string host = address.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != std::string::npos) {
    return std::nullopt;
  }
  std::uint16_t port = 0;
  const char* const begin = address.data() + colon + 1;
  const char* const end = address.data() + address.size();
  if (const auto [rest, fault] = std::from_chars(begin, end, port);
      fault != std::errc{} || rest != end) {
    return std::nullopt;
  }
  boost::system::error_code error;
  const auto ip = boost::asio::ip::make_address(host, error);
  if (error) return std::nullopt;
  return boost::asio::ip::tcp::endpoint(ip, port);
}

}  // namespace kkr::platform
