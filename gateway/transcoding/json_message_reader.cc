#include <string>

#include "absl/container/inlined_vector.h"
#include "gateway/json/json_reader.h"
#include "gateway/text/text.h"
#include "gateway/transcoding/message_reader.h"
#include "gateway/transcoding/scalar.h"
#include "gateway/transcoding/well_known.h"
#include "google/protobuf/util/json_util.h"

namespace kkr::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::OneofDescriptor;
using FieldsSeen = absl::InlinedVector<const FieldDescriptor*, 16>;

bool contains(const FieldsSeen& seen, const FieldDescriptor* field) {
  for (const auto* other : seen)
    if (other == field) return true;
  return false;
}

// The member of the field's oneof that has been read already, or null.
const FieldDescriptor* rival_of(const FieldDescriptor& field, const FieldsSeen& seen) {
  const OneofDescriptor* oneof = field.real_containing_oneof();
  if (oneof == nullptr) return nullptr;
  for (const auto* other : seen)
    if (other->real_containing_oneof() == oneof) return other;
  return nullptr;
}

bool takes_null(const FieldDescriptor& field) {
  if (field.type() == FieldDescriptor::TYPE_ENUM)
    return field.enum_type()->full_name() == "google.protobuf.NullValue";
  return field.type() == FieldDescriptor::TYPE_MESSAGE &&
         field.message_type()->well_known_type() == Descriptor::WELLKNOWNTYPE_VALUE;
}

// Reads one text; every function returns the first fault, with its field path.
class JsonMessageReader {
 public:
  explicit JsonMessageReader(std::string_view json) : json_(json) {}

  MaybeViolation read(Message& message) {
    if (auto violation = read_message(message)) return violation;
    if (!json_.at_end()) return fault("MALFORMED_JSON", "has text after the JSON value.");
    return std::nullopt;
  }

 private:
  // Extends the path by one step for as long as it lives.
  class Step {
   public:
    Step(std::string& path, std::string_view name) : path_(path), length_(path.size()) {
      if (!path_.empty()) path_ += '.';
      path_ += name;
    }
    Step(std::string& path, int index) : path_(path), length_(path.size()) {
      path_ += '[' + std::to_string(index) + ']';
    }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;
    ~Step() { path_.resize(length_); }

   private:
    std::string& path_;
    std::size_t length_;
  };

  Violation fault(std::string reason, std::string description) const {
    return {path_, std::move(reason), std::move(description)};
  }

  MaybeViolation here(MaybeViolation violation) const {
    if (violation) violation->field = path_;
    return violation;
  }

  Violation broken() const {
    switch (json_.fault()) {
      case JsonFault::kBadUtf8: return fault("BAD_UTF8", "is not valid UTF-8.");
      case JsonFault::kTooDeep:
        return fault("TOO_DEEP",
                     concat({"nests deeper than ", std::to_string(JsonReader::kDepthMax), "."}));
      case JsonFault::kNone:
      case JsonFault::kSyntax: break;
    }
    return fault("MALFORMED_JSON",
                 concat({"is not valid JSON at byte ", std::to_string(json_.offset()), "."}));
  }

  Violation wrong_type(std::string_view expected) const {
    return fault("WRONG_TYPE", concat({"must be ", expected, "."}));
  }

  MaybeViolation read_message(Message& message) {
    const Descriptor& type = *message.GetDescriptor();
    if (is_free_form(type)) return read_free_form(message);
    if (is_wrapper(type)) return read_scalar(message, *type.FindFieldByNumber(1));
    const JsonKind kind = json_.peek();
    if (kind == JsonKind::kBroken) return broken();
    if (is_written_as_string(type)) {
      if (kind != JsonKind::kString) return here(read_well_known("?", message));
      if (!json_.read_string(text_)) return broken();
      return here(read_well_known(text_, message));
    }
    if (kind != JsonKind::kObject) return wrong_type("an object");
    return read_members(message);
  }

