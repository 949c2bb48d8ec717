// The store's reads. Each checks what it returns against the hash beside it: a changed row is
// never served.
#include <algorithm>

#include "services/platform/event_store/document_seal.h"
#include "services/platform/event_store/hash_chain.h"
#include "services/platform/event_store/postgres_event_store.h"

namespace kkr::platform {
namespace {

bool is_sealed(const StoredDocument& row) {
  return as_bytes(document_digest(row.write.salt, row.write.key, *row.write.value)) == row.digest;
}

// The connection, or why there is none.
PostgresConnection* connection_of(std::variant<PostgresPool::Handle, PostgresError>& taken) {
  auto* handle = std::get_if<PostgresPool::Handle>(&taken);
  return handle == nullptr ? nullptr : &**handle;
}

}  // namespace

StoreFailure PostgresEventStore::read_failed(const PostgresError& error, const std::string& what) {
  const StoreFailure failure = failure_for(error);
  if (failure == StoreFailure::kDamaged) mark_damaged(what + " cannot be read: " + error.sentence);
  return failure;
}

// A log that was restored to an earlier state under a reader is not damaged: the reader has to look
// where it ends now.
StoreFailure PostgresEventStore::unsound(PostgresConnection& connection,
                                         const std::string& sentence) {
  const LogHead known = head();
  const auto found = tables_.log(connection);
  const auto* log = std::get_if<std::optional<PostgresLog>>(&found);
  if (log == nullptr) return StoreFailure::kUnavailable;
  if (!*log || (*log)->meta.generation != known.generation ||
      (*log)->head.position < known.position)
    return StoreFailure::kUnavailable;
  mark_damaged(sentence);
  return StoreFailure::kDamaged;
}

StoreResult<std::vector<RecordedEvent>> PostgresEventStore::read(std::uint64_t from_position,
                                                                 std::size_t limit) {
  std::uint64_t next = std::max<std::uint64_t>(from_position, 1);
  std::vector<RecordedEvent> events;
  const std::uint64_t last = head().position;
  if (limit == 0 || next > last) return events;
  auto taken = pool_.take();
  PostgresConnection* const connection = connection_of(taken);
  if (connection == nullptr) return StoreFailure::kUnavailable;
  // With the one before, for its hash.
  const std::uint64_t first = std::max<std::uint64_t>(next - 1, 1);
  const auto wanted = std::min<std::uint64_t>({limit, kSliceMax, last - next + 1});
  auto found = tables_.events(*connection, first, wanted + next - first);
  if (const auto* error = std::get_if<PostgresError>(&found))
    return read_failed(*error, "event " + std::to_string(next));
  Hash previous{};
  bool sound = true;
  for (auto& event : std::get<std::vector<RecordedEvent>>(found)) {
    if (events.empty() && event.position + 1 == next) {  // The one before the first.
      previous = event.hash;
      continue;
    }
    sound = event.position == next && event.hash == event_hash(tables_.name(), previous, event);
    if (!sound) break;
    previous = event.hash;
    ++next;
    events.push_back(std::move(event));
  }
  if (sound && !events.empty()) return events;
  const auto failure = unsound(
      *connection, "event " + std::to_string(next) + " is missing or does not match its hash");
  if (events.empty()) return failure;
  return events;  // What stands before the damage is served.
}

StoreResult<std::vector<std::optional<RequestRecord>>> PostgresEventStore::find_requests(
    const std::vector<std::string>& request_ids) {
  std::vector<std::optional<RequestRecord>> records(request_ids.size());
  if (request_ids.empty()) return records;
  auto taken = pool_.take();
  PostgresConnection* const connection = connection_of(taken);
  if (connection == nullptr) return StoreFailure::kUnavailable;
  const auto found = tables_.find_requests(*connection, request_ids);
  if (const auto* error = std::get_if<PostgresError>(&found))
    return read_failed(*error, "a request");
  std::map<std::string_view, const RequestRecord*> by_id;
  for (const auto& row : std::get<std::vector<StoredRequest>>(found))
    by_id.emplace(row.request.request_id, &row.request);
  for (std::size_t i = 0; i < request_ids.size(); ++i) {
    const auto known = by_id.find(request_ids[i]);
    if (known != by_id.end()) records[i] = *known->second;
  }
  return records;
}

StoreResult<std::optional<std::string>> PostgresEventStore::document(std::string_view key) {
  auto taken = pool_.take();
  PostgresConnection* const connection = connection_of(taken);
  if (connection == nullptr) return StoreFailure::kUnavailable;
  const std::string name = "the document '" + std::string(key) + "'";
  auto found = tables_.document(*connection, key);
  if (const auto* error = std::get_if<PostgresError>(&found)) return read_failed(*error, name);
  auto& row = std::get<std::optional<StoredDocument>>(found);
  if (!row || !row->write.value) return std::optional<std::string>();
  if (is_sealed(*row)) return std::move(row->write.value);
  mark_damaged(name + " does not match its digest");
  return StoreFailure::kDamaged;
}

StoreResult<std::vector<DocumentWrite>> PostgresEventStore::documents(std::string_view prefix,
                                                                      std::string_view after,
                                                                      std::size_t limit) {
  auto taken = pool_.take();
  PostgresConnection* const connection = connection_of(taken);
  if (connection == nullptr) return StoreFailure::kUnavailable;
  constexpr bool kErased = false;
  auto found = tables_.documents(*connection, prefix, after, kErased, std::min(limit, kSliceMax));
  if (const auto* error = std::get_if<PostgresError>(&found))
    return read_failed(*error, "a document after '" + std::string(after) + "'");
  std::vector<DocumentWrite> writes;
  for (auto& row : std::get<std::vector<StoredDocument>>(found)) {
    if (!is_sealed(row)) {
      mark_damaged("the document '" + row.write.key + "' does not match its digest");
      return StoreFailure::kDamaged;
    }
    writes.push_back(std::move(row.write));
  }
  return writes;
}

StoreResult<std::vector<Checkpoint>> PostgresEventStore::checkpoints() {
  const std::lock_guard lock(append_mutex_);
  std::vector<Checkpoint> all;
  for (const auto& [source, checkpoint] : checkpoints_) all.push_back(checkpoint);
  return all;
}

StoreResult<std::optional<Snapshot>> PostgresEventStore::snapshot() {
  auto taken = pool_.take();
  PostgresConnection* const connection = connection_of(taken);
  if (connection == nullptr) return StoreFailure::kUnavailable;
  auto found = tables_.snapshot(*connection);
  if (const auto* error = std::get_if<PostgresError>(&found)) return failure_for(*error);
  return std::move(std::get<std::optional<Snapshot>>(found));
}

StoreResult<std::monostate> PostgresEventStore::save_snapshot(const Snapshot& snapshot) {
  if (damage()) return StoreFailure::kDamaged;
  auto taken = pool_.take();
  PostgresConnection* const connection = connection_of(taken);
  if (connection == nullptr) return StoreFailure::kUnavailable;
  if (const auto error = tables_.put_snapshot(*connection, snapshot)) return failure_for(*error);
  return std::monostate();
}

}  // namespace kkr::platform
