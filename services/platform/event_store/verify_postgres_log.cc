#include "services/platform/event_store/verify_postgres_log.h"

#include <algorithm>
#include <map>
#include <utility>

#include "services/platform/event_store/document_seal.h"
#include "services/platform/event_store/hash_chain.h"
#include "services/platform/event_store/postgres_tables.h"

namespace kkr::platform {
namespace {

std::string event_name(std::uint64_t position) { return "event " + std::to_string(position); }

std::string in_quotes(const std::string& text) { return "'" + text + "'"; }

bool names(const RecordedEvent& event, const StoredDocument& row) {
  v1::EventMetadata metadata;
  if (!metadata.ParseFromString(event.metadata)) return false;
  return std::any_of(metadata.documents().begin(), metadata.documents().end(),
                     [&](const auto& named) {
                       return named.key() == row.write.key && named.digest() == row.digest;
                     });
}

// An erased document has neither value nor salt nor digest.
bool is_sealed(const StoredDocument& row) {
  if (!row.write.value) return row.digest.empty() && row.write.salt.empty();
  return as_bytes(document_digest(row.write.salt, row.write.key, *row.write.value)) == row.digest;
}

class PostgresCheck {
 public:
  PostgresCheck(PostgresConnection& connection, const std::string& service,
                const std::string& region)
      : connection_(connection), tables_(service + "/" + region, region) {
    report_.log = tables_.name();
  }

  // What the rows are checked against: the head and the checkpoints it vouches for, which must be
  // of one moment. Each error is for rows that cannot be read at all.
  std::optional<PostgresError> check_head() {
    auto found = tables_.log(connection_);
    auto checkpoints = tables_.checkpoints(connection_);
    if (auto* error = std::get_if<PostgresError>(&found)) return std::move(*error);
    if (auto* error = std::get_if<PostgresError>(&checkpoints)) return std::move(*error);
    auto& log = std::get<std::optional<PostgresLog>>(found);
    if (!log) return PostgresError{"02000", "there is no log " + tables_.name()};
    head_ = log->head;
    report_.head.generation = log->meta.generation;
    if (!log->sound) note(head_.position, "the head of the log does not match its checksum");
    if (checkpoints_hash(std::get<std::vector<Checkpoint>>(checkpoints)) != head_.checkpoints_hash)
      note(head_.position, "the checkpoints are not those that were written");
    return std::nullopt;
  }

  std::optional<PostgresError> check_rows() {
    auto error = check_events();
    if (!error) error = check_requests();
    if (!error) error = check_documents();
    return error;
  }

  VerifyReport take_report() { return std::move(report_); }

 private:
  void note(std::uint64_t position, std::string sentence) {
    position = std::max<std::uint64_t>(position, 1);
    if (!report_.damage || position < report_.damage->position)
      report_.damage = {position, std::move(sentence)};
  }

  std::optional<PostgresError> check_events() {
    bool sound = true;
    while (sound && report_.head.position < head_.position) {
      auto found = tables_.events(connection_, report_.head.position + 1, kSliceMax);
      if (auto* error = std::get_if<PostgresError>(&found)) return std::move(*error);
      auto& events = std::get<std::vector<RecordedEvent>>(found);
      sound = !events.empty();
      for (const auto& event : events) {
        if (!sound || event.position > head_.position) break;
        sound = accept(event);
      }
      if (auto error = check_belongings(events)) return error;
    }
    if (!sound || report_.head.hash != head_.hash)
      note(report_.head.position + 1,
           event_name(report_.head.position + 1) + " is missing or does not match its hash");
    return std::nullopt;
  }

  bool accept(const RecordedEvent& event) {
    if (event.position != report_.head.position + 1 ||
        event.hash != event_hash(tables_.name(), report_.head.hash, event))
      return false;
    report_.head.position = event.position;
    report_.head.hash = event.hash;
    return true;
  }

