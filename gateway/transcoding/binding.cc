#include "gateway/transcoding/binding.h"

#include <utility>

#include "gateway/text/text.h"
#include "google/api/annotations.pb.h"
#include "google/api/http.pb.h"

namespace kkr::gateway {
namespace {

using google::api::HttpRule;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;

bool is_http_body(const Descriptor& type) { return type.full_name() == "google.api.HttpBody"; }

std::pair<std::string, std::string> method_and_path(const HttpRule& rule) {
  switch (rule.pattern_case()) {
    case HttpRule::kGet: return {"GET", rule.get()};
    case HttpRule::kPut: return {"PUT", rule.put()};
    case HttpRule::kPost: return {"POST", rule.post()};
    case HttpRule::kDelete: return {"DELETE", rule.delete_()};
    case HttpRule::kPatch: return {"PATCH", rule.patch()};
    case HttpRule::kCustom: return {rule.custom().kind(), rule.custom().path()};
    case HttpRule::PATTERN_NOT_SET: break;
  }
  return {};
}

// A field path that names a field through singular messages.
bool names_a_field(const Descriptor* type, std::string_view path) {
  for (const std::string_view name : split(path, '.')) {
    const auto* field = type == nullptr ? nullptr : type->FindFieldByName(std::string(name));
    if (field == nullptr || field->is_repeated()) return false;
    type = field->message_type();
  }
  return true;
}

const FieldDescriptor* message_field(const Descriptor& type, const std::string& name) {
  const auto* field = type.FindFieldByName(name);
  const bool fits = field != nullptr && !field->is_repeated() && field->message_type() != nullptr;
  return fits ? field : nullptr;
}

absl::Status wrong(const MethodDescriptor& method, std::string_view why) {
  return absl::InvalidArgumentError(concat({method.full_name(), ": ", why}));
}

absl::Status bind_body(const std::string& body, Binding& binding) {
  const Descriptor* type = binding.method->input_type();
  if (body.empty()) return absl::OkStatus();
  if (body == "*") {
    binding.body_is_whole_request = true;
  } else {
    binding.body_field = message_field(*type, body);
    if (binding.body_field == nullptr)
      return wrong(*binding.method, concat({"body '", body, "' is no singular message field"}));
    type = binding.body_field->message_type();
    binding.bound.push_back(body);
  }
  binding.body = is_http_body(*type) ? Binding::Body::kRawContent : Binding::Body::kJson;
  return absl::OkStatus();
}

absl::Status bind_reply(const std::string& response_body, Binding& binding) {
  const Descriptor* type = binding.method->output_type();
  if (!response_body.empty()) {
    binding.reply_field = message_field(*type, response_body);
    if (binding.reply_field == nullptr)
      return wrong(*binding.method,
                   concat({"response_body '", response_body, "' is no message field"}));
    type = binding.reply_field->message_type();
  }
  binding.reply_is_raw_content = is_http_body(*type);
  return absl::OkStatus();
}

absl::StatusOr<Binding> bind(const MethodDescriptor& method, const HttpRule& rule) {
  Binding binding;
  binding.method = &method;
  std::tie(binding.http_method, binding.path_text) = method_and_path(rule);
  auto path = parse_path_template(binding.path_text);
  if (!path.ok()) return wrong(method, std::string(path.status().message()));
  binding.path = *std::move(path);
  for (const PathVariable& variable : binding.path.variables) {
    if (!names_a_field(method.input_type(), variable.field_path))
      return wrong(method, concat({"the request has no field '", variable.field_path, "'"}));
    binding.bound.push_back(variable.field_path);
  }
  if (auto status = bind_body(rule.body(), binding); !status.ok()) return status;
  if (auto status = bind_reply(rule.response_body(), binding); !status.ok()) return status;
  return binding;
}

}  // namespace

absl::StatusOr<std::vector<Binding>> bindings_of(
    const google::protobuf::ServiceDescriptor& service) {
  std::vector<Binding> bindings;
  for (int i = 0; i < service.method_count(); ++i) {
    const MethodDescriptor& method = *service.method(i);
    if (!method.options().HasExtension(google::api::http)) continue;
    if (method.client_streaming() || method.server_streaming())
      return wrong(method, "a streaming method cannot be transcoded");
    const HttpRule& rule = method.options().GetExtension(google::api::http);
    std::vector<const HttpRule*> rules = {&rule};
    for (const HttpRule& additional : rule.additional_bindings()) rules.push_back(&additional);
    for (const HttpRule* each : rules) {
      auto binding = bind(method, *each);
      if (!binding.ok()) return binding.status();
      bindings.push_back(*std::move(binding));
    }
  }
  return bindings;
}

}  // namespace kkr::gateway
