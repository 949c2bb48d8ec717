#include "gateway/transcoding/message_writer.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "gateway/transcoding/well_known.h"
#include "google/protobuf/util/json_util.h"

namespace kkr::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::Reflection;

constexpr int kSingle = -1;

// Reads one value of a field: the only one, or the one at an index.
class FieldValue {
 public:
  FieldValue(const Message& message, const FieldDescriptor& field, int index)
      : message_(message), field_(field), index_(index), reflection_(*message.GetReflection()) {}

#define KKR_FIELD_GETTER(FUNCTION, NAME, TYPE)                                           \
  TYPE FUNCTION() const {                                                                \
    return index_ == kSingle ? reflection_.Get##NAME(message_, &field_)                  \
                             : reflection_.GetRepeated##NAME(message_, &field_, index_); \
  }
  KKR_FIELD_GETTER(int32, Int32, std::int32_t)
  KKR_FIELD_GETTER(int64, Int64, std::int64_t)
  KKR_FIELD_GETTER(uint32, UInt32, std::uint32_t)
  KKR_FIELD_GETTER(uint64, UInt64, std::uint64_t)
  KKR_FIELD_GETTER(real32, Float, float)
  KKR_FIELD_GETTER(real64, Double, double)
  KKR_FIELD_GETTER(boolean, Bool, bool)
  KKR_FIELD_GETTER(enum_number, EnumValue, int)
  KKR_FIELD_GETTER(message, Message, const Message&)
#undef KKR_FIELD_GETTER

  const std::string& text(std::string& scratch) const {
    return index_ == kSingle
               ? reflection_.GetStringReference(message_, &field_, &scratch)
               : reflection_.GetRepeatedStringReference(message_, &field_, index_, &scratch);
  }

 private:
  const Message& message_;
  const FieldDescriptor& field_;
  int index_;
  const Reflection& reflection_;
};

void write_enum(const FieldDescriptor& field, int number, JsonWriter& json) {
  const auto* value = field.enum_type()->FindValueByNumber(number);
  if (field.enum_type()->full_name() == "google.protobuf.NullValue")
    json.raw("null");
  else if (value == nullptr)
    json.number(std::int64_t{number});
  else
    json.string(value->name());
}

void write_value(const FieldDescriptor& field, const FieldValue& value, JsonWriter& json) {
  std::string scratch;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32: return json.number(std::int64_t{value.int32()});
    case FieldDescriptor::CPPTYPE_UINT32: return json.number(std::int64_t{value.uint32()});
    case FieldDescriptor::CPPTYPE_INT64: return json.string_of(value.int64());
    case FieldDescriptor::CPPTYPE_UINT64: return json.string_of(value.uint64());
    case FieldDescriptor::CPPTYPE_FLOAT: return json.number(value.real32());
    case FieldDescriptor::CPPTYPE_DOUBLE: return json.number(value.real64());
    case FieldDescriptor::CPPTYPE_BOOL: return json.boolean(value.boolean());
    case FieldDescriptor::CPPTYPE_ENUM: return write_enum(field, value.enum_number(), json);
    case FieldDescriptor::CPPTYPE_MESSAGE: return write_message(value.message(), json);
    case FieldDescriptor::CPPTYPE_STRING: break;
  }
  const std::string& text = value.text(scratch);
  json.string(field.type() == FieldDescriptor::TYPE_BYTES ? absl::Base64Escape(text) : text);
}

std::string map_key_text(const FieldDescriptor& field, const FieldValue& key) {
  std::string scratch;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32: return std::to_string(key.int32());
    case FieldDescriptor::CPPTYPE_INT64: return std::to_string(key.int64());
    case FieldDescriptor::CPPTYPE_UINT32: return std::to_string(key.uint32());
    case FieldDescriptor::CPPTYPE_UINT64: return std::to_string(key.uint64());
    case FieldDescriptor::CPPTYPE_BOOL: return key.boolean() ? "true" : "false";
    default: return key.text(scratch);  // No other type can be a key.
  }
}

// In the order of the keys, so that equal messages give equal bytes.
void write_map(const Message& message, const FieldDescriptor& field, JsonWriter& json) {
  const FieldDescriptor& key_field = *field.message_type()->map_key();
  const FieldDescriptor& value_field = *field.message_type()->map_value();
  const Reflection& reflection = *message.GetReflection();
  std::vector<std::pair<std::string, const Message*>> entries;
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    const Message& entry = reflection.GetRepeatedMessage(message, &field, i);
    entries.emplace_back(map_key_text(key_field, FieldValue(entry, key_field, kSingle)), &entry);
  }
  std::sort(entries.begin(), entries.end());
  json.begin_object();
  for (const auto& [key, entry] : entries) {
    json.key(key);
    write_value(value_field, FieldValue(*entry, value_field, kSingle), json);
  }
  json.end_object();
}

void write_field(const Message& message, const FieldDescriptor& field, JsonWriter& json) {
  const Reflection& reflection = *message.GetReflection();
  if (field.has_presence() && !reflection.HasField(message, &field)) return;
  json.plain_key(field.json_name());
  if (field.is_map()) return write_map(message, field, json);
  if (!field.is_repeated()) return write_value(field, FieldValue(message, field, kSingle), json);
  json.begin_array();
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i)
    write_value(field, FieldValue(message, field, i), json);
  json.end_array();
}

void write_fields(const Message& message, JsonWriter& json) {
  const Descriptor& type = *message.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) write_field(message, *type.field(i), json);
}

void write_any(const Message& any, JsonWriter& json) {
  const Descriptor& type = *any.GetDescriptor();
  const Reflection& reflection = *any.GetReflection();
  const std::string url = reflection.GetString(any, type.FindFieldByNumber(1));
  json.begin_object();
  json.plain_key("@type");
  json.string(url);
  const auto* content_type =
      DescriptorPool::generated_pool()->FindMessageTypeByName(url.substr(url.rfind('/') + 1));
  const Message* prototype = content_type != nullptr
                                 ? MessageFactory::generated_factory()->GetPrototype(content_type)
                                 : nullptr;
  if (prototype != nullptr) {
    const std::unique_ptr<Message> content(prototype->New());
    const bool has_own_json = is_written_as_string(*content_type) || is_wrapper(*content_type) ||
                              is_free_form(*content_type);
    if (content->ParseFromString(reflection.GetString(any, type.FindFieldByNumber(2)))) {
      if (has_own_json) {
        json.plain_key("value");
        write_message(*content, json);
      } else {
        write_fields(*content, json);
      }
    }
  }
  json.end_object();
}

void write_free_form(const Message& message, JsonWriter& json) {
  std::string text;
  const bool printed = google::protobuf::util::MessageToJsonString(message, &text).ok();
  json.raw(printed ? text : "null");
}

}  // namespace

void write_message(const Message& message, JsonWriter& json) {
  const Descriptor& type = *message.GetDescriptor();
  if (type.well_known_type() == Descriptor::WELLKNOWNTYPE_ANY) return write_any(message, json);
  if (is_free_form(type)) return write_free_form(message, json);
  if (is_wrapper(type)) {
    const FieldDescriptor& value = *type.FindFieldByNumber(1);
    return write_value(value, FieldValue(message, value, kSingle), json);
  }
  if (is_written_as_string(type)) {
    const auto text = write_well_known(message);
    return text ? json.string(*text) : json.raw("null");
  }
  json.begin_object();
  write_fields(message, json);
  json.end_object();
}

}  // namespace kkr::gateway
