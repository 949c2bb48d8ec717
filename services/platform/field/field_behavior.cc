#include "services/platform/field/field_behavior.h"

#include "google/api/field_behavior.pb.h"

namespace kkr::platform {
namespace {

bool is_output_only(const google::protobuf::FieldDescriptor& field) {
  const auto& options = field.options();
  for (int i = 0; i < options.ExtensionSize(google::api::field_behavior); ++i) {
    if (options.GetExtension(google::api::field_behavior, i) == google::api::OUTPUT_ONLY) {
      return true;
    }
  }
  return false;
}

}  // namespace

void clear_output_only(google::protobuf::Message& message) {
  message.DiscardUnknownFields();
  const auto* descriptor = message.GetDescriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const auto* field = descriptor->field(i);
    if (is_output_only(*field)) message.GetReflection()->ClearField(&message, field);
  }
}

}  // namespace kkr::platform
