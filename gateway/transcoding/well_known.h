// The well-known types whose JSON is one string: Timestamp, Duration, FieldMask. They work on any
// message with the right descriptor, generated or dynamic.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/transcoding/violation.h"
#include "google/protobuf/message.h"

namespace kkr::gateway {

// Timestamp, Duration, FieldMask.
bool is_written_as_string(const google::protobuf::Descriptor& type);
// DoubleValue to BytesValue: written as the value they hold.
bool is_wrapper(const google::protobuf::Descriptor& type);
// Struct, Value, ListValue and Any: JSON of any shape, left to protobuf's own reader and printer.
bool is_free_form(const google::protobuf::Descriptor& type);

// `message` must be of a type that is_written_as_string(). The violation names no field.
MaybeViolation read_well_known(std::string_view text, google::protobuf::Message& message);
// Nothing when the message is out of its type's range.
std::optional<std::string> write_well_known(const google::protobuf::Message& message);

}  // namespace kkr::gateway
