#include "services/platform/event_log/stored_event.h"

#include <cstdint>

namespace kkr::platform {
namespace {

constexpr std::int64_t kNanosInMicro = 1000;

}  // namespace

void to_message(const RecordedEvent& event, v1::StoredEvent& message) {
  message.set_generation(event.generation);
  message.set_position(event.position);
  message.set_stream(event.stream);
  message.set_version(event.version);
  message.set_type(event.type);
  message.set_payload(event.payload);
  message.set_metadata(event.metadata);
  const std::int64_t micros = absl::ToUnixMicros(event.recorded_at);
  const std::int64_t seconds = absl::ToUnixSeconds(event.recorded_at);
  message.mutable_recorded_at()->set_seconds(seconds);
  message.mutable_recorded_at()->set_nanos(
      static_cast<std::int32_t>((micros - seconds * 1'000'000) * kNanosInMicro));
  message.set_hash(std::string(as_bytes(event.hash)));
}

std::optional<RecordedEvent> from_message(const v1::StoredEvent& message) {
  RecordedEvent event;
  if (!from_bytes(message.hash(), event.hash)) return std::nullopt;
  event.generation = message.generation();
  event.position = message.position();
  event.stream = message.stream();
  event.version = message.version();
  event.type = message.type();
  event.payload = message.payload();
  event.metadata = message.metadata();
  event.recorded_at = absl::FromUnixSeconds(message.recorded_at().seconds()) +
                      absl::Nanoseconds(message.recorded_at().nanos());
  return event;
}

}  // namespace kkr::platform
