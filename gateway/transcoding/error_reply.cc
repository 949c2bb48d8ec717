#include "gateway/transcoding/error_reply.h"

#include "gateway/json/json_writer.h"
#include "gateway/text/text.h"
#include "gateway/transcoding/message_writer.h"
#include "google/rpc/error_details.pb.h"

namespace kkr::gateway {
namespace {

using google::rpc::Code;
using google::rpc::ErrorInfo;

constexpr std::string_view kDomain = "kkr";

ErrorInfo error_info(std::string reason, const std::map<std::string, std::string>& metadata) {
  ErrorInfo error;
  error.set_reason(std::move(reason));
  error.set_domain(std::string(kDomain));
  for (const auto& [key, value] : metadata) (*error.mutable_metadata())[key] = value;
  return error;
}

std::string code_name(int code) {
  return google::rpc::Code_IsValid(code) ? google::rpc::Code_Name(static_cast<Code>(code))
                                         : google::rpc::Code_Name(Code::UNKNOWN);
}

void keep_one_error_info(google::rpc::Status& status) {
  bool has_error_info = false;
  google::rpc::Status kept;
  for (const auto& detail : status.details()) {
    if (detail.Is<ErrorInfo>() && std::exchange(has_error_info, true)) continue;
    *kept.add_details() = detail;
  }
  if (!has_error_info) kept.add_details()->PackFrom(error_info(code_name(status.code()), {}));
  status.mutable_details()->Swap(kept.mutable_details());
}

ErrorReply unreachable(std::string_view service) {
  return make_error(Code::UNAVAILABLE, "SERVICE_UNAVAILABLE",
                    concat({"The service '", service, "' does not answer at present."}),
                    {{"service", std::string(service)}});
}

}  // namespace

int http_status_of(Code code) {
  switch (code) {
    case Code::OK: return 200;
    case Code::CANCELLED: return 499;
    case Code::UNKNOWN: return 500;
    case Code::INVALID_ARGUMENT: return 400;
    case Code::DEADLINE_EXCEEDED: return 504;
    case Code::NOT_FOUND: return 404;
    case Code::ALREADY_EXISTS: return 409;
    case Code::PERMISSION_DENIED: return 403;
    case Code::UNAUTHENTICATED: return 401;
    case Code::RESOURCE_EXHAUSTED: return 429;
    case Code::FAILED_PRECONDITION: return 400;
    case Code::ABORTED: return 409;
    case Code::OUT_OF_RANGE: return 400;
    case Code::UNIMPLEMENTED: return 501;
    case Code::INTERNAL: return 500;
    case Code::UNAVAILABLE: return 503;
    case Code::DATA_LOSS: return 500;
    default: return 500;  // What protoc adds to keep the enum open.
  }
}

ErrorReply make_error(Code code, std::string reason, std::string message,
                      const std::map<std::string, std::string>& metadata) {
  ErrorReply error;
  error.http_status = http_status_of(code);
  error.status.set_code(code);
  error.status.set_message(std::move(message));
  error.status.add_details()->PackFrom(error_info(std::move(reason), metadata));
  return error;
}

ErrorReply make_error(const Violation& violation) {
  const std::string sentence = violation.field.empty()
                                   ? violation.description
                                   : concat({"'", violation.field, "' ", violation.description});
  const bool is_about_body = violation.field.empty() && !sentence.empty() &&
                             sentence.front() >= 'a' && sentence.front() <= 'z';
  auto error = make_error(Code::INVALID_ARGUMENT, violation.reason,
                          is_about_body ? concat({"The body ", sentence}) : sentence);
  if (violation.reason == "UNSUPPORTED_MEDIA_TYPE") error.http_status = 415;
  google::rpc::BadRequest bad_request;
  auto* field = bad_request.add_field_violations();
  field->set_field(violation.field);
  field->set_description(error.status.message());
  field->set_reason(violation.reason);
  error.status.add_details()->PackFrom(bad_request);
  return error;
}

ErrorReply make_error(const grpc::Status& status, std::string_view service) {
  ErrorReply error;
  const bool has_details =
      error.status.ParseFromString(status.error_details()) && error.status.details_size() > 0;
  if (!has_details && status.error_code() == grpc::StatusCode::UNAVAILABLE)
    return unreachable(service);
  if (!has_details && status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED)
    return make_error(Code::DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED",
                      concat({"The service '", service, "' did not answer in time."}),
                      {{"service", std::string(service)}});
  error.status.set_code(status.error_code());
  error.status.set_message(status.error_message());
  keep_one_error_info(error.status);
  error.http_status = http_status_of(static_cast<Code>(error.status.code()));
  return error;
}

std::string render_error(const ErrorReply& error) {
  std::string text;
  JsonWriter json(text);
  json.begin_object();
  json.plain_key("error");
  json.begin_object();
  json.plain_key("code");
  json.number(std::int64_t{error.http_status});
  json.plain_key("message");
  json.string(error.status.message());
  json.plain_key("status");
  json.string(code_name(error.status.code()));
  json.plain_key("details");
  json.begin_array();
  for (const auto& detail : error.status.details()) write_message(detail, json);
  json.end_array();
  json.end_object();
  json.end_object();
  return text;
}

}  // namespace kkr::gateway
