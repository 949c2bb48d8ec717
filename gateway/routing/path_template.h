// A path template of google.api.http: `/v1/{name=regions/*/rounds/*}:close`. Parsing refuses
// whatever the grammar in google/api/http.proto does not allow, including `**` before the end.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace kkr::gateway {

struct Segment {
  enum class Kind { kLiteral, kOne, kRest };  // `regions`, `*`, `**`
  Kind kind;
  std::string literal;
};

// The part of the path that becomes the field `field_path`.
struct PathVariable {
  std::string field_path;
  std::size_t first_segment;
  std::size_t segment_count;
  bool reaches_end = false;  // It ends in `**`.
};

struct PathTemplate {
  std::vector<Segment> segments;
  std::vector<PathVariable> variables;
  std::string verb;  // Without its colon; empty when there is none.
};

// INVALID_ARGUMENT, naming the template and what is wrong with it.
absl::StatusOr<PathTemplate> parse_path_template(std::string_view text);

}  // namespace kkr::gateway
