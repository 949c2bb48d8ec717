// The port to one append-only log: one service, one region. Positions are gapless from 1 and are
// assigned inside the transaction, so order of positions is order of commits. Knows no domain.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "services/platform/event_store/sha256.h"

namespace kkr::platform {

struct LogHead {
  std::string generation;      // A UUID, new after every restore or promotion.
  std::uint64_t position = 0;  // 0: the log is empty.
  Hash hash{};                 // All zero before the first event.
  bool operator==(const LogHead&) const = default;
};

// An event before the store has given it a place.
struct NewEvent {
  std::string stream;
  std::string type;
  std::string payload;
  std::string metadata;  // A serialized EventMetadata.
  absl::Time recorded_at;
};

struct RecordedEvent {
  std::string generation;
  std::uint64_t position = 0;
  std::string stream;
  std::uint64_t version = 0;  // Within the stream, gapless from 1.
  std::string type;
  std::string payload;
  std::string metadata;
  absl::Time recorded_at;  // Kept to the nanosecond.
  Hash hash{};
  bool operator==(const RecordedEvent&) const = default;
};

// That a command was carried out, kept for ever. No events: last_position < first_position, and
// first_position is the one the next event got.
struct RequestRecord {
  std::string request_id;
  Hash command_digest{};
  std::uint64_t first_position = 0;
  std::uint64_t last_position = 0;
  bool operator==(const RequestRecord&) const = default;
};

// A document outside the log: written when it has a value, erased when it has none. An event of
// the same batch must name it with its salted digest (seal_document), so that a document changed
// behind the store's back is found; a batch with an unnamed document ends the process.
struct DocumentWrite {
  std::string key;
  std::optional<std::string> value;
  std::string salt{};    // Filled in by seal_document; goes when the document is erased.
  std::string digest{};  // Likewise: what the event says of it; empty when erased.
  bool operator==(const DocumentWrite&) const = default;
};

// How far this log's service has followed another log.
struct Checkpoint {
  std::string source;  // `{service}/{region}`
  std::string generation;
  std::uint64_t position = 0;
  Hash hash{};
  bool operator==(const Checkpoint&) const = default;
};

// Committed whole or not at all. `expected` is the head the positions were reckoned from. Requests
// stand in the order of their positions. Everything but `expected` may be empty.
struct Batch {
  LogHead expected;
  std::vector<NewEvent> events;
  std::vector<RequestRecord> requests;
  std::vector<DocumentWrite> documents;
  std::vector<Checkpoint> checkpoints;
};

enum class StoreFailure {
  kStorageFull,     // Nothing was written; try again when space returns.
  kUnavailable,     // Nothing was written; the store cannot be reached.
  kOutcomeUnknown,  // The commit may or may not have happened: call recover().
  kDamaged,         // The store no longer vouches for itself; the region is read-only.
  kConflict,        // Nothing was written: `expected` is not the head, or a request id is taken.
  kNotHolder,       // Nothing was written: another process has the right to append to this log.
};

// A cached state from which a start need not replay years. Deletable at any time.
struct Snapshot {
  int version = 0;  // Of the state's shape; another version than the reader's is ignored.
  std::string generation;
  std::uint64_t position = 0;
  Hash hash{};  // Of the event at `position`.
  std::string state;
  bool operator==(const Snapshot&) const = default;
};

// The most rows any call returns: nobody holds up the next batch for longer than that.
inline constexpr std::size_t kSliceMax = 256;

template <class T>
using StoreResult = std::variant<T, StoreFailure>;

// One log. All calls may come from any thread; each blocks until done. No call throws.
class EventStore {
 public:
  virtual ~EventStore() = default;

  // Where the log ends, as of the last append or recovery. Never blocks on I/O.
  virtual LogHead head() const = 0;
  // True for a store that was created to run on the demo clock.
  virtual bool is_demo() const = 0;
  // What is wrong and what to do about it, in sentences for an operator; nullopt while the store
  // vouches for itself. Once set, appends fail with kDamaged and what is intact can still be read.
  virtual std::optional<std::string> damage() const { return std::nullopt; }

  // The newest version of facts that the log may hold, 1 in a new one: see fact_versions.h. As of
  // the last append, raise or recovery; never blocks on I/O.
  virtual std::uint64_t write_version() const = 0;
  // Raises it durably to `version`; does nothing where it is as high already. A failure other than
  // kOutcomeUnknown has changed nothing.
  virtual StoreResult<std::monostate> raise_write_version(std::uint64_t version) = 0;

  // Commits the batch durably and returns the events as recorded, in order, the last of which is
  // the new head. A failure other than kOutcomeUnknown has written nothing.
  virtual StoreResult<std::vector<RecordedEvent>> append(const Batch& batch) = 0;
  // After kOutcomeUnknown: reopens, re-reads the head and returns it. Also how one process sees
  // what another one has appended, or that the log was restored and has a new generation.
  virtual StoreResult<LogHead> recover() = 0;

  // At most `limit` (≤ kSliceMax) events from `from_position` on, in order. Empty past the head.
  virtual StoreResult<std::vector<RecordedEvent>> read(std::uint64_t from_position,
                                                       std::size_t limit) = 0;
  // One entry per id, in the order asked; nullopt for an id never carried out.
  virtual StoreResult<std::vector<std::optional<RequestRecord>>> find_requests(
      const std::vector<std::string>& request_ids) = 0;

  // nullopt: never written, or erased.
  virtual StoreResult<std::optional<std::string>> document(std::string_view key) = 0;
  // At most `limit` (≤ kSliceMax) documents whose key starts with `prefix` and is greater than
  // `after`, ordered by key, byte by byte.
  virtual StoreResult<std::vector<DocumentWrite>> documents(std::string_view prefix,
                                                            std::string_view after,
                                                            std::size_t limit) = 0;
  virtual StoreResult<std::vector<Checkpoint>> checkpoints() = 0;

  // The snapshot saved last; nullopt when there is none or it does not match its own checksum.
  virtual StoreResult<std::optional<Snapshot>> snapshot() = 0;
  virtual StoreResult<std::monostate> save_snapshot(const Snapshot& snapshot) = 0;
};

}  // namespace kkr::platform
