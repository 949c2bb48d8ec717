// A framework paper: its versions, who approved them, and what took its place. Pure.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "kkr/consultation/v1/papers.pb.h"

namespace kkr::consultation {

struct Paper {
  // As it is shown, less times and etag: what a client may set, the versions, `replaced_by`.
  v1::Paper content;
  std::string etag;
  absl::Time created_at;
  absl::Time updated_at;
};

// Null when the paper has no such version.
const v1::PaperVersion* version_of(const Paper& paper, int number);

}  // namespace kkr::consultation
