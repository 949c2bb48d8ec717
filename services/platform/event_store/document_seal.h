// Ties the documents a command writes outside the log to its last event: the event's metadata
// names each by key and salted digest. The digest gives nothing away once the salt is erased.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "kkr/platform/v1/event_log.pb.h"
#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

// SHA-256 over salt, key and value, each with its length.
Hash document_digest(std::string_view salt, std::string_view key, std::string_view value);

// Gives a write with a value a fresh random salt of 16 bytes, and returns what the metadata of the
// command's last event must hold in `documents`. Called by the appender, once per write.
v1::DocumentDigest seal_document(DocumentWrite& write);

// What the log says a key holds: the position of the event that said so, and the digest; empty
// when erased.
struct SealedDocument {
  std::uint64_t position = 0;
  std::string digest;
};

// The documents that `batch.events` name, the last word on each key. The first event of the batch
// gets the position after `batch.expected`. Ends the process when `batch.documents` holds a write
// that no event names: it could never be verified.
std::map<std::string, SealedDocument> sealed_documents(const Batch& batch);

}  // namespace kkr::platform
