#include "gateway/transcoding/transcoder.h"

#include "gateway/json/json_reader.h"
#include "gateway/json/json_writer.h"
#include "gateway/text/text.h"
#include "gateway/transcoding/message_reader.h"
#include "gateway/transcoding/message_writer.h"

namespace kkr::gateway {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// google.api.HttpBody, by its field numbers.
constexpr int kContentType = 1;
constexpr int kContent = 2;

void set_text(Message& message, int field_number, std::string_view text) {
  const auto* field = message.GetDescriptor()->FindFieldByNumber(field_number);
  message.GetReflection()->SetString(&message, field, std::string(text));
}

std::string text_of(const Message& message, int field_number) {
  const auto* field = message.GetDescriptor()->FindFieldByNumber(field_number);
  return message.GetReflection()->GetString(message, field);
}

bool is_json(std::string_view content_type) {
  const auto type = trim(content_type.substr(0, content_type.find(';')));
  return type.empty() || equals_ignoring_case(type, "application/json");
}

MaybeViolation read_body(const Binding& binding, const Payload& payload, Message& request) {
  Message& target = binding.body_field == nullptr
                        ? request
                        : *request.GetReflection()->MutableMessage(&request, binding.body_field);
  switch (binding.body) {
    case Binding::Body::kNone:
      if (payload.body.empty()) return std::nullopt;
      return Violation{"", "UNEXPECTED_BODY", "The request must have no body."};
    case Binding::Body::kRawContent:
      if (!is_utf8(payload.content_type))
        return Violation{"Content-Type", "BAD_UTF8", "is not valid UTF-8."};
      set_text(target, kContentType, payload.content_type);
      set_text(target, kContent, payload.body);
      return std::nullopt;
    case Binding::Body::kJson: break;
  }
  if (payload.body.empty()) return std::nullopt;
  if (!is_json(payload.content_type))
    return Violation{"", "UNSUPPORTED_MEDIA_TYPE", "The body must be application/json."};
  return read_json(payload.body, target);
}

}  // namespace

absl::StatusOr<Transcoder> Transcoder::create(
    const std::vector<const google::protobuf::ServiceDescriptor*>& services,
    google::protobuf::MessageFactory& factory) {
  Transcoder transcoder(factory);
  for (const auto* service : services) {
    auto bindings = bindings_of(*service);
    if (!bindings.ok()) return bindings.status();
    for (Binding& binding : *bindings) {
      const std::size_t route = transcoder.bindings_.size();
      if (auto added = transcoder.router_.add(binding.http_method, binding.path, route);
          !added.ok())
        return absl::AlreadyExistsError(binding.method->full_name() + " at " + binding.path_text +
                                        ": " + std::string(added.message()));
      transcoder.bindings_.push_back(std::move(binding));
    }
  }
  return transcoder;
}

RouteMatch Transcoder::match(std::string_view http_method, std::string_view path) const {
  return router_.match(http_method == "HEAD" ? "GET" : http_method, path);
}

std::variant<MessagePtr, Violation> Transcoder::read_request(const Binding& binding,
                                                             const RouteMatch& match,
                                                             const Payload& payload) const {
  MessagePtr request(factory_->GetPrototype(binding.method->input_type())->New());
  if (auto violation = read_body(binding, payload, *request)) return *std::move(violation);
  for (const auto& [field_path, value] : match.variables)
    if (auto violation = read_path_variable(field_path, value, *request))
      return *std::move(violation);
  if (binding.body_is_whole_request) {
    if (payload.query.empty()) return request;
    return Violation{"", "UNEXPECTED_QUERY",
                     "All fields belong in the body; the query must be empty."};
  }
  if (auto violation = read_query(payload.query, binding.bound, *request))
    return *std::move(violation);
  return request;
}

MessagePtr Transcoder::new_reply(const Binding& binding) const {
  return MessagePtr(factory_->GetPrototype(binding.method->output_type())->New());
}

Rendered Transcoder::write_reply(const Binding& binding, const Message& reply) {
  const Message& part = binding.reply_field == nullptr
                            ? reply
                            : reply.GetReflection()->GetMessage(reply, binding.reply_field);
  if (binding.reply_is_raw_content) {
    std::string type = text_of(part, kContentType);
    if (type.empty()) type = "application/octet-stream";
    return {std::move(type), text_of(part, kContent)};
  }
  Rendered rendered{"application/json", ""};
  JsonWriter json(rendered.body);
  write_message(part, json);
  return rendered;
}

}  // namespace kkr::gateway
