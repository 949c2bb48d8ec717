// What the hashes of a log are made of. Each covers every column of its row and the hash of the
// row before, so that a row changed, lost or moved shows at that row and at every later one.
#pragma once

#include <string_view>

#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

// `log` is the name of the log, `{service}/{region}`. `event.hash` is not read.
Hash event_hash(std::string_view log, const Hash& previous, const RecordedEvent& event);

// Requests have a gapless sequence and a chain of their own, because many leave no event.
Hash request_hash(std::string_view log, const Hash& previous, std::uint64_t sequence,
                  const RequestRecord& request);

// Of the followed logs' checkpoints, in order of source: the rows are replaced, not appended, so
// one digest over all of them stands where a chain cannot.
Hash checkpoints_hash(const std::vector<Checkpoint>& checkpoints);

// By what a request is found: the first 63 bits of SHA-256 over its id. Two ids may share one,
// which nobody can make happen often.
std::uint64_t request_fingerprint(std::string_view request_id);

// Of a snapshot's own columns.
Hash snapshot_hash(const Snapshot& snapshot);

}  // namespace kkr::platform