  MaybeViolation read_members(Message& message) {
    const Descriptor& type = *message.GetDescriptor();
    FieldsSeen seen;
    std::string key;
    if (!json_.enter()) return broken();
    while (json_.next_key(key)) {
      const Step step(path_, key);
      const FieldDescriptor* field = find_field(type, key);
      if (field == nullptr)
        return fault("UNKNOWN_FIELD", concat({"is not a field of ", type.name(), "."}));
      if (contains(seen, field)) return fault("DUPLICATE_FIELD", "is given more than once.");
      const JsonKind kind = json_.peek();
      if (kind == JsonKind::kNull && !takes_null(*field)) {
        if (!json_.read_null()) return broken();
        seen.push_back(field);
        continue;
      }
      if (const auto* rival = rival_of(*field, seen))
        return fault("ONEOF_CONFLICT",
                     concat({"cannot be given together with ", rival->json_name(), "."}));
      seen.push_back(field);
      if (auto violation = read_field(message, *field)) return violation;
    }
    if (json_.broken()) return broken();
    return std::nullopt;
  }

  MaybeViolation read_field(Message& message, const FieldDescriptor& field) {
    if (field.is_map()) return read_map(message, field);
    if (field.is_repeated()) return read_repeated(message, field);
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return read_scalar(message, field);
    return read_message(*message.GetReflection()->MutableMessage(&message, &field));
  }

  MaybeViolation read_repeated(Message& message, const FieldDescriptor& field) {
    const JsonKind kind = json_.peek();
    if (kind == JsonKind::kBroken) return broken();
    if (kind != JsonKind::kArray) return wrong_type("an array");
    if (!json_.enter()) return broken();
    for (int index = 0; json_.next_element(); ++index) {
      const Step step(path_, index);
      const bool is_message = field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
      auto violation = is_message
                           ? read_message(*message.GetReflection()->AddMessage(&message, &field))
                           : read_scalar(message, field);
      if (violation) return violation;
    }
    if (json_.broken()) return broken();
    return std::nullopt;
  }

  MaybeViolation read_map(Message& message, const FieldDescriptor& field) {
    const FieldDescriptor& key_field = *field.message_type()->map_key();
    const FieldDescriptor& value_field = *field.message_type()->map_value();
    const JsonKind kind = json_.peek();
    if (kind == JsonKind::kBroken) return broken();
    if (kind != JsonKind::kObject) return wrong_type("an object");
    if (!json_.enter()) return broken();
    std::vector<std::string> keys;
    std::string key;
    while (json_.next_key(key)) {
      const Step step(path_, key);
      if (std::find(keys.begin(), keys.end(), key) != keys.end())
        return fault("DUPLICATE_FIELD", "is given more than once.");
      keys.push_back(key);
      Message& entry = *message.GetReflection()->AddMessage(&message, &field);
      if (auto bad_key = set_scalar(entry, key_field, {Scalar::Form::kText, key}))
        return here(std::move(bad_key));
      if (auto violation = read_field(entry, value_field)) return violation;
    }
    if (json_.broken()) return broken();
    return std::nullopt;
  }

  MaybeViolation read_scalar(Message& message, const FieldDescriptor& field) {
    std::string_view as_written;
    bool truth = false;
    switch (json_.peek()) {
      case JsonKind::kString:
        if (!json_.read_string(text_)) return broken();
        return here(set_scalar(message, field, {Scalar::Form::kJsonString, text_}));
      case JsonKind::kNumber:
        if (!json_.read_number(as_written)) return broken();
        return here(set_scalar(message, field, {Scalar::Form::kJsonNumber, as_written}));
      case JsonKind::kBool:
        if (!json_.read_bool(truth)) return broken();
        return here(
            set_scalar(message, field, {Scalar::Form::kJsonBool, truth ? "true" : "false"}));
      case JsonKind::kBroken: return broken();
      case JsonKind::kNull:
      case JsonKind::kArray:
      case JsonKind::kObject: break;
    }
    return wrong_type(expected_type(field));
  }

  MaybeViolation read_free_form(Message& message) {
    std::string_view as_written;
    if (!json_.read_raw(as_written)) return broken();
    const google::protobuf::StringPiece piece(as_written.data(), as_written.size());
    if (google::protobuf::util::JsonStringToMessage(piece, &message).ok()) return std::nullopt;
    return wrong_type(concat({"JSON for ", message.GetDescriptor()->name()}));
  }

  JsonReader json_;
  std::string path_;
  std::string text_;
};

}  // namespace

MaybeViolation read_json(std::string_view json, Message& message) {
  return JsonMessageReader(json).read(message);
}

}  // namespace kkr::gateway
