#include "gateway/transcoding/message_reader.h"

#include <algorithm>

#include "gateway/routing/percent.h"
#include "gateway/text/text.h"
#include "gateway/transcoding/scalar.h"
#include "gateway/transcoding/well_known.h"

namespace kkr::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Deeper than any message a query string could sensibly address.
constexpr int kPathDepthMax = 16;

struct Target {
  Message* message;
  const FieldDescriptor* field;
  std::string proto_path;  // Field names as the proto spells them: one spelling per field.
};

// Walks the dotted path, creating the messages on the way.
MaybeViolation resolve(std::string_view field_path, Message& message, Target& target) {
  target = {&message, nullptr, ""};
  const auto fault = [&field_path](std::string reason, std::string description) {
    return Violation{std::string(field_path), std::move(reason), std::move(description)};
  };
  int depth = 0;
  for (const std::string_view name : split(field_path, '.')) {
    if (target.field != nullptr) {
      const bool enters = target.field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
                          !target.field->is_repeated() && ++depth < kPathDepthMax;
      if (!enters) return fault("UNKNOWN_FIELD", "reaches into a field that has no such part.");
      target.message =
          target.message->GetReflection()->MutableMessage(target.message, target.field);
    }
    target.field = find_field(*target.message->GetDescriptor(), std::string(name));
    if (target.field == nullptr)
      return fault("UNKNOWN_FIELD",
                   concat({"is not a field of ", target.message->GetDescriptor()->name(), "."}));
    if (!target.proto_path.empty()) target.proto_path += '.';
    target.proto_path += target.field->name();
  }
  return std::nullopt;
}

MaybeViolation set_text(const Target& target, std::string_view text) {
  const FieldDescriptor& field = *target.field;
  if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE)
    return set_scalar(*target.message, field, {Scalar::Form::kText, text});
  const Descriptor& type = *field.message_type();
  if (field.is_map() || !(is_written_as_string(type) || is_wrapper(type)))
    return Violation{"", "WRONG_TYPE", "cannot be given as one text: name a field of it."};
  const auto* reflection = target.message->GetReflection();
  Message& value = field.is_repeated() ? *reflection->AddMessage(target.message, &field)
                                       : *reflection->MutableMessage(target.message, &field);
  if (is_written_as_string(type)) return read_well_known(text, value);
  return set_scalar(value, *type.FindFieldByNumber(1), {Scalar::Form::kText, text});
}

bool is_in_or_below(std::string_view path, std::string_view root) {
  return path.substr(0, root.size()) == root &&
         (path.size() == root.size() || path[root.size()] == '.');
}

class QueryReader {
 public:
  QueryReader(const std::vector<std::string>& bound, Message& message)
      : bound_(bound), message_(message) {}

  MaybeViolation read_pair(std::string_view pair) {
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view raw_value = pair.substr(std::min(equals + 1, pair.size()));
    std::string name;
    std::string value;
    if (!percent_decode(pair.substr(0, equals), PercentRule::kForm, name))
      return Violation{"", "BAD_UTF8", "The name of a query parameter is not valid UTF-8."};
    if (!percent_decode(raw_value, PercentRule::kForm, value))
      return Violation{name, "BAD_UTF8", "is not valid percent-encoded UTF-8."};
    Target target{};
    if (auto violation = resolve(name, message_, target)) return violation;
    if (auto violation = admit(target)) {
      violation->field = name;
      return violation;
    }
    auto violation = set_text(target, value);
    if (violation) violation->field = name;
    return violation;
  }

 private:
  MaybeViolation admit(const Target& target) {
    for (const std::string& root : bound_)
      if (is_in_or_below(target.proto_path, root))
        return Violation{"", "ALREADY_BOUND", "is given by the path or the body already."};
    if (target.field->is_repeated()) return std::nullopt;
    if (std::find(seen_.begin(), seen_.end(), target.proto_path) != seen_.end())
      return Violation{"", "DUPLICATE_FIELD", "is given more than once."};
    const auto* oneof = target.field->real_containing_oneof();
    if (oneof != nullptr && target.message->GetReflection()->HasOneof(*target.message, oneof))
      return Violation{"", "ONEOF_CONFLICT", "cannot be given together with another of its kind."};
    seen_.push_back(target.proto_path);
    return std::nullopt;
  }

  const std::vector<std::string>& bound_;
  Message& message_;
  std::vector<std::string> seen_;
};

}  // namespace

const FieldDescriptor* find_field(const Descriptor& type, const std::string& name) {
  if (const auto* field = type.FindFieldByCamelcaseName(name);
      field != nullptr && field->json_name() == name)
    return field;
  if (const auto* field = type.FindFieldByName(name)) return field;
  for (int i = 0; i < type.field_count(); ++i)  // A json_name that somebody chose.
    if (type.field(i)->json_name() == name) return type.field(i);
  return nullptr;
}

MaybeViolation read_path_variable(std::string_view field_path, std::string_view text,
                                  Message& message) {
  Target target{};
  auto violation = resolve(field_path, message, target);
  if (violation) return violation;
  const auto* reflection = target.message->GetReflection();
  if (target.field->cpp_type() == FieldDescriptor::CPPTYPE_STRING && !target.field->is_repeated()) {
    const std::string present = reflection->GetString(*target.message, target.field);
    if (!present.empty() && present != text)
      return Violation{std::string(field_path), "PATH_MISMATCH",
                       "in the body differs from the one in the path."};
  }
  reflection->ClearField(target.message, target.field);
  violation = set_text(target, text);
  if (violation) violation->field = field_path;
  return violation;
}

MaybeViolation read_query(std::string_view query, const std::vector<std::string>& bound,
                          Message& message) {
  if (query.empty()) return std::nullopt;
  QueryReader reader(bound, message);
  for (const std::string_view pair : split(query, '&'))
    if (!pair.empty())
      if (auto violation = reader.read_pair(pair)) return violation;
  return std::nullopt;
}

}  // namespace kkr::gateway