  // The request each event names, and that the documents it names have not vanished.
  std::optional<PostgresError> check_belongings(const std::vector<RecordedEvent>& events) {
    std::map<std::string, std::uint64_t> by_request;  // The last event of each.
    for (const auto& event : events) {
      if (event.position > report_.head.position) break;
      v1::EventMetadata metadata;
      if (!metadata.ParseFromString(event.metadata))
        note(event.position, event_name(event.position) + " has metadata that cannot be read");
      if (!metadata.request_id().empty()) by_request[metadata.request_id()] = event.position;
      for (const auto& named : metadata.documents())
        if (auto error = check_document(named.key(), event.position)) return error;
    }
    std::vector<std::string> ids;
    for (const auto& [id, position] : by_request) ids.push_back(id);
    auto found = tables_.find_requests(connection_, ids);
    if (auto* error = std::get_if<PostgresError>(&found)) return std::move(*error);
    for (const auto& row : std::get<std::vector<StoredRequest>>(found)) {
      const auto named = by_request.find(row.request.request_id);
      if (named != by_request.end() && row.request.first_position <= named->second &&
          row.request.last_position >= named->second)
        by_request.erase(named);
    }
    for (const auto& [id, position] : by_request)
      note(position, "the request of " + event_name(position) + " is missing or has other events");
    return std::nullopt;
  }

  std::optional<PostgresError> check_document(const std::string& key, std::uint64_t position) {
    auto found = tables_.document(connection_, key);
    if (auto* error = std::get_if<PostgresError>(&found)) return std::move(*error);
    const auto& row = std::get<std::optional<StoredDocument>>(found);
    if (!row || row->position < position)
      note(position, "the document " + in_quotes(key) + " that " + event_name(position) +
                         " names is missing or an older one");
    return std::nullopt;
  }

  std::optional<PostgresError> check_requests() {
    Hash hash{};
    std::uint64_t after = 1;  // The position after those the requests so far account for.
    bool sound = true;
    while (sound && report_.requests < head_.request_sequence) {
      auto found = tables_.requests(connection_, report_.requests + 1, kSliceMax);
      if (auto* error = std::get_if<PostgresError>(&found)) return std::move(*error);
      const auto& rows = std::get<std::vector<StoredRequest>>(found);
      sound = !rows.empty();
      for (const auto& row : rows) {
        if (row.sequence > head_.request_sequence) break;
        sound = row.sequence == report_.requests + 1 &&
                row.hash == request_hash(tables_.name(), hash, row.sequence, row.request);
        if (!sound) break;
        hash = row.hash;
        after = std::max(row.request.first_position, row.request.last_position + 1);
        report_.requests = row.sequence;
      }
    }
    if (!sound || hash != head_.request_hash)
      note(after, "request " + std::to_string(report_.requests + 1) +
                      " is missing or does not match its hash");
    return std::nullopt;
  }

  std::optional<PostgresError> check_documents() {
    constexpr bool kErased = true;
    std::string after;
    for (bool more = true; more;) {
      auto found = tables_.documents(connection_, "", after, kErased, kSliceMax);
      if (auto* error = std::get_if<PostgresError>(&found)) return std::move(*error);
      const auto& rows = std::get<std::vector<StoredDocument>>(found);
      more = rows.size() == kSliceMax;
      for (const auto& row : rows) {
        after = row.write.key;
        if (row.position > head_.position) continue;  // Written since the check began.
        auto event = tables_.events(connection_, row.position, 1);
        if (auto* error = std::get_if<PostgresError>(&event)) return std::move(*error);
        const auto& events = std::get<std::vector<RecordedEvent>>(event);
        const bool named = !events.empty() && events.front().position == row.position &&
                           names(events.front(), row);
        if (!named || !is_sealed(row))
          note(row.position, "the document " + in_quotes(row.write.key) + " is not the one that " +
                                 event_name(row.position) + " names");
      }
    }
    return std::nullopt;
  }

  PostgresConnection& connection_;
  const PostgresTables tables_;
  StoredHead head_;
  VerifyReport report_;
};

}  // namespace

std::variant<VerifyReport, PostgresError> verify_postgres_log(PostgresPool& pool,
                                                              const std::string& service,
                                                              const std::string& region) {
  auto taken = pool.take();
  if (auto* error = std::get_if<PostgresError>(&taken)) return std::move(*error);
  PostgresConnection& connection = *std::get<PostgresPool::Handle>(taken);
  PostgresCheck check(connection, service, region);
  if (auto error = connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")) return *error;
  auto error = check.check_head();
  connection.execute("COMMIT");
  if (!error) error = check.check_rows();
  if (error) return std::move(*error);
  return check.take_report();
}

std::variant<VerifyReport, PostgresError> verify_uncommitted_log(PostgresConnection& connection,
                                                                 const std::string& service,
                                                                 const std::string& region) {
  PostgresCheck check(connection, service, region);
  auto error = check.check_head();
  if (!error) error = check.check_rows();
  if (error) return std::move(*error);
  return check.take_report();
}

}  // namespace kkr::platform
