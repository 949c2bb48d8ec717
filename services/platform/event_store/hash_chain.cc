#include "services/platform/event_store/hash_chain.h"

namespace kkr::platform {

Hash event_hash(std::string_view log, const Hash& previous, const RecordedEvent& event) {
  thread_local Sha256 sha256;
  return sha256.field(previous)
      .field(log)
      .field(event.generation)
      .field(event.position)
      .field(event.stream)
      .field(event.version)
      .field(event.type)
      .field(event.payload)
      .field(event.metadata)
      .field(static_cast<std::uint64_t>(absl::ToUnixNanos(event.recorded_at)))
      .finish();
}

Hash request_hash(std::string_view log, const Hash& previous, std::uint64_t sequence,
                  const RequestRecord& request) {
  thread_local Sha256 sha256;
  return sha256.field(previous)
      .field(log)
      .field(sequence)
      .field(request.request_id)
      .field(request.command_digest)
      .field(request.first_position)
      .field(request.last_position)
      .finish();
}

Hash checkpoints_hash(const std::vector<Checkpoint>& checkpoints) {
  Sha256 sha256;
  for (const auto& checkpoint : checkpoints) {
    sha256.field(checkpoint.source)
        .field(checkpoint.generation)
        .field(checkpoint.position)
        .field(checkpoint.hash);
  }
  return sha256.finish();
}

std::uint64_t request_fingerprint(std::string_view request_id) {
  thread_local Sha256 sha256;
  const Hash hash = sha256.bytes(request_id).finish();
  std::uint64_t first = 0;
  for (std::size_t byte = 0; byte < sizeof(first); ++byte) first = first << 8U | hash[byte];
  return first >> 1U;  // What SQLite takes for a number is signed.
}

Hash snapshot_hash(const Snapshot& snapshot) {
  return Sha256()
      .field(static_cast<std::uint64_t>(snapshot.version))
      .field(snapshot.generation)
      .field(snapshot.position)
      .field(snapshot.hash)
      .field(snapshot.state)
      .finish();
}

}  // namespace kkr::platform
