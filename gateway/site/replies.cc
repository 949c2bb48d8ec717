#include "gateway/site/replies.h"

#include <algorithm>

#include "gateway/text/text.h"
#include "services/platform/event_store/sha256.h"

namespace kkr::gateway {
namespace {

using google::rpc::Code;

// A file that somebody uploaded must never act as a page of this site.
constexpr std::string_view kFilePolicy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";
constexpr std::string_view kJsonPolicy = "default-src 'none'; frame-ancestors 'none'";
constexpr std::string_view kCacheControl = "private, no-cache";
constexpr std::string_view kRetryAfterSeconds = "1";

ErrorReply with_status(int http_status, ErrorReply error) {
  error.http_status = http_status;
  return error;
}

ErrorReply error_of(http::Refusal refusal) {
  const auto bad = [](int status, const char* reason, const char* sentence) {
    return with_status(status, make_error(Code::INVALID_ARGUMENT, reason, sentence));
  };
  switch (refusal) {
    case http::Refusal::kMalformed:
      return bad(400, "MALFORMED_REQUEST", "This is not a well-formed HTTP/1.1 request.");
    case http::Refusal::kTargetTooLong:
      return bad(414, "TARGET_TOO_LONG", "The path and query are too long.");
    case http::Refusal::kBodyTooLarge:
      return bad(413, "BODY_TOO_LARGE", "The body is larger than this method takes.");
    case http::Refusal::kHeaderTooLarge:
      return bad(431, "HEADER_TOO_LARGE", "The header is larger than 16 KiB.");
    case http::Refusal::kTooManyClients: break;
  }
  return make_error(Code::UNAVAILABLE, "TOO_MANY_CLIENTS", "Too many clients are connected.");
}

}  // namespace

std::string head_for(std::string_view content_type) {
  std::string head;
  http::append_header(head, "Content-Type", content_type);
  http::append_header(head, "Content-Security-Policy",
                      content_type == kJsonType ? kJsonPolicy : kFilePolicy);
  http::append_header(head, "Cache-Control", kCacheControl);
  return head;
}

http::Response make_response(int status, std::string head, std::string body) {
  http::Response response;
  response.status = status;
  response.head = http::SharedText(std::move(head));
  response.body = http::SharedText(std::move(body));
  return response;
}

http::Response make_response(const ErrorReply& error) {
  std::string head = head_for(kJsonType);
  if (error.http_status == 429 || error.http_status == 503)
    http::append_header(head, "Retry-After", kRetryAfterSeconds);
  return make_response(error.http_status, std::move(head), render_error(error));
}

http::Response make_response(http::Refusal refusal) { return make_response(error_of(refusal)); }

http::Response path_unknown(std::string_view path) {
  return make_response(
      make_error(Code::NOT_FOUND, "PATH_UNKNOWN",
                 concat({"There is nothing at '", path, "'; see /openapi.json."})));
}

http::Response method_not_allowed(std::string_view method,
                                  const std::vector<std::string_view>& has) {
  std::string allow;
  for (const std::string_view each : has) {
    allow += each;
    allow += ", ";
    if (each == "GET") allow += "HEAD, ";
  }
  allow += "OPTIONS";
  if (method == "OPTIONS") {
    std::string head;
    http::append_header(head, "Allow", allow);
    return make_response(204, std::move(head), "");
  }
  const auto error = with_status(
      405, make_error(Code::UNIMPLEMENTED, "METHOD_NOT_ALLOWED",
                      concat({"This path does not answer to this method, but to ", allow, "."})));
  std::string head = head_for(kJsonType);
  http::append_header(head, "Allow", allow);
  return make_response(405, std::move(head), render_error(error));
}

std::string etag_of(std::string_view body) {
  constexpr std::size_t kBytes = 16;  // Of the digest; enough that no two bodies share them.
  const auto digest = platform::sha256_of(body);
  return concat({"\"", platform::to_hex(platform::as_bytes(digest).substr(0, kBytes)), "\""});
}

bool matches_etag(std::string_view if_none_match, std::string_view etag) {
  if (if_none_match.empty()) return false;
  const auto parts = split(if_none_match, ',');
  return std::any_of(parts.begin(), parts.end(), [etag](std::string_view each) {
    each = trim(each);
    if (each.substr(0, 2) == "W/") each.remove_prefix(2);  // For this the weak comparison counts.
    return each == "*" || each == etag;
  });
}

http::Response unless_known(const http::Request& request, std::string_view etag,
                            http::Response response) {
  if (!matches_etag(request.header("If-None-Match"), etag)) return response;
  // Nothing that describes a body: clients have been seen to look for one.
  std::string head;
  http::append_header(head, "ETag", etag);
  http::append_header(head, "Vary", "Accept-Language");
  http::append_header(head, "Cache-Control", kCacheControl);
  return make_response(304, std::move(head), "");
}

}  // namespace kkr::gateway
