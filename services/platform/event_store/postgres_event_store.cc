#include "services/platform/event_store/postgres_event_store.h"

#include <algorithm>
#include <set>
#include <utility>

#include "services/platform/event_store/hash_chain.h"
#include "services/platform/uuid/uuid.h"

namespace kkr::platform {
namespace {

constexpr std::size_t kVersionsMax = 50'000;  // Then all are forgotten, and asked for again.

Hash hash_of(const std::map<std::string, Checkpoint>& checkpoints) {
  std::vector<Checkpoint> rows;
  rows.reserve(checkpoints.size());
  for (const auto& [source, checkpoint] : checkpoints) rows.push_back(checkpoint);
  return checkpoints_hash(rows);
}

}  // namespace

LogHead PostgresEventStore::head() const {
  const std::lock_guard lock(head_mutex_);
  return {meta_.generation, head_.position, head_.hash};
}

std::uint64_t PostgresEventStore::write_version() const {
  const std::lock_guard lock(head_mutex_);
  return meta_.write_version;
}

std::optional<std::string> PostgresEventStore::damage() const {
  const std::lock_guard lock(head_mutex_);
  return damage_;
}

StoreResult<std::monostate> PostgresEventStore::raise_write_version(std::uint64_t version) {
  const std::lock_guard lock(append_mutex_);
  auto taken = take_as_writer();
  if (const auto* failure = std::get_if<StoreFailure>(&taken)) return *failure;
  PostgresConnection& connection = *std::get<PostgresPool::Handle>(taken);
  if (version <= write_version()) return std::monostate();
  StoreMeta raised = meta_;
  raised.write_version = version;
  if (const auto error = tables_.raise(connection, writer_, raised, head_)) return failed(*error);
  if (connection.warned()) return failed({PostgresError::kConnectionLost, "not replicated"});
  const std::lock_guard publishing(head_mutex_);
  meta_ = std::move(raised);
  return std::monostate();
}

StoreResult<std::vector<RecordedEvent>> PostgresEventStore::append(const Batch& batch) {
  const std::lock_guard lock(append_mutex_);
  auto taken = take_as_writer();
  if (const auto* failure = std::get_if<StoreFailure>(&taken)) return *failure;
  PostgresConnection& connection = *std::get<PostgresPool::Handle>(taken);
  if (batch.expected != head()) return StoreFailure::kConflict;
  if (auto error = know_versions(connection, batch)) return failure_for(*error);

  Pending pending = reckon(batch);
  PostgresPipeline pipeline(connection);
  pipeline.add("BEGIN");
  tables_.advance(pipeline, writer_, meta_, head_, pending.head);
  tables_.insert_events(pipeline, pending.events);
  tables_.insert_requests(pipeline, pending.requests);
  tables_.put_documents(pipeline, named_documents(batch));
  tables_.put_checkpoints(pipeline, batch.checkpoints);
  pipeline.add("COMMIT");
  tables_.tell(pipeline, pool_.settings().schema);
  const auto committed = pipeline.run();
  if (const auto* error = std::get_if<PostgresError>(&committed)) return failed(*error);
  // Committed here, but PostgreSQL gave up waiting for its standby: no more than a hope.
  if (connection.warned()) return failed({PostgresError::kConnectionLost, "not replicated"});
  publish(pending);
  return std::move(pending.events);
}

// What an append has to know before it can reckon hashes.
std::optional<PostgresError> PostgresEventStore::know_versions(PostgresConnection& connection,
                                                               const Batch& batch) {
  if (versions_.size() > kVersionsMax) versions_.clear();
  std::set<std::string_view> unknown;
  for (const auto& event : batch.events)
    if (!versions_.contains(event.stream)) unknown.insert(event.stream);
  if (unknown.empty()) return std::nullopt;
  auto found = tables_.versions(connection, {unknown.begin(), unknown.end()});
  if (auto* error = std::get_if<PostgresError>(&found)) return std::move(*error);
  const auto& known = std::get<0>(found);
  for (const std::string_view stream : unknown) {
    const auto version = known.find(std::string(stream));
    versions_.emplace(stream, version == known.end() ? 0 : version->second);
  }
  return std::nullopt;
}

PostgresEventStore::Pending PostgresEventStore::reckon(const Batch& batch) {
  Pending pending;
  pending.head = head_;
  pending.events.reserve(batch.events.size());
  for (const auto& event : batch.events) {
    RecordedEvent row{
        meta_.generation, pending.head.position + 1, event.stream, 0, event.type, event.payload,
        event.metadata,   event.recorded_at};
    std::uint64_t& version = versions_.at(event.stream);
    row.version = ++version;
    row.hash = event_hash(tables_.name(), pending.head.hash, row);
    pending.head.position = row.position;
    pending.head.hash = row.hash;
    pending.events.push_back(std::move(row));
  }
  for (const auto& request : batch.requests) {
    StoredRequest row{++pending.head.request_sequence, request};
    row.hash = request_hash(tables_.name(), pending.head.request_hash, row.sequence, request);
    pending.head.request_hash = row.hash;
    pending.requests.push_back(std::move(row));
  }
  pending.checkpoints = checkpoints_;
  for (const auto& checkpoint : batch.checkpoints)
    pending.checkpoints[checkpoint.source] = checkpoint;
  pending.head.checkpoints_hash = hash_of(pending.checkpoints);
  return pending;
}

StoreFailure PostgresEventStore::failed(const PostgresError& error) {
  versions_.clear();
  if (error.connection_lost()) {
    outcome_unknown_ = true;
    return StoreFailure::kOutcomeUnknown;
  }
  const StoreFailure failure = failure_for(error);
  if (failure == StoreFailure::kNotHolder || error.sqlstate == kConflictState) writer_ = {};
  if (failure == StoreFailure::kDamaged)
    mark_damaged("it could not be written to, " + error.sentence);
  return failure;
}

void PostgresEventStore::publish(const Pending& pending) {
  checkpoints_ = pending.checkpoints;
  const std::lock_guard lock(head_mutex_);
  head_ = pending.head;
}

std::variant<PostgresPool::Handle, StoreFailure> PostgresEventStore::take_as_writer() {
  if (damage()) return StoreFailure::kDamaged;
  if (!may_lead()) return StoreFailure::kNotHolder;
  if (outcome_unknown_) return StoreFailure::kOutcomeUnknown;
  auto taken = pool_.take();
  if (auto* error = std::get_if<PostgresError>(&taken)) return failure_for(*error);
  auto& connection = std::get<PostgresPool::Handle>(taken);
  if (writer_.token.empty() || writer_.epoch != epoch()) {
    if (const auto failure = become_writer(*connection)) return *failure;
  }
  return std::move(connection);
}

// Under a new token nothing that was sent before can be committed any more, and whatever is being
// committed holds the row that the token stands in.
std::optional<StoreFailure> PostgresEventStore::become_writer(PostgresConnection& connection) {
  const PostgresWriter writer{epoch(), new_uuid()};
  if (options_.lease && writer.epoch == 0) return StoreFailure::kNotHolder;
  const bool goes_on = !writer_.token.empty() && writer_.epoch == writer.epoch;
  if (auto error = tables_.claim(connection, writer)) return failure_for(*error);
  if (connection.warned()) return StoreFailure::kUnavailable;
  auto found = tables_.log(connection);
  if (auto* error = std::get_if<PostgresError>(&found)) return failure_for(*error);
  auto& log = std::get<std::optional<PostgresLog>>(found);
  if (!log) return StoreFailure::kUnavailable;
  if (goes_on && log->place_now != place_) {
    writer_ = {};
    return StoreFailure::kNotHolder;
  }
  if (log->sound && log->place != log->place_now) {
    log->place = log->place_now;
    log->meta.generation = new_uuid();
    if (auto error = tables_.begin_generation(connection, writer, *log)) return failure_for(*error);
  }
  if (auto error = take_in(connection, *log)) return failure_for(*error);
  writer_ = writer;
  outcome_unknown_ = false;
  return std::nullopt;
}

StoreResult<LogHead> PostgresEventStore::recover() {
  const std::lock_guard lock(append_mutex_);
  const bool leads = may_lead();
  if (leads && !outcome_unknown_ && !writer_.token.empty() && writer_.epoch == epoch())
    return damage() ? StoreResult<LogHead>(StoreFailure::kDamaged) : head();
  auto taken = pool_.take();
  if (auto* error = std::get_if<PostgresError>(&taken)) return failure_for(*error);
  PostgresConnection& connection = *std::get<PostgresPool::Handle>(taken);
  if (leads) {
    if (const auto failure = become_writer(connection)) return *failure;
  } else {
    writer_ = {};
    outcome_unknown_ = false;  // The successor has seen to it.
    auto found = tables_.log(connection);
    if (auto* error = std::get_if<PostgresError>(&found)) return failure_for(*error);
    const auto& log = std::get<std::optional<PostgresLog>>(found);
    // After a promotion or a restore events may be missing, which only another generation tells
    // from damage: whoever leads the log begins it.
    if (!log || log->place != log->place_now) return StoreFailure::kUnavailable;
    if (auto error = take_in(connection, *log)) return failure_for(*error);
  }
  if (damage()) return StoreFailure::kDamaged;
  return head();
}

void PostgresEventStore::mark_damaged(const std::string& sentence) {
  const std::string whole =
      "The log " + tables_.name() + " is read-only: " + sentence + ". Run `kkr-" +
      options_.service +
      " verify` to see how far it is sound, and restore PostgreSQL to a point in time before the "
      "damage.";
  {
    const std::lock_guard lock(head_mutex_);
    if (damage_) return;
    damage_ = whole;
  }
  if (options_.on_damage) options_.on_damage(whole);
}

}  // namespace kkr::platform
