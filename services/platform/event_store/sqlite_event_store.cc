#include "services/platform/event_store/sqlite_event_store.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "services/platform/event_store/document_seal.h"
#include "services/platform/event_store/hash_chain.h"

namespace kkr::platform {
namespace {

constexpr std::uint64_t kWalBytesMax = std::uint64_t{2} << 20U;  // Then it is folded in.

Checkpoint by_source(const std::pair<const std::string, Checkpoint>& entry) { return entry.second; }

Hash hash_of(const std::map<std::string, Checkpoint>& checkpoints) {
  std::vector<Checkpoint> rows;
  std::transform(checkpoints.begin(), checkpoints.end(), std::back_inserter(rows), by_source);
  return checkpoints_hash(rows);
}

}  // namespace

LogHead SqliteEventStore::head() const {
  std::lock_guard lock(head_mutex_);
  return {meta_.generation, head_.position, head_.hash};
}

StoredHead SqliteEventStore::stored_head() const {
  std::lock_guard lock(head_mutex_);
  return head_;
}

std::optional<std::string> SqliteEventStore::damage() const {
  std::lock_guard lock(head_mutex_);
  return damage_;
}

std::uint64_t SqliteEventStore::write_version() const {
  std::lock_guard lock(head_mutex_);
  return meta_.write_version;
}

StoreResult<std::monostate> SqliteEventStore::raise_write_version(std::uint64_t version) {
  const auto turn = turns_.take();
  if (damage()) return StoreFailure::kDamaged;
  if (outcome_unknown_) return StoreFailure::kOutcomeUnknown;
  if (version <= write_version()) return std::monostate();
  StoreMeta raised = meta_;
  raised.write_version = version;
  int code = tables_->begin();
  if (code == SQLITE_OK) code = tables_->put_meta(raised);
  if (code != SQLITE_OK) return roll_back(code);
  code = tables_->commit();
  if (code != SQLITE_OK) return commit_failed(code);
  std::lock_guard lock(head_mutex_);
  meta_.write_version = version;
  return std::monostate();
}

StoreResult<std::vector<RecordedEvent>> SqliteEventStore::append(const Batch& batch) {
  const auto turn = turns_.take();
  if (damage()) return StoreFailure::kDamaged;
  if (outcome_unknown_) return StoreFailure::kOutcomeUnknown;
  if (batch.expected != head()) return StoreFailure::kConflict;

  Pending pending;
  pending.head = stored_head();
  int code = tables_->begin();
  if (code == SQLITE_OK) code = write(batch, pending);
  if (code != SQLITE_OK) return roll_back(code);
  code = tables_->commit();
  if (code != SQLITE_OK) return commit_failed(code);

  wal_holds_erased_ |= std::any_of(batch.documents.begin(), batch.documents.end(),
                                   [](const auto& write) { return !write.value; });
  publish(batch, pending);
  fold_wal();
  return std::move(pending.events);
}

int SqliteEventStore::write(const Batch& batch, Pending& pending) {
  int code = write_events(batch, pending);
  if (code == SQLITE_OK) code = write_requests(batch, pending);
  if (code == SQLITE_OK) code = write_documents(batch);
  if (code == SQLITE_OK) code = write_checkpoints(batch, pending);
  pending.swept = index_.due(batch.events.size() + batch.requests.size());
  if (code == SQLITE_OK) code = index_.sweep(*tables_, pending.swept, pending.head);
  return code == SQLITE_OK ? tables_->put_head(pending.head) : code;
}

int SqliteEventStore::write_events(const Batch& batch, Pending& pending) {
  pending.events.reserve(batch.events.size());
  for (const auto& event : batch.events) {
    const auto version = version_of(event.stream, pending);
    if (!version.row) return version.code;
    RecordedEvent row{meta_.generation, pending.head.position + 1,
                      event.stream,     *version.row + 1,
                      event.type,       event.payload,
                      event.metadata,   event.recorded_at};
    row.hash = event_hash(options_.log, pending.head.hash, row);
    if (const int code = tables_->insert_event(row); code != SQLITE_OK) return code;
    pending.versions[row.stream] = row.version;
    pending.head.position = row.position;
    pending.head.hash = row.hash;
    pending.events.push_back(std::move(row));
  }
  return SQLITE_OK;
}

Found<std::uint64_t> SqliteEventStore::version_of(const std::string& stream,
                                                  const Pending& pending) {
  const auto written = pending.versions.find(stream);
  if (written != pending.versions.end()) return {written->second, SQLITE_OK};
  const auto end = index_.stream(*tables_, stream);
  if (!end.row) return {std::nullopt, end.code};
  return {end.row->version, SQLITE_OK};
}

int SqliteEventStore::write_requests(const Batch& batch, Pending& pending) {
  std::set<std::string_view> ids;
  for (const auto& request : batch.requests) {
    const bool is_new = unknown_.contains(request.request_id);
    const auto known =
        is_new ? Found<RequestRecord>() : index_.request(*tables_, request.request_id);
    if (known.code != SQLITE_OK) return known.code;
    if (known.row || !ids.insert(request.request_id).second) return SQLITE_CONSTRAINT;
    StoredRequest row{++pending.head.request_sequence, request};
    row.hash = request_hash(options_.log, pending.head.request_hash, row.sequence, request);
    pending.head.request_hash = row.hash;
    if (const int code = tables_->insert_request(row); code != SQLITE_OK) return code;
  }
  return SQLITE_OK;
}

int SqliteEventStore::write_documents(const Batch& batch) {
  for (const auto& [key, document] : named_documents(batch)) {
    const int code = tables_->put_document(document);
    if (code != SQLITE_OK) return code;
  }
  return SQLITE_OK;
}

int SqliteEventStore::write_checkpoints(const Batch& batch, Pending& pending) {
  pending.checkpoints = checkpoints_;
  for (const auto& checkpoint : batch.checkpoints) {
    const int code = tables_->put_checkpoint(checkpoint);
    if (code != SQLITE_OK) return code;
    pending.checkpoints[checkpoint.source] = checkpoint;
  }
  pending.head.checkpoints_hash = hash_of(pending.checkpoints);
  return SQLITE_OK;
}

StoreFailure SqliteEventStore::roll_back(int code) {
  const auto failure = failure_for(code);
  const auto error = connection_->error(code);
  if (connection_->in_transaction()) connection_->execute("ROLLBACK");
  if (failure == StoreFailure::kDamaged)
    mark_damaged("it could not be written to, " + error.sentence);
  return failure;
}

// A full disk is noticed before the frame that commits is whole. After any other error in the file
// system the frame may or may not have reached the disk, and only reopening tells.
StoreFailure SqliteEventStore::commit_failed(int code) {
  const auto failure = roll_back(code);
  if (failure != StoreFailure::kUnavailable || (code & 0xff) == SQLITE_BUSY) return failure;
  outcome_unknown_ = true;
  return StoreFailure::kOutcomeUnknown;
}

void SqliteEventStore::publish(const Batch& batch, const Pending& pending) {
  unknown_.clear();
  for (const auto& event : pending.events) index_.add(event);
  auto sequence = stored_head().request_sequence;
  for (const auto& request : batch.requests) index_.add(++sequence, request);
  index_.swept(pending.swept);
  checkpoints_ = pending.checkpoints;
  std::lock_guard lock(head_mutex_);
  head_ = pending.head;
}

// Failing is harmless, the WAL grows on: a full disk shows at the next append. Only what has been
// erased must not stay in it, so that is tried again at every append until it succeeds.
void SqliteEventStore::fold_wal() {
  if (!wal_holds_erased_ && static_cast<std::uint64_t>(wal_frames_) * page_bytes_ < kWalBytesMax)
    return;
  const int mode = wal_holds_erased_ ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
  const int code = sqlite3_wal_checkpoint_v2(connection_->raw(), nullptr, mode, nullptr, nullptr);
  if (code == SQLITE_OK) wal_holds_erased_ = false;
  if (failure_for(code) == StoreFailure::kDamaged && code != SQLITE_OK)
    mark_damaged("the write-ahead log cannot be folded in, " + connection_->error(code).sentence);
}

StoreResult<LogHead> SqliteEventStore::recover() {
  const auto turn = turns_.take();
  unknown_.clear();
  scrub_.reset();
  tables_.reset();
  connection_.reset();
  if (const auto error = connect()) return failure_for(error->code);
  // A flush that failed may have left pages that look written and are not on the disk. Copying them
  // into the file writes and flushes them anew.
  const int code = sqlite3_wal_checkpoint_v2(connection_->raw(), nullptr,
                                             SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if (code != SQLITE_OK) return failure_for(code);
  if (const auto meta = tables_->meta(); meta.row) {
    std::lock_guard lock(head_mutex_);
    meta_.write_version = meta.row->write_version;
  }
  load_head();
  outcome_unknown_ = false;
  if (damage()) return StoreFailure::kDamaged;
  return head();
}

bool SqliteEventStore::scrub_slice() {
  const auto turn = turns_.take_when_idle();
  if (tables_ == nullptr || damage()) return false;
  if (scrub_ == nullptr) {
    LogCheck::Scope scope;
    scope.snapshot = false;  // A cache: the reader checks it.
    scrub_ = std::make_unique<LogCheck>(*tables_, options_.log, scope);
  }
  const bool more = scrub_->step();
  if (scrub_->damage()) mark_damaged(scrub_->damage()->sentence);
  if (!more || scrub_->damage()) scrub_.reset();
  return more && !damage();
}

void SqliteEventStore::mark_damaged(const std::string& sentence) {
  const std::string whole =
      "The log " + options_.log + " is read-only: " + sentence + ". Keep a copy of " +
      options_.path +
      ", run `kkr admin verify` to see how far it is sound, and restore it from "
      "the newest backup with `kkr admin restore`.";
  {
    std::lock_guard lock(head_mutex_);
    if (damage_) return;
    damage_ = whole;
  }
  if (options_.on_damage) options_.on_damage(whole);
}

}  // namespace kkr::platform
