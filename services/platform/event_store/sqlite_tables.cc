#include "services/platform/event_store/sqlite_tables.h"

namespace kkr::platform {
namespace {

RecordedEvent event_in(const Query& row) {
  return {std::string(row.text(1)),
          row.number(0),
          std::string(row.text(2)),
          row.number(3),
          std::string(row.text(4)),
          std::string(row.text(5)),
          std::string(row.text(6)),
          absl::FromUnixNanos(static_cast<std::int64_t>(row.number(7))),
          row.hash(8)};
}

StoredRequest request_in(const Query& row) {
  return {row.number(0),
          {std::string(row.text(1)), row.hash(2), row.number(3), row.number(4)},
          row.hash(5)};
}

StoredFingerprint fingerprint_in(const Query& row) { return {row.number(0), row.number(1)}; }

StoredStream stream_in(const Query& row) {
  return {std::string(row.text(0)), row.number(1), row.number(2)};
}

StoredDocument document_in(const Query& row) {
  StoredDocument document;
  document.write.key = row.text(0);
  if (!row.is_null(1)) document.write.value = row.text(1);
  document.write.salt = row.text(2);
  document.digest = row.text(3);
  document.position = row.number(4);
  return document;
}

Found<std::uint64_t> number_of(Query query) {
  if (query.next() && !query.is_null(0)) return {query.number(0), SQLITE_OK};
  return {std::nullopt, query.code()};
}

template <class T>
Found<T> only(Query row, T (*read)(const Query&)) {
  if (row.next()) return {read(row), SQLITE_OK};
  return {std::nullopt, row.code()};
}

constexpr char kDocumentColumns[] = "SELECT key, value, salt, digest, position FROM documents ";

template <class T, class Read>
int give_each(Query query, Read read, const std::function<bool(T)>& take) {
  while (query.next()) {
    if (!take(read(query))) break;
  }
  return query.code();
}

}  // namespace

SqliteTables::SqliteTables(SqliteConnection& connection)
    : begin_(connection.prepare("BEGIN IMMEDIATE")),
      commit_(connection.prepare("COMMIT")),
      insert_event_(connection.prepare("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")),
      insert_request_(connection.prepare("INSERT INTO requests VALUES (?, ?, ?, ?, ?, ?)")),
      put_fingerprint_(
          connection.prepare("INSERT OR REPLACE INTO request_fingerprints VALUES (?, ?)")),
      put_stream_(connection.prepare("INSERT OR REPLACE INTO streams VALUES (?, ?, ?)")),
      put_document_(connection.prepare(
          "INSERT INTO documents VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (key) DO UPDATE SET "
          "value = ?2, salt = ?3, digest = ?4, position = ?5")),
      put_checkpoint_(connection.prepare("INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?, ?)")),
      put_snapshot_(
          connection.prepare("INSERT OR REPLACE INTO snapshot VALUES (1, ?, ?, ?, ?, ?, ?)")),
      put_meta_(connection.prepare("INSERT OR REPLACE INTO meta VALUES (1, ?, ?, ?, ?, ?)")),
      put_head_(
          connection.prepare("INSERT OR REPLACE INTO head VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)")),
      meta_(connection.prepare("SELECT log, generation, demo, write_version, checksum FROM meta")),
      head_(connection.prepare("SELECT position, hash, request_sequence, request_hash, "
                               "checkpoints_hash, indexed_position, indexed_sequence, checksum "
                               "FROM head")),
      snapshot_(connection.prepare(
          "SELECT version, generation, position, hash, state, checksum FROM snapshot")),
      events_(connection.prepare(
          "SELECT position, generation, stream, version, type, payload, metadata, recorded_at, "
          "hash FROM events WHERE position >= ? ORDER BY position LIMIT ?")),
      last_position_(connection.prepare("SELECT max(position) FROM events")),
      requests_(connection.prepare(
          "SELECT sequence, request_id, command_digest, first_position, last_position, hash "
          "FROM requests WHERE sequence >= ? ORDER BY sequence LIMIT ?")),
      fingerprints_of_(connection.prepare("SELECT fingerprint, sequence FROM request_fingerprints "
                                          "WHERE fingerprint = ? ORDER BY sequence")),
      fingerprints_(connection.prepare(
          "SELECT fingerprint, sequence FROM request_fingerprints "
          "WHERE (fingerprint, sequence) >= (?, ?) ORDER BY fingerprint, sequence LIMIT ?")),
      stream_(connection.prepare("SELECT stream, version, position FROM streams WHERE stream = ?")),
      streams_(connection.prepare("SELECT stream, version, position FROM streams "
                                  "WHERE stream > ? ORDER BY stream LIMIT ?")),
      document_(connection.prepare((std::string(kDocumentColumns) + "WHERE key = ?").c_str())),
      documents_from_(connection.prepare(
          (std::string(kDocumentColumns) + "WHERE key >= ? ORDER BY key LIMIT ?").c_str())),
      documents_after_(connection.prepare(
          (std::string(kDocumentColumns) + "WHERE key > ? ORDER BY key LIMIT ?").c_str())),
      checkpoints_(connection.prepare(
          "SELECT source, generation, position, hash FROM checkpoints ORDER BY source")) {}

int SqliteTables::insert_event(const RecordedEvent& event) {
  return insert_event_(event.position, std::string_view(event.generation),
                       std::string_view(event.stream), event.version, std::string_view(event.type),
                       Blob{event.payload}, Blob{event.metadata},
                       static_cast<std::uint64_t>(absl::ToUnixNanos(event.recorded_at)), event.hash)
      .run();
}

int SqliteTables::insert_request(const StoredRequest& row) {
  return insert_request_(row.sequence, std::string_view(row.request.request_id),
                         row.request.command_digest, row.request.first_position,
                         row.request.last_position, row.hash)
      .run();
}

int SqliteTables::put_fingerprint(const StoredFingerprint& row) {
  return put_fingerprint_(row.fingerprint, row.sequence).run();
}

int SqliteTables::put_stream(const StoredStream& row) {
  return put_stream_(std::string_view(row.stream), row.version, row.position).run();
}

int SqliteTables::put_document(const NamedDocument& document) {
  const DocumentWrite& write = *document.write;
  auto query = put_document_(std::string_view(write.key),
                             Blob{write.value ? std::string_view(*write.value) : ""},
                             Blob{write.salt}, Blob{write.digest}, document.position);
  if (!write.value) query.bind_null(2);
  return query.run();
}

int SqliteTables::put_checkpoint(const Checkpoint& checkpoint) {
  return put_checkpoint_(std::string_view(checkpoint.source),
                         std::string_view(checkpoint.generation), checkpoint.position,
                         checkpoint.hash)
      .run();
}

int SqliteTables::put_snapshot(const Snapshot& snapshot) {
  return put_snapshot_(static_cast<std::uint64_t>(snapshot.version),
                       std::string_view(snapshot.generation), snapshot.position, snapshot.hash,
                       Blob{snapshot.state}, snapshot_hash(snapshot))
      .run();
}

int SqliteTables::put_meta(const StoreMeta& meta) {
  return put_meta_(std::string_view(meta.log), std::string_view(meta.generation),
                   static_cast<std::uint64_t>(meta.demo), meta.write_version, checksum_of(meta))
      .run();
}

int SqliteTables::put_head(const StoredHead& head) {
  return put_head_(head.position, head.hash, head.request_sequence, head.request_hash,
                   head.checkpoints_hash, head.indexed_position, head.indexed_sequence,
                   checksum_of(head))
      .run();
}

Found<StoreMeta> SqliteTables::meta() {
  auto row = meta_();
  if (!row.next()) return {std::nullopt, row.code()};
  StoreMeta meta{std::string(row.text(0)), std::string(row.text(1)), row.number(2) != 0,
                 row.number(3)};
  if (checksum_of(meta) != row.hash(4)) return {std::nullopt, SQLITE_CORRUPT};
  return {meta, SQLITE_OK};
}

Found<StoredHead> SqliteTables::head() {
  auto row = head_();
  if (!row.next()) return {std::nullopt, row.code()};
  const StoredHead head{row.number(0), row.hash(1),   row.number(2), row.hash(3),
                        row.hash(4),   row.number(5), row.number(6)};
  if (checksum_of(head) != row.hash(7)) return {std::nullopt, SQLITE_CORRUPT};
  return {head, SQLITE_OK};
}

Found<Snapshot> SqliteTables::snapshot() {
  auto row = snapshot_();
  if (!row.next()) return {std::nullopt, row.code()};
  Snapshot snapshot{static_cast<int>(row.number(0)), std::string(row.text(1)), row.number(2),
                    row.hash(3), std::string(row.text(4))};
  if (snapshot_hash(snapshot) != row.hash(5)) return {std::nullopt, SQLITE_CORRUPT};
  return {std::move(snapshot), SQLITE_OK};
}

Found<RecordedEvent> SqliteTables::event(std::uint64_t position) {
  Found<RecordedEvent> found;
  found.code = events(position, 1, [&](RecordedEvent event) {
    if (event.position == position) found.row = std::move(event);
    return true;
  });
  return found;
}

Found<std::uint64_t> SqliteTables::last_position() { return number_of(last_position_()); }

Found<StoredRequest> SqliteTables::request(std::uint64_t sequence) {
  Found<StoredRequest> found;
  found.code = requests(sequence, 1, [&](StoredRequest request) {
    if (request.sequence == sequence) found.row = std::move(request);
    return true;
  });
  return found;
}

Found<StoredStream> SqliteTables::stream(const std::string& stream) {
  return only(stream_(std::string_view(stream)), stream_in);
}

Found<StoredDocument> SqliteTables::document(std::string_view key) {
  return only(document_(key), document_in);
}

int SqliteTables::events(std::uint64_t from_position, std::size_t limit,
                         const std::function<bool(RecordedEvent)>& take) {
  return give_each<RecordedEvent>(events_(from_position, std::uint64_t{limit}), event_in, take);
}

int SqliteTables::requests(std::uint64_t from_sequence, std::size_t limit,
                           const std::function<bool(StoredRequest)>& take) {
  return give_each<StoredRequest>(requests_(from_sequence, std::uint64_t{limit}), request_in, take);
}

int SqliteTables::fingerprints_of(std::uint64_t fingerprint,
                                  const std::function<bool(StoredFingerprint)>& take) {
  return give_each<StoredFingerprint>(fingerprints_of_(fingerprint), fingerprint_in, take);
}

int SqliteTables::fingerprints(const StoredFingerprint& from, std::size_t limit,
                               const std::function<bool(StoredFingerprint)>& take) {
  return give_each<StoredFingerprint>(
      fingerprints_(from.fingerprint, from.sequence, std::uint64_t{limit}), fingerprint_in, take);
}

int SqliteTables::streams(const std::string& after, std::size_t limit,
                          const std::function<bool(StoredStream)>& take) {
  return give_each<StoredStream>(streams_(std::string_view(after), std::uint64_t{limit}), stream_in,
                                 take);
}

int SqliteTables::documents(std::string_view key, bool key_itself, std::size_t limit,
                            const std::function<bool(StoredDocument)>& take) {
  auto& rows = key_itself ? documents_from_ : documents_after_;
  return give_each<StoredDocument>(rows(key, std::uint64_t{limit}), document_in, take);
}

int SqliteTables::checkpoints(const std::function<bool(Checkpoint)>& take) {
  return give_each<Checkpoint>(
      checkpoints_(),
      [](const Query& row) {
        return Checkpoint{std::string(row.text(0)), std::string(row.text(1)), row.number(2),
                          row.hash(3)};
      },
      take);
}

}  // namespace kkr::platform
