#include "services/platform/appender/log_advance.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>

namespace kkr::platform {
namespace {

// The events of one generation at `from` to `to`; nullopt when the log does not show them now.
std::optional<std::vector<RecordedEvent>> read_events(EventStore& store, std::uint64_t from,
                                                      const LogHead& to) {
  std::vector<RecordedEvent> events;
  while (from <= to.position) {
    const std::size_t limit = std::min<std::uint64_t>(kSliceMax, to.position - from + 1);
    auto slice = store.read(from, limit);
    auto* read = std::get_if<std::vector<RecordedEvent>>(&slice);
    if (read == nullptr || read->empty()) return std::nullopt;
    from += read->size();
    std::move(read->begin(), read->end(), std::back_inserter(events));
  }
  if (!events.empty() && events.back().hash != to.hash) return std::nullopt;
  return events;
}

bool is_recorded_as(const NewEvent& event, const RecordedEvent& recorded) {
  return event.stream == recorded.stream && event.type == recorded.type &&
         event.payload == recorded.payload && event.metadata == recorded.metadata &&
         event.recorded_at == recorded.recorded_at;
}

}  // namespace

std::variant<LogAdvance, AdvanceFailure> advance_of(EventStore& store, const LogHead& known) {
  const auto recovered = store.recover();
  if (const auto* failure = std::get_if<StoreFailure>(&recovered)) {
    return *failure == StoreFailure::kDamaged ? AdvanceFailure::kDamaged
                                              : AdvanceFailure::kTryAgain;
  }
  LogAdvance advance{std::get<LogHead>(recovered), false, {}};
  if (advance.head.generation != known.generation) {
    advance.is_restored = true;
    return advance;
  }
  const bool is_shorter = advance.head.position < known.position;
  if (is_shorter || (advance.head.position == known.position && advance.head.hash != known.hash)) {
    return AdvanceFailure::kEventsLost;
  }
  auto events = read_events(store, known.position + 1, advance.head);
  if (!events) return AdvanceFailure::kTryAgain;
  advance.events = *std::move(events);
  return advance;
}

bool is_committed(const Batch& batch, const LogAdvance& advance, EventStore& store,
                  const std::map<std::string, Checkpoint>& checkpoints) {
  if (!batch.events.empty()) {
    return batch.events.size() <= advance.events.size() &&
           std::equal(batch.events.begin(), batch.events.end(), advance.events.begin(),
                      is_recorded_as);
  }
  if (!batch.requests.empty()) {
    const auto found = store.find_requests({batch.requests.front().request_id});
    const auto* records = std::get_if<std::vector<std::optional<RequestRecord>>>(&found);
    return records != nullptr && records->front() == batch.requests.front();
  }
  const Checkpoint& moved = batch.checkpoints.front();
  const auto present = checkpoints.find(moved.source);
  return present != checkpoints.end() && present->second == moved;
}

}  // namespace kkr::platform
