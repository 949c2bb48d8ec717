// The rows of a store's file, read and written one by one through prepared statements. Knows the
// columns of deploy/schema/sqlite; takes no decision, and opens no transaction by itself.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/platform/event_store/document_seal.h"
#include "services/platform/event_store/event_store.h"
#include "services/platform/event_store/hash_chain.h"
#include "services/platform/event_store/sqlite_connection.h"
#include "services/platform/event_store/stored_rows.h"

namespace kkr::platform {

// What a read gave, or SQLite's result code. A missing row is nullopt with SQLITE_OK.
template <class T>
struct Found {
  std::optional<T> row;
  int code = SQLITE_OK;
};

class SqliteTables {
 public:
  explicit SqliteTables(SqliteConnection& connection);

  // Each returns SQLITE_OK or the error.
  int begin() { return begin_().run(); }
  int commit() { return commit_().run(); }
  int insert_event(const RecordedEvent& event);
  int insert_request(const StoredRequest& request);
  int put_fingerprint(const StoredFingerprint& row);
  int put_stream(const StoredStream& row);
  int put_document(const NamedDocument& document);
  int put_checkpoint(const Checkpoint& checkpoint);
  int put_snapshot(const Snapshot& snapshot);
  int put_meta(const StoreMeta& meta);
  int put_head(const StoredHead& head);

  // nullopt also when the row's checksum does not hold: then `code` is SQLITE_CORRUPT.
  Found<StoreMeta> meta();
  Found<StoredHead> head();
  Found<Snapshot> snapshot();

  Found<RecordedEvent> event(std::uint64_t position);
  Found<std::uint64_t> last_position();
  Found<StoredRequest> request(std::uint64_t sequence);
  Found<StoredStream> stream(const std::string& stream);
  Found<StoredDocument> document(std::string_view key);

  // Rows in order, each given to `take` as it is read, until it returns false. SQLITE_OK, or the
  // error behind the last row given.
  int events(std::uint64_t from_position, std::size_t limit,
             const std::function<bool(RecordedEvent)>& take);
  int requests(std::uint64_t from_sequence, std::size_t limit,
               const std::function<bool(StoredRequest)>& take);
  int fingerprints_of(std::uint64_t fingerprint,
                      const std::function<bool(StoredFingerprint)>& take);
  // From that row on, itself too.
  int fingerprints(const StoredFingerprint& from, std::size_t limit,
                   const std::function<bool(StoredFingerprint)>& take);
  int streams(const std::string& after, std::size_t limit,
              const std::function<bool(StoredStream)>& take);
  // Keys greater than `key`, or also that key itself; erased ones too.
  int documents(std::string_view key, bool key_itself, std::size_t limit,
                const std::function<bool(StoredDocument)>& take);
  int checkpoints(const std::function<bool(Checkpoint)>& take);

 private:
  Statement begin_, commit_, insert_event_, insert_request_, put_fingerprint_, put_stream_,
      put_document_, put_checkpoint_, put_snapshot_, put_meta_, put_head_, meta_, head_, snapshot_,
      events_, last_position_, requests_, fingerprints_of_, fingerprints_, stream_, streams_,
      document_, documents_from_, documents_after_, checkpoints_;
};

}  // namespace kkr::platform
