#include "services/platform/event_store/stored_rows.h"

namespace kkr::platform {

Hash checksum_of(const StoreMeta& meta) {
  return Sha256()
      .field(meta.log)
      .field(meta.generation)
      .field(static_cast<std::uint64_t>(meta.demo))
      .field(meta.write_version)
      .finish();
}

Hash checksum_of(const StoredHead& head) {
  return Sha256()
      .field(head.position)
      .field(head.hash)
      .field(head.request_sequence)
      .field(head.request_hash)
      .field(head.checkpoints_hash)
      .field(head.indexed_position)
      .field(head.indexed_sequence)
      .finish();
}

}  // namespace kkr::platform
