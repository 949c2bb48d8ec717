// The HTTP form of what the site answers: JSON, errors, files. Every header an answer has beyond
// those of the connection is set here.
#pragma once

#include <string>
#include <string_view>

#include "gateway/http/message.h"
#include "gateway/http/site.h"
#include "gateway/transcoding/error_reply.h"

namespace kkr::gateway {

inline constexpr std::string_view kJsonType = "application/json";

// Content-Type with the security policy that fits it, and Cache-Control.
std::string head_for(std::string_view content_type);

http::Response make_response(int status, std::string head, std::string body);
// With Retry-After where trying again makes sense.
http::Response make_response(const ErrorReply& error);
http::Response make_response(http::Refusal refusal);

http::Response path_unknown(std::string_view path);
// 204 to OPTIONS, else 405; both with Allow.
http::Response method_not_allowed(std::string_view method,
                                  const std::vector<std::string_view>& has);

// A strong validator: the digest of exactly these bytes, in quotes.
std::string etag_of(std::string_view body);
// Whether an If-None-Match header names the validator.
bool matches_etag(std::string_view if_none_match, std::string_view etag);
// `response` as a 304 when the client has it already.
http::Response unless_known(const http::Request& request, std::string_view etag,
                            http::Response response);

}  // namespace kkr::gateway
