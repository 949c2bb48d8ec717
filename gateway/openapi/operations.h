// One OpenAPI operation for each binding: path, parameters, body and replies.
#pragma once

#include <string>
#include <vector>

#include "gateway/openapi/schemas.h"
#include "gateway/transcoding/binding.h"

namespace kkr::gateway {

// A path variable as OpenAPI has it: one segment, named after the collection before it.
struct PathParameter {
  std::string name;
  bool rest = false;  // `**`
};

// `/v1/{name=regions/*/rounds/*}:open` is `/v1/regions/{region}/rounds/{round}:open`.
std::string openapi_path(const PathTemplate& path);
std::vector<PathParameter> path_parameters(const PathTemplate& path);

// `operation_id` must be unique in the document.
Json operation_of(const Binding& binding, std::string operation_id, Schemas& schemas);

}  // namespace kkr::gateway
