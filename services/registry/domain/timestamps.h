// Instants as protobuf writes them.
#pragma once

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace kkr::registry {

absl::Time to_time(const google::protobuf::Timestamp& timestamp);
google::protobuf::Timestamp to_timestamp(absl::Time time);

}  // namespace kkr::registry
