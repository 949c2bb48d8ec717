// Ties the documents a command writes outside the log to its last event: the event's metadata
// names each by key and salted digest. The digest gives nothing away once the salt is erased.
#pragma once

#include <cstdint>
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

// The last word on a document: how it is written, and the position of the event that names it so.
struct NamedDocument {
  const DocumentWrite* write = nullptr;
  std::uint64_t position = 0;
};

// The documents of `batch`, each once, by key; keys and writes are the batch's. The first event
// gets the position after `batch.expected`. Ends the process when the last write to a key is not
// what the last event to name it says: such a document could never be verified.
std::map<std::string_view, NamedDocument> named_documents(const Batch& batch);

}  // namespace kkr::platform
