#include "services/platform/event_store/log_index.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace kkr::platform {
namespace {

// In the order of the keys, so that a sweep goes through a table from one end to the other.
template <class Map>
std::vector<const typename Map::value_type*> sorted(const Map& map) {
  std::vector<const typename Map::value_type*> entries;
  entries.reserve(map.size());
  for (const auto& entry : map) entries.push_back(&entry);
  std::sort(entries.begin(), entries.end(),
            [](const auto* left, const auto* right) { return left->first < right->first; });
  return entries;
}

}  // namespace

int LogIndex::load(SqliteTables& tables, const StoredHead& head) {
  requests_.clear();
  streams_.clear();
  events_held_ = 0;
  std::uint64_t next = head.indexed_position + 1;
  for (bool more = true; more;) {
    more = false;
    const int code = tables.events(next, kSliceMax, [&](const RecordedEvent& event) {
      add(event);
      next = event.position + 1;
      return more = true;
    });
    if (code != SQLITE_OK) return code;
  }
  next = head.indexed_sequence + 1;
  for (bool more = true; more;) {
    more = false;
    const int code = tables.requests(next, kSliceMax, [&](const StoredRequest& row) {
      add(row.sequence, row.request);
      next = row.sequence + 1;
      return more = true;
    });
    if (code != SQLITE_OK) return code;
  }
  return SQLITE_OK;
}

Found<RequestRecord> LogIndex::request(SqliteTables& tables, const std::string& id) const {
  if (const auto held = requests_.find(id); held != requests_.end()) {
    return {held->second.record, SQLITE_OK};
  }
  const auto known = tables.request_id(id);
  if (!known.row) return {std::nullopt, known.code};
  auto found = tables.request(known.row->sequence);
  if (found.code != SQLITE_OK) return {std::nullopt, found.code};
  if (!found.row || found.row->request.request_id != id) return {std::nullopt, SQLITE_CORRUPT};
  return {std::move(found.row->request), SQLITE_OK};
}

Found<StreamEnd> LogIndex::stream(SqliteTables& tables, const std::string& stream) const {
  if (const auto held = streams_.find(stream); held != streams_.end()) {
    return {held->second, SQLITE_OK};
  }
  const auto found = tables.stream(stream);
  if (found.code != SQLITE_OK) return {std::nullopt, found.code};
  if (!found.row) return {StreamEnd(), SQLITE_OK};
  return {StreamEnd{found.row->version, found.row->position}, SQLITE_OK};
}

void LogIndex::add(const RecordedEvent& event) {
  streams_[event.stream] = {event.version, event.position};
  ++events_held_;
}

void LogIndex::add(std::uint64_t sequence, const RequestRecord& request) {
  requests_[request.request_id] = {sequence, request};
}

bool LogIndex::sweep_is_due() const {
  return requests_.size() >= sweep_every_ || events_held_ >= sweep_every_;
}

int LogIndex::sweep(SqliteTables& tables, StoredHead& head) const {
  for (const auto* entry : sorted(requests_)) {
    const auto& [id, held] = *entry;
    if (const int code = tables.put_request_id({id, held.sequence}); code != SQLITE_OK) return code;
    head.indexed_sequence = std::max(head.indexed_sequence, held.sequence);
  }
  for (const auto* entry : sorted(streams_)) {
    const auto& [stream, end] = *entry;
    const int code = tables.put_stream({stream, end.version, end.position});
    if (code != SQLITE_OK) return code;
    head.indexed_position = std::max(head.indexed_position, end.position);
  }
  return SQLITE_OK;
}

void LogIndex::swept() {
  requests_.clear();
  streams_.clear();
  events_held_ = 0;
}

}  // namespace kkr::platform
