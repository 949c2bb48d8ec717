// Sets one scalar or enum field of a message from text, by the rules of protobuf JSON. It refuses
// what does not fit the type exactly: no rounding, no truncation, no unknown enum name.
#pragma once

#include <string_view>

#include "gateway/transcoding/violation.h"
#include "google/protobuf/message.h"

namespace kkr::gateway {

struct Scalar {
  // kText: from the path or the query, where everything is text.
  enum class Form { kText, kJsonString, kJsonNumber, kJsonBool };
  Form form;
  std::string_view text;
};

// Sets the field, or appends to it when it is repeated. The violation names no field: the caller
// knows the path. WRONG_TYPE, OUT_OF_RANGE, UNKNOWN_ENUM_VALUE or BAD_UTF8.
MaybeViolation set_scalar(google::protobuf::Message& message,
                          const google::protobuf::FieldDescriptor& field, Scalar value);

// A sentence such as "must be a 32-bit integer".
std::string_view expected_type(const google::protobuf::FieldDescriptor& field);

}  // namespace kkr::gateway
