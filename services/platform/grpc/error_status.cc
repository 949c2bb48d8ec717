#include "services/platform/grpc/error_status.h"

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace kkr::platform {
namespace {

google::rpc::ErrorInfo error_info(std::string_view reason,
                                  const std::map<std::string, std::string>& metadata) {
  google::rpc::ErrorInfo info;
  info.set_reason(std::string(reason));
  info.set_domain("kkr");
  info.mutable_metadata()->insert(metadata.begin(), metadata.end());
  return info;
}

google::rpc::BadRequest bad_request(const std::vector<FieldViolation>& violations) {
  google::rpc::BadRequest bad;
  for (const FieldViolation& violation : violations) {
    auto* entry = bad.add_field_violations();
    entry->set_field(violation.field);
    entry->set_description(violation.description);
  }
  return bad;
}

}  // namespace

grpc::Status error_status(grpc::StatusCode code, std::string_view reason,
                          const std::string& message,
                          const std::map<std::string, std::string>& metadata,
                          const std::vector<FieldViolation>& violations) {
  google::rpc::Status details;
  details.set_code(code);
  details.set_message(message);
  details.add_details()->PackFrom(error_info(reason, metadata));
  if (!violations.empty()) details.add_details()->PackFrom(bad_request(violations));
  return grpc::Status(code, message, details.SerializeAsString());
}

grpc::Status refusal_status(const OutwardRefusal& outward,
                            const std::map<std::string, std::string>& details,
                            const std::optional<std::string>& sentence) {
  std::vector<FieldViolation> violations;
  if (const auto field = details.find("field"); field != details.end()) {
    const auto rule = details.find("rule");
    violations.push_back({field->second, rule == details.end() ? "" : rule->second});
  }
  return error_status(outward.code, outward.reason, sentence.value_or(outward.sentence), details,
                      violations);
}

std::string reason_of(const grpc::Status& status) {
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return {};
  for (const auto& detail : details.details()) {
    google::rpc::ErrorInfo info;
    if (detail.Is<google::rpc::ErrorInfo>() && detail.UnpackTo(&info)) return info.reason();
  }
  return {};
}

}  // namespace kkr::platform
