// One HTTP request as the site sees it, and what it answers. Text is shared or pointed to, never
// copied on the way out; nothing here touches a socket.
#pragma once

#include <boost/beast/http/fields.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "services/platform/asio/awaitable.h"

namespace kkr::gateway::http {

// Valid for as long as the site works on it.
struct Request {
  std::string_view method;
  std::string_view path;   // Raw: still percent-encoded.
  std::string_view query;  // Without its '?'.
  const boost::beast::http::fields& fields;
  std::string_view body;

  // Empty when there is no such header. Names know no case.
  std::string_view header(std::string_view name) const {
    const auto found = fields.find(boost::beast::string_view(name.data(), name.size()));
    if (found == fields.end()) return {};
    return {found->value().data(), found->value().size()};
  }
};

// A part of a text that several responses may send at once.
struct SharedText {
  SharedText() = default;
  explicit SharedText(std::string whole)
      : owner(std::make_shared<const std::string>(std::move(whole))), text(*owner) {}
  SharedText(std::shared_ptr<const std::string> of, std::string_view part)
      : owner(std::move(of)), text(part) {}

  std::shared_ptr<const std::string> owner;
  std::string_view text;
};

// A body without a known end. Used by one connection, on its thread.
class BodyStream {
 public:
  virtual ~BodyStream() = default;
  // The next piece; nothing when it has ended. One call at a time.
  virtual boost::asio::awaitable<std::optional<std::string>> next() = 0;
  // Ends it: a next() that waits returns nothing. From the connection's thread.
  virtual void close() = 0;
};

struct Response {
  int status = 200;
  // Header lines, each with its CRLF. The connection adds Date, Content-Length, Connection and the
  // headers every response has.
  SharedText head;
  SharedText body;
  std::shared_ptr<BodyStream> stream;  // Instead of `body`.
};

// Appends `Name: value\r\n`. Control characters in the value become blanks: nobody can add a line.
void append_header(std::string& head, std::string_view name, std::string_view value);

std::string_view reason_phrase(int status);

}  // namespace kkr::gateway::http
