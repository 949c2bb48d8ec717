// The rows of one log in PostgreSQL, read and written over a connection that the caller holds.
// Knows the columns of deploy/schema/postgres; takes no decision.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "services/platform/event_store/document_seal.h"
#include "services/platform/event_store/event_store.h"
#include "services/platform/event_store/stored_rows.h"
#include "services/platform/postgres/postgres_connection.h"

namespace kkr::platform {

// The row of `logs`, but for who may write.
struct PostgresLog {
  StoreMeta meta;
  StoredHead head;
  std::string place;      // The cluster and timeline the generation was begun on …
  std::string place_now;  // … and where the row was read.
  bool sound = false;     // The row matches its checksum.
};

// Who writes, in the name of what.
struct PostgresWriter {
  std::uint64_t epoch = 0;  // Of the lease; 0: without one.
  std::string token;
};

template <class T>
using PostgresFound = std::variant<T, PostgresError>;

class PostgresTables {
 public:
  // `log` is `{service}/{region}`.
  PostgresTables(std::string log, std::string region)
      : log_(std::move(log)), region_(std::move(region)) {}

  // Makes the row of a log that ends at `head`; false when there is one already.
  PostgresFound<bool> create(PostgresConnection& connection, const StoreMeta& meta,
                             const StoredHead& head) const;
  PostgresFound<std::optional<PostgresLog>> log(PostgresConnection& connection) const;
  // Makes `writer` the only one that may append, once what was under way has ended.
  std::optional<PostgresError> claim(PostgresConnection& connection,
                                     const PostgresWriter& writer) const;
  // Has the log be what `meta` says from here on, where `head` is its end.
  std::optional<PostgresError> raise(PostgresConnection& connection, const PostgresWriter& writer,
                                     const StoreMeta& meta, const StoredHead& head) const;
  // Has the log go on under another generation from here.
  std::optional<PostgresError> begin_generation(PostgresConnection& connection,
                                                const PostgresWriter& writer,
                                                const PostgresLog& log) const;

  // What an append does, in order, between BEGIN and COMMIT.
  void advance(PostgresPipeline& pipeline, const PostgresWriter& writer, const StoreMeta& meta,
               const StoredHead& from, const StoredHead& to) const;
  void insert_events(PostgresPipeline& pipeline, const std::vector<RecordedEvent>& events) const;
  void insert_requests(PostgresPipeline& pipeline,
                       const std::vector<StoredRequest>& requests) const;
  void put_documents(PostgresPipeline& pipeline,
                     const std::map<std::string_view, NamedDocument>& documents) const;
  void put_checkpoints(PostgresPipeline& pipeline,
                       const std::vector<Checkpoint>& checkpoints) const;
  // Behind the COMMIT: wakes those that LISTEN to the schema.
  void tell(PostgresPipeline& pipeline, const std::string& schema) const;

  // In order of positions, sequences and keys; at most `limit`.
  PostgresFound<std::vector<RecordedEvent>> events(PostgresConnection& connection,
                                                   std::uint64_t from_position,
                                                   std::size_t limit) const;
  PostgresFound<std::vector<StoredRequest>> requests(PostgresConnection& connection,
                                                     std::uint64_t from_sequence,
                                                     std::size_t limit) const;
  PostgresFound<std::vector<StoredRequest>> find_requests(
      PostgresConnection& connection, const std::vector<std::string>& ids) const;
  // The last version of each stream that has one.
  PostgresFound<std::map<std::string, std::uint64_t>> versions(
      PostgresConnection& connection, const std::vector<std::string_view>& streams) const;
  PostgresFound<std::optional<StoredDocument>> document(PostgresConnection& connection,
                                                        std::string_view key) const;
  // Keys that start with `prefix` and are greater than `after`. Those of erased documents too when
  // `erased` says so.
  PostgresFound<std::vector<StoredDocument>> documents(PostgresConnection& connection,
                                                       std::string_view prefix,
                                                       std::string_view after, bool erased,
                                                       std::size_t limit) const;
  PostgresFound<std::vector<Checkpoint>> checkpoints(PostgresConnection& connection) const;
  // nullopt also when the row does not match its checksum.
  PostgresFound<std::optional<Snapshot>> snapshot(PostgresConnection& connection) const;
  std::optional<PostgresError> put_snapshot(PostgresConnection& connection,
                                            const Snapshot& snapshot) const;

  const std::string& name() const { return log_; }
  const std::string& region() const { return region_; }

 private:
  PostgresParameters keyed() const { return std::move(PostgresParameters().text(region_)); }

  const std::string log_;
  const std::string region_;
};

}  // namespace kkr::platform
