#include "gateway/openapi/operations.h"

#include <set>

#include "gateway/openapi/comments.h"
#include "gateway/text/text.h"
#include "gateway/transcoding/well_known.h"
#include "google/api/field_behavior.pb.h"

namespace kkr::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// How deep a query parameter may reach into messages: `a.b.c`.
constexpr int kQueryDepthMax = 3;

std::string singular(const std::string& plural) {
  if (plural.size() > 3 && plural.compare(plural.size() - 3, 3, "ies") == 0)
    return plural.substr(0, plural.size() - 3) + "y";
  if (plural.size() > 1 && plural.back() == 's') return plural.substr(0, plural.size() - 1);
  return plural;
}

// The name of every `*` and `**`, in order; a second one of a name gets a number.
std::vector<std::string> star_names(const PathTemplate& path) {
  std::vector<std::string> names;
  std::set<std::string> taken;
  for (std::size_t i = 0; i < path.segments.size(); ++i) {
    if (path.segments[i].kind == Segment::Kind::kLiteral) continue;
    const bool after_literal = i > 0 && path.segments[i - 1].kind == Segment::Kind::kLiteral;
    const std::string base = after_literal ? singular(path.segments[i - 1].literal) : "part";
    std::string name = base;
    for (int number = 2; !taken.insert(name).second; ++number) name = base + std::to_string(number);
    names.push_back(std::move(name));
  }
  return names;
}

Json path_parameter(const PathParameter& parameter) {
  return {{"name", parameter.name},
          {"in", "path"},
          {"required", true},
          {"description", "The id of the " + parameter.name + "."},
          {"schema", {{"type", "string"}, {"minLength", 1}}}};
}

bool is_bound(const Binding& binding, const std::string& path) {
  for (const std::string& bound : binding.bound)
    if (path == bound) return true;
  return false;
}

// Fields that neither path nor body give; messages are reached into, field by field.
void add_query_parameters(const Binding& binding, const Descriptor& type,
                          const std::string& proto_prefix, const std::string& json_prefix,
                          int depth, Schemas& schemas, Json& parameters) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (is_bound(binding, proto_prefix + field.name())) continue;
    const Descriptor* message = field.message_type();
    if (field.is_map() || (message != nullptr && is_free_form(*message))) continue;
    const bool is_text =
        message == nullptr || is_written_as_string(*message) || is_wrapper(*message);
    if (!is_text) {
      if (!field.is_repeated() && depth < kQueryDepthMax)
        add_query_parameters(binding, *message, proto_prefix + field.name() + ".",
                             json_prefix + field.json_name() + ".", depth + 1, schemas, parameters);
      continue;
    }
    Json schema = schemas.of_field(field);
    Json parameter = {{"name", json_prefix + field.json_name()}, {"in", "query"}};
    if (depth == 1 && has_behavior(field, google::api::REQUIRED)) parameter["required"] = true;
    parameter["description"] = comment_of(field);
    schema.erase("description");
    parameter["schema"] = std::move(schema);
    parameters.push_back(std::move(parameter));
  }
}

Json parameters_of(const Binding& binding, Schemas& schemas) {
  Json parameters = Json::array();
  for (const PathParameter& parameter : path_parameters(binding.path))
    parameters.push_back(path_parameter(parameter));
  if (!binding.body_is_whole_request)
    add_query_parameters(binding, *binding.method->input_type(), "", "", 1, schemas, parameters);
  parameters.push_back({{"$ref", "#/components/parameters/Actor"}});
  return parameters;
}

Json json_content(Json schema) { return {{"application/json", {{"schema", std::move(schema)}}}}; }

Json request_body_of(const Binding& binding, Schemas& schemas) {
  if (binding.is_upload()) return {{"required", true}, {"content", {{"*/*", Json::object()}}}};
  if (binding.body_field != nullptr)
    return {{"required", true},
            {"content", json_content(schemas.of_message(*binding.body_field->message_type()))}};
  std::set<std::string> in_path;
  for (const PathVariable& variable : binding.path.variables) in_path.insert(variable.field_path);
  return {{"required", true},
          {"content", json_content(schemas.of_request(*binding.method->input_type(), in_path))}};
}

Json responses_of(const Binding& binding, Schemas& schemas) {
  const Descriptor& type = binding.reply_field != nullptr ? *binding.reply_field->message_type()
                                                          : *binding.method->output_type();
  Json success = {{"description", "Done."}};
  success["content"] = binding.reply_is_raw_content ? Json{{"*/*", Json::object()}}
                                                    : json_content(schemas.of_message(type));
  Json responses = {{"200", std::move(success)}};
  if (binding.http_method == "GET")
    responses["304"] = {{"description", "The client has it: `If-None-Match` names its ETag."}};
  responses["4XX"] = {{"$ref", "#/components/responses/Error"}};
  responses["5XX"] = {{"$ref", "#/components/responses/Error"}};
  return responses;
}

}  // namespace

std::string openapi_path(const PathTemplate& path) {
  const auto names = star_names(path);
  std::string text;
  std::size_t star = 0;
  for (const Segment& segment : path.segments) {
    text += '/';
    text += segment.kind == Segment::Kind::kLiteral ? segment.literal
                                                    : concat({"{", names[star++], "}"});
  }
  if (!path.verb.empty()) text += ":" + path.verb;
  return text;
}

std::vector<PathParameter> path_parameters(const PathTemplate& path) {
  std::vector<PathParameter> parameters;
  const auto names = star_names(path);
  for (const Segment& segment : path.segments)
    if (segment.kind != Segment::Kind::kLiteral)
      parameters.push_back({names[parameters.size()], segment.kind == Segment::Kind::kRest});
  return parameters;
}

Json operation_of(const Binding& binding, std::string operation_id, Schemas& schemas) {
  const std::string comment = comment_of(*binding.method);
  Json operation = {{"operationId", std::move(operation_id)},
                    {"tags", {binding.method->service()->name()}},
                    {"summary", first_sentence(comment)},
                    {"description", comment}};
  operation["parameters"] = parameters_of(binding, schemas);
  if (binding.body != Binding::Body::kNone)
    operation["requestBody"] = request_body_of(binding, schemas);
  operation["responses"] = responses_of(binding, schemas);
  return operation;
}

}  // namespace kkr::gateway
