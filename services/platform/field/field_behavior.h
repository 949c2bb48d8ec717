// What a proto says of its fields by `google.api.field_behavior`.
#pragma once

#include "google/protobuf/message.h"

namespace kkr::platform {

// Takes out whatever a client may not set, as the proto says by `OUTPUT_ONLY`, and what this
// version does not know.
void clear_output_only(google::protobuf::Message& message);

}  // namespace kkr::platform
