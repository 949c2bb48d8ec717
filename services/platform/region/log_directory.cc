#include "services/platform/region/log_directory.h"

#include <algorithm>
#include <shared_mutex>
#include <utility>

namespace kkr::platform {
namespace {

// From the tail where it reaches, else from the store.
std::optional<std::vector<RecordedEvent>> read_events(const LogEntry& entry, std::uint64_t from,
                                                      std::size_t limit) {
  if (const auto tail = entry.tail->read(from, limit)) {
    std::vector<RecordedEvent> events;
    events.reserve(tail->size());
    for (const RecordedEventPtr& event : *tail) events.push_back(*event);
    return events;
  }
  auto stored = entry.store->read(from, limit);
  auto* const events = std::get_if<std::vector<RecordedEvent>>(&stored);
  if (events == nullptr) return std::nullopt;
  return std::move(*events);
}

}  // namespace

// An entry with the lock that keeps its owner from withdrawing it while it is used.
struct LogDirectory::Kept {
  explicit Kept(LogEntry kept) : entry(std::move(kept)) {}

  const LogEntry entry;
  std::shared_mutex in_use;
  bool withdrawn = false;
};

void LogDirectory::add(LogEntry entry) {
  auto kept = std::make_shared<Kept>(std::move(entry));
  const std::lock_guard lock(mutex_);
  logs_[kept->entry.log] = kept;
}

void LogDirectory::withdraw(const std::string& log) {
  const auto kept = find(log);
  if (kept == nullptr) return;
  {
    const std::lock_guard unused(kept->in_use);
    kept->withdrawn = true;
  }
  const std::lock_guard lock(mutex_);
  logs_.erase(log);
}

std::variant<LogSlice, LogReadFailure> LogDirectory::read(const std::string& log,
                                                          std::uint64_t from_position,
                                                          std::size_t limit) {
  std::variant<LogSlice, LogReadFailure> result = LogReadFailure::kLogUnknown;
  with(log, [&](const LogEntry& entry) {
    const LogHead head = entry.tail->head();
    LogSlice slice{head.generation, head.position, std::nullopt, {}};
    if (from_position == 1) slice.previous_hash = Hash{};
    if (from_position == head.position + 1) slice.previous_hash = head.hash;
    // One event more in front, for its hash.
    const bool needs_previous = !slice.previous_hash && from_position <= head.position;
    const std::uint64_t from = needs_previous ? from_position - 1 : from_position;
    auto events = read_events(entry, from, std::min(limit, kSliceMax - 1) + needs_previous);
    if (!events || (needs_previous && events->empty())) {
      result = LogReadFailure::kUnavailable;
      return;
    }
    if (needs_previous) {
      slice.previous_hash = events->front().hash;
      events->erase(events->begin());
    }
    slice.events = std::move(*events);
    result = std::move(slice);
  });
  return result;
}

std::optional<LogHead> LogDirectory::head(const std::string& log) const {
  std::optional<LogHead> head;
  with(log, [&head](const LogEntry& entry) { head = entry.tail->head(); });
  return head;
}

std::vector<LogDirectory::Listed> LogDirectory::list() const {
  std::vector<std::string> names;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [name, kept] : logs_) names.push_back(name);
  }
  std::vector<Listed> listed;
  for (const std::string& name : names) {
    with(name, [&](const LogEntry& entry) {
      listed.push_back({name, entry.tail->head(), entry.health()});
    });
  }
  return listed;
}

bool LogDirectory::with(const std::string& log,
                        const std::function<void(const LogEntry&)>& use) const {
  const auto kept = find(log);
  if (kept == nullptr) return false;
  const std::shared_lock used(kept->in_use);
  if (kept->withdrawn) return false;
  use(kept->entry);
  return true;
}

std::shared_ptr<LogDirectory::Kept> LogDirectory::find(const std::string& log) const {
  const std::lock_guard lock(mutex_);
  const auto found = logs_.find(log);
  return found == logs_.end() ? nullptr : found->second;
}

}  // namespace kkr::platform
