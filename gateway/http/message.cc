#include "gateway/http/message.h"

#include <boost/beast/http/status.hpp>

namespace kkr::gateway::http {

void append_header(std::string& head, std::string_view name, std::string_view value) {
  head += name;
  head += ": ";
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    head.push_back(byte < 0x20 || byte == 0x7F ? ' ' : c);
  }
  head += "\r\n";
}

std::string_view reason_phrase(int status) {
  if (status == 499) return "Client Closed Request";
  const auto known = boost::beast::http::int_to_status(static_cast<unsigned>(status));
  const auto phrase = boost::beast::http::obsolete_reason(known);
  return {phrase.data(), phrase.size()};
}

}  // namespace kkr::gateway::http
