#include "services/platform/event_store/postgres_log_copy.h"

#include <utility>

namespace kkr::platform {

PostgresLogCopy::PostgresLogCopy(PostgresConnection& connection, std::string region)
    : region_(std::move(region)),
      events_(connection,
              "events (region, position, generation, stream, version, type, payload, metadata, "
              "recorded_at, hash)"),
      requests_(connection,
                "requests (region, sequence, request_id, command_digest, first_position, "
                "last_position, hash)"),
      documents_(connection, "documents (region, key, value, salt, digest, position)"),
      checkpoints_(connection, "checkpoints (region, source, generation, position, hash)") {}

std::optional<PostgresError> PostgresLogCopy::add(const RecordedEvent& event) {
  return events_.add(keyed()
                         .number(event.position)
                         .text(event.generation)
                         .text(event.stream)
                         .number(event.version)
                         .text(event.type)
                         .bytes(event.payload)
                         .bytes(event.metadata)
                         .number(static_cast<std::uint64_t>(absl::ToUnixNanos(event.recorded_at)))
                         .hash(event.hash));
}

std::optional<PostgresError> PostgresLogCopy::add(const StoredRequest& row) {
  return requests_.add(keyed()
                           .number(row.sequence)
                           .text(row.request.request_id)
                           .hash(row.request.command_digest)
                           .number(row.request.first_position)
                           .number(row.request.last_position)
                           .hash(row.hash));
}

std::optional<PostgresError> PostgresLogCopy::add(const StoredDocument& row) {
  PostgresParameters columns = keyed();
  columns.text(row.write.key);
  if (row.write.value) {
    columns.bytes(*row.write.value);
  } else {
    columns.null();
  }
  return documents_.add(columns.bytes(row.write.salt).bytes(row.digest).number(row.position));
}

std::optional<PostgresError> PostgresLogCopy::add(const Checkpoint& checkpoint) {
  return checkpoints_.add(keyed()
                              .text(checkpoint.source)
                              .text(checkpoint.generation)
                              .number(checkpoint.position)
                              .hash(checkpoint.hash));
}

std::optional<PostgresError> PostgresLogCopy::finish() {
  for (PostgresCopy* const table : {&events_, &requests_, &documents_, &checkpoints_})
    if (auto error = table->finish()) return error;
  return std::nullopt;
}

}  // namespace kkr::platform
