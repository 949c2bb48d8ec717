#include "gateway/openapi/schemas.h"

#include "gateway/openapi/comments.h"
#include "gateway/transcoding/well_known.h"
#include "google/api/field_behavior.pb.h"

namespace kkr::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;

// `kkr.consultation.v1.Round.State` is `consultation.Round.State`.
std::string component_name(const Descriptor& type) {
  std::string name = type.full_name();
  if (name.rfind("kkr.", 0) == 0) name.erase(0, 4);
  if (const auto version = name.find(".v1."); version != std::string::npos) name.erase(version, 3);
  return name;
}

Json of_enum(const EnumDescriptor& type) {
  Json values = Json::array();
  std::string description = comment_of(type);
  for (int i = 0; i < type.value_count(); ++i) {
    values.push_back(type.value(i)->name());
    description += "\n- `" + type.value(i)->name() + "`: " + comment_of(*type.value(i));
  }
  return {{"type", "string"}, {"enum", values}, {"description", description}};
}

Json of_scalar(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32: return {{"type", "integer"}, {"format", "int32"}};
    case FieldDescriptor::CPPTYPE_UINT32:
      return {{"type", "integer"}, {"minimum", 0}, {"maximum", 4294967295U}};
    case FieldDescriptor::CPPTYPE_INT64: return {{"type", "string"}, {"pattern", "^-?[0-9]+$"}};
    case FieldDescriptor::CPPTYPE_UINT64: return {{"type", "string"}, {"pattern", "^[0-9]+$"}};
    case FieldDescriptor::CPPTYPE_FLOAT: return {{"type", "number"}, {"format", "float"}};
    case FieldDescriptor::CPPTYPE_DOUBLE: return {{"type", "number"}, {"format", "double"}};
    case FieldDescriptor::CPPTYPE_BOOL: return {{"type", "boolean"}};
    case FieldDescriptor::CPPTYPE_ENUM: return of_enum(*field.enum_type());
    case FieldDescriptor::CPPTYPE_MESSAGE:
    case FieldDescriptor::CPPTYPE_STRING: break;
  }
  if (field.type() == FieldDescriptor::TYPE_BYTES)
    return {{"type", "string"}, {"contentEncoding", "base64"}};
  return {{"type", "string"}};
}

// Of the types that are not objects with their fields.
Json of_well_known(const Descriptor& type) {
  switch (type.well_known_type()) {
    case Descriptor::WELLKNOWNTYPE_TIMESTAMP: return {{"type", "string"}, {"format", "date-time"}};
    case Descriptor::WELLKNOWNTYPE_DURATION:
      return {{"type", "string"}, {"pattern", "^-?[0-9]+(\\.[0-9]{1,9})?s$"}};
    case Descriptor::WELLKNOWNTYPE_FIELDMASK: return {{"type", "string"}};
    case Descriptor::WELLKNOWNTYPE_VALUE: return Json::object();
    case Descriptor::WELLKNOWNTYPE_LISTVALUE: return {{"type", "array"}, {"items", Json::object()}};
    default: break;
  }
  if (is_wrapper(type)) return of_scalar(*type.FindFieldByNumber(1));
  return {{"type", "object"}};
}

bool has_own_json(const Descriptor& type) {
  return is_written_as_string(type) || is_wrapper(type) || is_free_form(type);
}

}  // namespace

bool has_behavior(const FieldDescriptor& field, int field_behavior) {
  const auto& options = field.options();
  for (int i = 0; i < options.ExtensionSize(google::api::field_behavior); ++i)
    if (options.GetExtension(google::api::field_behavior, i) == field_behavior) return true;
  return false;
}

void Schemas::expect_in_replies(const Descriptor& type) {
  if (!in_replies_.insert(&type).second) return;
  for (int i = 0; i < type.field_count(); ++i)
    if (type.field(i)->message_type() != nullptr) expect_in_replies(*type.field(i)->message_type());
}

Json Schemas::of_message(const Descriptor& type) {
  if (has_own_json(type)) return of_well_known(type);
  return of_request(type, {});
}

Json Schemas::of_request(const Descriptor& type, const std::set<std::string>& without) {
  const std::string name = component_name(type);
  if (!components_.contains(name)) {
    components_[name] = nullptr;  // Known from here on, so that a recursive type ends.
    Json schema = object(type, without);
    components_[name] = std::move(schema);
  }
  return {{"$ref", "#/components/schemas/" + name}};
}

bool Schemas::is_required(const FieldDescriptor& field) const {
  if (!has_behavior(field, google::api::REQUIRED)) return false;
  return !field.has_presence() || in_replies_.count(field.containing_type()) == 0;
}

Json Schemas::object(const Descriptor& type, const std::set<std::string>& without) {
  Json properties = Json::object();
  Json required = Json::array();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (without.count(field.name()) > 0) continue;
    Json schema = of_field(field);
    if (has_behavior(field, google::api::OUTPUT_ONLY)) schema["readOnly"] = true;
    if (has_behavior(field, google::api::INPUT_ONLY)) schema["writeOnly"] = true;
    properties[field.json_name()] = std::move(schema);
    if (is_required(field)) required.push_back(field.json_name());
  }
  Json object = {{"type", "object"}, {"description", comment_of(type)}};
  object["properties"] = std::move(properties);
  if (!required.empty()) object["required"] = std::move(required);
  object["additionalProperties"] = false;
  return object;
}

Json Schemas::of_value(const FieldDescriptor& field) {
  return field.message_type() != nullptr ? of_message(*field.message_type()) : of_scalar(field);
}

Json Schemas::of_field(const FieldDescriptor& field) {
  Json schema;
  if (field.is_map()) {
    schema = {{"type", "object"},
              {"additionalProperties", of_value(*field.message_type()->map_value())}};
  } else if (field.is_repeated()) {
    schema = {{"type", "array"}, {"items", of_value(field)}};
  } else {
    schema = of_value(field);
  }
  std::string description = comment_of(field);
  if (const auto present = schema.find("description"); present != schema.end())
    description += "\n" + present->get<std::string>();
  if (!description.empty()) schema["description"] = std::move(description);
  return schema;
}

}  // namespace kkr::gateway
