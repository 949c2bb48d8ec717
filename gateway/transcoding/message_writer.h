// Renders a message as protobuf JSON: camelCase names, enums by name, 64-bit integers as strings,
// and every field without presence printed, so that a client need not know the defaults.
#pragma once

#include "gateway/json/json_writer.h"
#include "google/protobuf/message.h"

namespace kkr::gateway {

// Total: an Any of a type that is not linked in is printed as its `@type` alone, and a Timestamp
// out of range as null.
void write_message(const google::protobuf::Message& message, JsonWriter& json);

}  // namespace kkr::gateway
