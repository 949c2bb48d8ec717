// What the services publish on the bus as an AsyncAPI 3 document, from the descriptors and the
// comments in the protos. Says how an event looks on JetStream; for those who listen from outside.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace kkr::gateway {

// JSON text. `descriptor_set` is a serialized google.protobuf.FileDescriptorSet with comments.
// Describes every message `Event` in it that has a oneof `fact`. INVALID_ARGUMENT when the set does
// not hold together.
absl::StatusOr<std::string> asyncapi_document(std::string_view descriptor_set);

}  // namespace kkr::gateway
