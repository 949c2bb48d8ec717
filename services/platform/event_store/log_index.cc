#include "services/platform/event_store/log_index.h"

#include <algorithm>
#include <utility>

namespace kkr::platform {
namespace {

// Enough that a sweep is over long before the next one is due.
constexpr std::size_t kRowsMin = 64;

}  // namespace

int LogIndex::load(SqliteTables& tables, const StoredHead& head) {
  held_ = {};
  sweep_ = {};
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
  begin_when_due();
  return SQLITE_OK;
}

Found<RequestRecord> LogIndex::request(SqliteTables& tables, const std::string& id) const {
  const std::uint64_t fingerprint = request_fingerprint(id);
  for (const Held* held : {&held_, &sweep_.held}) {
    const auto [first, last] = held->requests.equal_range(fingerprint);
    for (auto request = first; request != last; ++request) {
      if (request->second.record.request_id == id) return {request->second.record, SQLITE_OK};
    }
  }
  Found<RequestRecord> found;
  const int code = tables.fingerprints_of(fingerprint, [&](const StoredFingerprint& row) {
    auto request = tables.request(row.sequence);
    found.code = request.code;
    if (found.code != SQLITE_OK) return false;
    if (request.row && request.row->request.request_id == id) {
      found.row = std::move(request.row->request);
    } else if (!request.row ||
               request_fingerprint(request.row->request.request_id) != fingerprint) {
      found.code = SQLITE_CORRUPT;
    }
    return !found.row && found.code == SQLITE_OK;  // Else: of another id with this fingerprint.
  });
  if (found.code == SQLITE_OK) found.code = code;
  return found;
}

Found<StreamEnd> LogIndex::stream(SqliteTables& tables, const std::string& stream) const {
  for (const Held* held : {&held_, &sweep_.held}) {
    const auto end = held->streams.find(stream);
    if (end != held->streams.end()) return {end->second, SQLITE_OK};
  }
  const auto found = tables.stream(stream);
  if (found.code != SQLITE_OK) return {std::nullopt, found.code};
  if (!found.row) return {StreamEnd(), SQLITE_OK};
  return {StreamEnd{found.row->version, found.row->position}, SQLITE_OK};
}

void LogIndex::add(const RecordedEvent& event) {
  held_.streams[event.stream] = {event.version, event.position};
  held_.last_position = event.position;
  ++held_.events;
}

void LogIndex::add(std::uint64_t sequence, const RequestRecord& request) {
  held_.requests.insert({request_fingerprint(request.request_id), {sequence, request}});
  held_.last_sequence = sequence;
}

std::size_t LogIndex::due(std::size_t arriving) const {
  return std::min(sweep_.rows() - sweep_.written, std::max(kRowsMin, 2 * arriving));
}

int LogIndex::sweep(SqliteTables& tables, std::size_t rows, StoredHead& head) const {
  const std::size_t end = sweep_.written + rows;
  for (std::size_t row = sweep_.written; row < end; ++row) {
    const std::size_t fingerprints = sweep_.fingerprints.size();
    const int code = row < fingerprints ? tables.put_fingerprint(sweep_.fingerprints[row])
                                        : tables.put_stream(sweep_.streams[row - fingerprints]);
    if (code != SQLITE_OK) return code;
  }
  if (rows == 0 || end < sweep_.rows()) return SQLITE_OK;
  head.indexed_position = std::max(head.indexed_position, sweep_.held.last_position);
  head.indexed_sequence = std::max(head.indexed_sequence, sweep_.held.last_sequence);
  return SQLITE_OK;
}

void LogIndex::swept(std::size_t rows) {
  sweep_.written += rows;
  if (sweep_.written < sweep_.rows()) return;
  if (rows > 0) sweep_ = {};
  begin_when_due();
}

void LogIndex::begin_when_due() {
  if (held_.requests.size() < sweep_every_ && held_.events < sweep_every_) return;
  sweep_.held = std::exchange(held_, {});
  for (const auto& [fingerprint, request] : sweep_.held.requests) {
    sweep_.fingerprints.push_back({fingerprint, request.sequence});
  }
  for (const auto& [stream, end] : sweep_.held.streams) {
    sweep_.streams.push_back({stream, end.version, end.position});
  }
  std::sort(sweep_.fingerprints.begin(), sweep_.fingerprints.end());
  std::sort(sweep_.streams.begin(), sweep_.streams.end(),
            [](const auto& left, const auto& right) { return left.stream < right.stream; });
}

}  // namespace kkr::platform
