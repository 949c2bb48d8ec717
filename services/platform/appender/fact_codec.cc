#include "services/platform/appender/fact_codec.h"

#include <cstdlib>
#include <utility>

#include "kkr/platform/v1/event_log.pb.h"

namespace kkr::platform {

const std::string& fact_name(const google::protobuf::Message& event) {
  static const std::string none;
  const google::protobuf::OneofDescriptor* const facts =
      event.GetDescriptor()->FindOneofByName("fact");
  if (facts == nullptr) std::abort();
  const google::protobuf::FieldDescriptor* const fact =
      event.GetReflection()->GetOneofFieldDescriptor(event, facts);
  return fact == nullptr ? none : fact->name();
}

RecordedEvent place_of(const RecordedEvent& recorded) {
  RecordedEvent place;
  place.generation = recorded.generation;
  place.position = recorded.position;
  place.stream = recorded.stream;
  place.type = recorded.type;
  place.recorded_at = recorded.recorded_at;
  return place;
}

bool read_actor(const std::string& metadata, std::string& actor) {
  v1::EventMetadata parsed;
  if (!parsed.ParseFromString(metadata)) return false;
  actor = std::move(*parsed.mutable_actor());
  return true;
}

}  // namespace kkr::platform
