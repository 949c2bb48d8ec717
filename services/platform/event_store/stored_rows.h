// What stands in the rows of a store, whatever database keeps them.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "services/platform/event_store/event_store.h"
#include "services/platform/event_store/hash_chain.h"

namespace kkr::platform {

// What a log is.
struct StoreMeta {
  std::string log;
  std::string generation;
  bool demo = false;
  std::uint64_t write_version = 0;
};

// Where a log ends.
struct StoredHead {
  std::uint64_t position = 0;
  Hash hash{};
  std::uint64_t request_sequence = 0;
  Hash request_hash{};
  Hash checkpoints_hash = platform::checkpoints_hash({});
  // How much of the log the tables tell of by which requests and ends of streams are found; both
  // stay 0 where the database keeps indexes for that.
  std::uint64_t indexed_position = 0;
  std::uint64_t indexed_sequence = 0;
};

// A request, in the order of requests.
struct StoredRequest {
  std::uint64_t sequence = 0;
  RequestRecord request;
  Hash hash{};
};

// Where to find a request by its id.
struct StoredFingerprint {
  std::uint64_t fingerprint = 0;  // See request_fingerprint().
  std::uint64_t sequence = 0;
  auto operator<=>(const StoredFingerprint&) const = default;
};

// Where a stream ends.
struct StoredStream {
  std::string stream;
  std::uint64_t version = 0;
  std::uint64_t position = 0;
};

// A document; without value: erased.
struct StoredDocument {
  DocumentWrite write;
  std::string digest;
  std::uint64_t position = 0;
};

// Over every member: rows that are rewritten have a checksum where a chain cannot reach.
Hash checksum_of(const StoreMeta& meta);
Hash checksum_of(const StoredHead& head);

}  // namespace kkr::platform
