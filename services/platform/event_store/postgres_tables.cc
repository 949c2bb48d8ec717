#include "services/platform/event_store/postgres_tables.h"

#include "services/platform/event_store/postgres_statements.h"

namespace kkr::platform {
namespace {

Hash checksum_of_log(const StoreMeta& meta, const StoredHead& head) {
  return Sha256().field(checksum_of(meta)).field(checksum_of(head)).finish();
}

RecordedEvent event_in(const PostgresRows& rows, int row) {
  return {std::string(rows.text(row, 1)),
          rows.number(row, 0),
          std::string(rows.text(row, 2)),
          rows.number(row, 3),
          std::string(rows.text(row, 4)),
          std::string(rows.text(row, 5)),
          std::string(rows.text(row, 6)),
          absl::FromUnixNanos(static_cast<std::int64_t>(rows.number(row, 7))),
          rows.hash(row, 8)};
}

StoredRequest request_in(const PostgresRows& rows, int row) {
  return {
      rows.number(row, 0),
      {std::string(rows.text(row, 1)), rows.hash(row, 2), rows.number(row, 3), rows.number(row, 4)},
      rows.hash(row, 5)};
}

StoredDocument document_in(const PostgresRows& rows, int row) {
  StoredDocument document;
  document.write.key = rows.text(row, 0);
  if (!rows.is_null(row, 1)) document.write.value = rows.text(row, 1);
  document.write.salt = rows.text(row, 2);
  document.digest = rows.text(row, 3);
  document.position = rows.number(row, 4);
  return document;
}

Checkpoint checkpoint_in(const PostgresRows& rows, int row) {
  return {std::string(rows.text(row, 0)), std::string(rows.text(row, 1)), rows.number(row, 2),
          rows.hash(row, 3)};
}

// Each row by `read`, or the error.
template <class T>
PostgresFound<std::vector<T>> all(PostgresResult result, T (*read)(const PostgresRows&, int)) {
  if (auto* error = std::get_if<PostgresError>(&result)) return std::move(*error);
  const auto& rows = std::get<PostgresRows>(result);
  std::vector<T> found;
  found.reserve(static_cast<std::size_t>(rows.size()));
  for (int row = 0; row < rows.size(); ++row) found.push_back(read(rows, row));
  return found;
}

std::optional<PostgresError> error_of(PostgresResult result) {
  if (auto* error = std::get_if<PostgresError>(&result)) return std::move(*error);
  return std::nullopt;
}

std::optional<std::string_view> view_of(const std::optional<std::string>& value) {
  if (!value) return std::nullopt;
  return *value;
}

}  // namespace

PostgresFound<bool> PostgresTables::create(PostgresConnection& connection, const StoreMeta& meta,
                                           const StoredHead& head) const {
  auto result = connection.run(kCreateLog, keyed()
                                               .text(meta.generation)
                                               .flag(meta.demo)
                                               .number(meta.write_version)
                                               .number(head.position)
                                               .hash(head.hash)
                                               .number(head.request_sequence)
                                               .hash(head.request_hash)
                                               .hash(head.checkpoints_hash)
                                               .hash(checksum_of_log(meta, head)));
  if (auto* error = std::get_if<PostgresError>(&result)) return std::move(*error);
  return std::get<PostgresRows>(result).touched() == 1;
}

PostgresFound<std::optional<PostgresLog>> PostgresTables::log(
    PostgresConnection& connection) const {
  auto result = connection.run(kLog, keyed());
  if (auto* error = std::get_if<PostgresError>(&result)) return std::move(*error);
  const auto& rows = std::get<PostgresRows>(result);
  if (rows.empty()) return std::nullopt;
  PostgresLog log;
  log.meta = {log_, std::string(rows.text(0, 0)), rows.flag(0, 1), rows.number(0, 2)};
  log.head.position = rows.number(0, 3);
  log.head.hash = rows.hash(0, 4);
  log.head.request_sequence = rows.number(0, 5);
  log.head.request_hash = rows.hash(0, 6);
  log.head.checkpoints_hash = rows.hash(0, 7);
  log.sound = rows.hash(0, 8) == checksum_of_log(log.meta, log.head);
  log.place = rows.text(0, 9);
  log.place_now = rows.text(0, 10);
  return log;
}

std::optional<PostgresError> PostgresTables::claim(PostgresConnection& connection,
                                                   const PostgresWriter& writer) const {
  return error_of(connection.run(kClaim, keyed().number(writer.epoch).text(writer.token)));
}

std::optional<PostgresError> PostgresTables::raise(PostgresConnection& connection,
                                                   const PostgresWriter& writer,
                                                   const StoreMeta& meta,
                                                   const StoredHead& head) const {
  return error_of(connection.run(kRaise, keyed()
                                             .number(writer.epoch)
                                             .text(writer.token)
                                             .number(meta.write_version)
                                             .hash(checksum_of_log(meta, head))));
}

std::optional<PostgresError> PostgresTables::begin_generation(PostgresConnection& connection,
                                                              const PostgresWriter& writer,
                                                              const PostgresLog& log) const {
  return error_of(connection.run(kBeginGeneration, keyed()
                                                       .text(writer.token)
                                                       .text(log.meta.generation)
                                                       .text(log.place)
                                                       .hash(checksum_of_log(log.meta, log.head))));
}

void PostgresTables::advance(PostgresPipeline& pipeline, const PostgresWriter& writer,
                             const StoreMeta& meta, const StoredHead& from,
                             const StoredHead& to) const {
  pipeline.add(kAdvance, keyed()
                             .number(writer.epoch)
                             .text(writer.token)
                             .text(meta.generation)
                             .number(from.position)
                             .hash(from.hash)
                             .number(from.request_sequence)
                             .number(to.position)
                             .hash(to.hash)
                             .number(to.request_sequence)
                             .hash(to.request_hash)
                             .hash(to.checkpoints_hash)
                             .hash(checksum_of_log(meta, to)));
}

void PostgresTables::insert_events(PostgresPipeline& pipeline,
                                   const std::vector<RecordedEvent>& events) const {
  if (events.empty()) return;
  std::vector<std::uint64_t> positions, versions, recorded_at;
  std::vector<std::string_view> streams, types;
  std::vector<std::optional<std::string_view>> payloads, metadata, hashes;
  for (const auto& event : events) {
    positions.push_back(event.position);
    streams.emplace_back(event.stream);
    versions.push_back(event.version);
    types.emplace_back(event.type);
    payloads.emplace_back(event.payload);
    metadata.emplace_back(event.metadata);
    recorded_at.push_back(static_cast<std::uint64_t>(absl::ToUnixNanos(event.recorded_at)));
    hashes.emplace_back(as_bytes(event.hash));
  }
  pipeline.add(kInsertEvents, keyed()
                                  .text(events.front().generation)
                                  .numbers(positions)
                                  .texts(streams)
                                  .numbers(versions)
                                  .texts(types)
                                  .byte_rows(payloads)
                                  .byte_rows(metadata)
                                  .numbers(recorded_at)
                                  .byte_rows(hashes));
}

void PostgresTables::insert_requests(PostgresPipeline& pipeline,
                                     const std::vector<StoredRequest>& requests) const {
  if (requests.empty()) return;
  std::vector<std::uint64_t> sequences, first, last;
  std::vector<std::string_view> ids;
  std::vector<std::optional<std::string_view>> digests, hashes;
  for (const auto& row : requests) {
    sequences.push_back(row.sequence);
    ids.emplace_back(row.request.request_id);
    digests.emplace_back(as_bytes(row.request.command_digest));
    first.push_back(row.request.first_position);
    last.push_back(row.request.last_position);
    hashes.emplace_back(as_bytes(row.hash));
  }
  pipeline.add(kInsertRequests, keyed()
                                    .numbers(sequences)
                                    .texts(ids)
                                    .byte_rows(digests)
                                    .numbers(first)
                                    .numbers(last)
                                    .byte_rows(hashes));
}

void PostgresTables::put_documents(
    PostgresPipeline& pipeline, const std::map<std::string_view, NamedDocument>& documents) const {
  if (documents.empty()) return;
  std::vector<std::string_view> keys;
  std::vector<std::uint64_t> positions;
  std::vector<std::optional<std::string_view>> values, salts, digests;
  for (const auto& [key, document] : documents) {
    keys.push_back(key);
    values.push_back(view_of(document.write->value));
    salts.emplace_back(document.write->salt);
    digests.emplace_back(document.write->digest);
    positions.push_back(document.position);
  }
  pipeline.add(
      kPutDocuments,
      keyed().texts(keys).byte_rows(values).byte_rows(salts).byte_rows(digests).numbers(positions));
}

// One statement cannot touch a row twice, so of several checkpoints of a source only the last is
// sent.
void PostgresTables::put_checkpoints(PostgresPipeline& pipeline,
                                     const std::vector<Checkpoint>& checkpoints) const {
  if (checkpoints.empty()) return;
  std::map<std::string_view, const Checkpoint*> last;
  for (const auto& checkpoint : checkpoints) last[checkpoint.source] = &checkpoint;
  std::vector<std::string_view> sources, generations;
  std::vector<std::uint64_t> positions;
  std::vector<std::optional<std::string_view>> hashes;
  for (const auto& [source, checkpoint] : last) {
    sources.push_back(source);
    generations.emplace_back(checkpoint->generation);
    positions.push_back(checkpoint->position);
    hashes.emplace_back(as_bytes(checkpoint->hash));
  }
  pipeline.add(kPutCheckpoints,
               keyed().texts(sources).texts(generations).numbers(positions).byte_rows(hashes));
}

void PostgresTables::tell(PostgresPipeline& pipeline, const std::string& schema) const {
  pipeline.add(kTell, std::move(PostgresParameters().text(schema).text(region_)));
}

PostgresFound<std::vector<RecordedEvent>> PostgresTables::events(PostgresConnection& connection,
                                                                 std::uint64_t from_position,
                                                                 std::size_t limit) const {
  return all(connection.run(kEvents, keyed().number(from_position).number(limit)), event_in);
}

PostgresFound<std::vector<StoredRequest>> PostgresTables::requests(PostgresConnection& connection,
                                                                   std::uint64_t from_sequence,
                                                                   std::size_t limit) const {
  return all(connection.run(kRequests, keyed().number(from_sequence).number(limit)), request_in);
}

PostgresFound<std::vector<StoredRequest>> PostgresTables::find_requests(
    PostgresConnection& connection, const std::vector<std::string>& ids) const {
  return all(connection.run(kFindRequests, keyed().texts({ids.begin(), ids.end()})), request_in);
}

PostgresFound<std::map<std::string, std::uint64_t>> PostgresTables::versions(
    PostgresConnection& connection, const std::vector<std::string_view>& streams) const {
  auto result = connection.run(kVersions, keyed().texts(streams));
  if (auto* error = std::get_if<PostgresError>(&result)) return std::move(*error);
  const auto& rows = std::get<PostgresRows>(result);
  std::map<std::string, std::uint64_t> versions;
  for (int row = 0; row < rows.size(); ++row)
    versions.emplace(rows.text(row, 0), rows.number(row, 1));
  return versions;
}

PostgresFound<std::optional<StoredDocument>> PostgresTables::document(
    PostgresConnection& connection, std::string_view key) const {
  auto found = all(connection.run(kDocument, keyed().text(key)), document_in);
  if (auto* error = std::get_if<PostgresError>(&found)) return std::move(*error);
  auto& rows = std::get<std::vector<StoredDocument>>(found);
  return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

PostgresFound<std::vector<StoredDocument>> PostgresTables::documents(PostgresConnection& connection,
                                                                     std::string_view prefix,
                                                                     std::string_view after,
                                                                     bool erased,
                                                                     std::size_t limit) const {
  return all(
      connection.run(kDocuments, keyed().text(prefix).text(after).flag(erased).number(limit)),
      document_in);
}

PostgresFound<std::vector<Checkpoint>> PostgresTables::checkpoints(
    PostgresConnection& connection) const {
  return all(connection.run(kCheckpoints, keyed()), checkpoint_in);
}

PostgresFound<std::optional<Snapshot>> PostgresTables::snapshot(
    PostgresConnection& connection) const {
  auto result = connection.run(kSnapshot, keyed());
  if (auto* error = std::get_if<PostgresError>(&result)) return std::move(*error);
  const auto& rows = std::get<PostgresRows>(result);
  if (rows.empty()) return std::nullopt;
  Snapshot snapshot{static_cast<int>(rows.number(0, 0)), std::string(rows.text(0, 1)),
                    rows.number(0, 2), rows.hash(0, 3), std::string(rows.text(0, 4))};
  if (snapshot_hash(snapshot) != rows.hash(0, 5)) return std::nullopt;
  return snapshot;
}

std::optional<PostgresError> PostgresTables::put_snapshot(PostgresConnection& connection,
                                                          const Snapshot& snapshot) const {
  return error_of(
      connection.run(kPutSnapshot, keyed()
                                       .number(static_cast<std::uint64_t>(snapshot.version))
                                       .text(snapshot.generation)
                                       .number(snapshot.position)
                                       .hash(snapshot.hash)
                                       .bytes(snapshot.state)
                                       .hash(snapshot_hash(snapshot))));
}

}  // namespace kkr::platform
