// The store's reads. Each checks what it returns against the hash beside it: a changed row is
// never served.
#include <algorithm>

#include "services/platform/event_store/document_seal.h"
#include "services/platform/event_store/hash_chain.h"
#include "services/platform/event_store/sqlite_event_store.h"

namespace kkr::platform {
namespace {

bool is_sealed(const StoredDocument& row) {
  return as_bytes(document_digest(row.write.salt, row.write.key, *row.write.value)) == row.digest;
}

}  // namespace

StoreFailure SqliteEventStore::not_open() const {
  return damage() ? StoreFailure::kDamaged : StoreFailure::kUnavailable;
}

StoreFailure SqliteEventStore::read_failed(int code, const std::string& what) {
  const auto failure = failure_for(code);
  if (failure == StoreFailure::kDamaged)
    mark_damaged(what + " cannot be read: " + connection_->error(code).sentence);
  return failure;
}

StoreResult<std::vector<RecordedEvent>> SqliteEventStore::read(std::uint64_t from_position,
                                                               std::size_t limit) {
  const auto turn = turns_.take();
  if (tables_ == nullptr) return not_open();
  std::uint64_t next = std::max<std::uint64_t>(from_position, 1);
  std::vector<RecordedEvent> events;
  if (limit == 0 || next > stored_head().position) return events;
  Hash previous{};
  if (next > 1) {
    const auto before = tables_->event(next - 1);
    if (before.code != SQLITE_OK) return read_failed(before.code, "event " + std::to_string(next));
    if (before.row) previous = before.row->hash;
  }
  bool sound = true;
  const int code = tables_->events(next, std::min(limit, kSliceMax), [&](RecordedEvent event) {
    sound = event.position == next && event.hash == event_hash(options_.log, previous, event);
    if (!sound) return false;
    previous = event.hash;
    ++next;
    events.push_back(std::move(event));
    return true;
  });
  const std::string name = "event " + std::to_string(next);
  std::optional<StoreFailure> failure;
  if (code != SQLITE_OK) {
    failure = read_failed(code, name);
  } else if (!sound || events.empty()) {
    mark_damaged(name + " is missing or does not match its hash");
    failure = StoreFailure::kDamaged;
  }
  if (failure && events.empty()) return *failure;
  return events;  // What stands before the damage is served.
}

StoreResult<std::vector<std::optional<RequestRecord>>> SqliteEventStore::find_requests(
    const std::vector<std::string>& request_ids) {
  const auto turn = turns_.take();
  if (tables_ == nullptr) return not_open();
  std::vector<std::optional<RequestRecord>> records;
  records.reserve(request_ids.size());
  unknown_.clear();
  for (const auto& id : request_ids) {
    auto found = index_.request(*tables_, id);
    if (found.code != SQLITE_OK) return read_failed(found.code, "the request '" + id + "'");
    if (!found.row) unknown_.insert(id);
    records.push_back(std::move(found.row));
  }
  return records;
}

StoreResult<std::optional<std::string>> SqliteEventStore::document(std::string_view key) {
  const auto turn = turns_.take();
  if (tables_ == nullptr) return not_open();
  auto found = tables_->document(key);
  const std::string name = "the document '" + std::string(key) + "'";
  if (found.code != SQLITE_OK) return read_failed(found.code, name);
  if (!found.row || !found.row->write.value) return std::optional<std::string>();
  if (!is_sealed(*found.row)) {
    mark_damaged(name + " does not match its digest");
    return StoreFailure::kDamaged;
  }
  return std::move(found.row->write.value);
}

StoreResult<std::vector<DocumentWrite>> SqliteEventStore::documents(std::string_view prefix,
                                                                    std::string_view after,
                                                                    std::size_t limit) {
  const auto turn = turns_.take();
  if (tables_ == nullptr) return not_open();
  limit = std::min(limit, kSliceMax);
  std::vector<DocumentWrite> found;
  std::string key(std::max(prefix, after));
  bool key_itself = after < prefix;
  bool sound = true;
  // Erased documents keep their rows, so a slice of rows may hold fewer documents than wanted.
  for (bool more = true; more && sound && found.size() < limit; key_itself = false) {
    more = false;
    const int code = tables_->documents(key, key_itself, kSliceMax, [&](StoredDocument row) {
      more = row.write.key.starts_with(prefix);
      if (!more) return false;
      key = row.write.key;
      if (!row.write.value) return true;
      sound = is_sealed(row);
      if (sound) found.push_back(std::move(row.write));
      return sound && found.size() < limit;
    });
    if (code != SQLITE_OK) return read_failed(code, "a document after '" + key + "'");
  }
  if (sound) return found;
  mark_damaged("the document '" + key + "' does not match its digest");
  return StoreFailure::kDamaged;
}

StoreResult<std::vector<Checkpoint>> SqliteEventStore::checkpoints() {
  const auto turn = turns_.take();
  std::vector<Checkpoint> all;
  for (const auto& [source, checkpoint] : checkpoints_) all.push_back(checkpoint);
  return all;
}

StoreResult<std::optional<Snapshot>> SqliteEventStore::snapshot() {
  const auto turn = turns_.take();
  if (tables_ == nullptr) return not_open();
  return tables_->snapshot().row;
}

StoreResult<std::monostate> SqliteEventStore::save_snapshot(const Snapshot& snapshot) {
  const auto turn = turns_.take();
  if (damage()) return StoreFailure::kDamaged;
  if (outcome_unknown_) return StoreFailure::kOutcomeUnknown;
  const int code = tables_->put_snapshot(snapshot);
  if (code == SQLITE_OK) return std::monostate();
  return commit_failed(code);  // A statement alone commits by itself.
}

}  // namespace kkr::platform
