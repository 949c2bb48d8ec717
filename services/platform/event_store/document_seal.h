// Ties the documents a command writes outside the log to its last event: the event's metadata
// names each by key and salted digest. The digest gives nothing away once the salt is erased.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "kkr/platform/v1/event_log.pb.h"
#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

// SHA-256 over salt, key and value, each with its length.
Hash document_digest(std::string_view salt, std::string_view key, std::string_view value);

// Gives a write with a value a fresh random salt of 16 bytes, and returns what the metadata of the
// command's last event must hold in `documents`. Called by the appender, once per write.
v1::DocumentDigest seal_document(DocumentWrite& write);

// By key, the position of the event that has the last word on a document.
using DocumentPositions = std::unordered_map<std::string_view, std::uint64_t>;

// Where the events of `batch` name its documents; the keys are the batch's. The first event gets
// the position after `batch.expected`. Ends the process when the last write to a key is not what
// the last event to name it says: such a document could never be verified.
DocumentPositions document_positions(const Batch& batch);

}  // namespace kkr::platform
