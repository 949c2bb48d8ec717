// The whole API as an OpenAPI 3.1 document, from the descriptors and the comments in the protos.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"

namespace kkr::gateway {

// JSON text. The services should come from a pool with source locations: without, the document has
// no descriptions. Fails as bindings_of() does.
absl::StatusOr<std::string> openapi_document(
    const std::vector<const google::protobuf::ServiceDescriptor*>& services);

}  // namespace kkr::gateway
