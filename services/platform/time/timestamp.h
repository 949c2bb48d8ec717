// Instants as protobuf carries them. Pure.
#pragma once

#include <cstdint>

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace kkr::platform {

inline google::protobuf::Timestamp timestamp_of(absl::Time instant) {
  google::protobuf::Timestamp timestamp;
  const std::int64_t seconds = absl::ToUnixSeconds(instant);
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(
      static_cast<int>(absl::ToInt64Nanoseconds(instant - absl::FromUnixSeconds(seconds))));
  return timestamp;
}

inline absl::Time instant_of(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

}  // namespace kkr::platform
