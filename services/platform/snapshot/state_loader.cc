#include "services/platform/snapshot/state_loader.h"

#include <utility>

namespace kkr::platform {
namespace {

constexpr auto kRestore = "Run `kkr admin verify`, and restore the log from its last backup.";

LogHealth read_only(const std::string& log, std::uint64_t position, const std::string& what,
                    const std::string& advice = kRestore) {
  return {true, "The log " + log + " " + what + " at position " + std::to_string(position) +
                    " and takes no commands. " + advice};
}

}  // namespace

Replayed replay(EventStore& store, const std::string& log, LogHead from,
                const std::function<bool(const RecordedEvent&)>& apply) {
  Replayed replayed{std::move(from), {}};
  const std::uint64_t end = store.head().position;
  while (replayed.head.position < end) {
    const std::uint64_t next = replayed.head.position + 1;
    const auto slice = store.read(next, kSliceMax);
    const auto* events = std::get_if<std::vector<RecordedEvent>>(&slice);
    if (events == nullptr || events->empty()) {
      replayed.health = read_only(log, next, "cannot be read");
      const auto* failure = std::get_if<StoreFailure>(&slice);
      replayed.health.may_pass = failure != nullptr && *failure == StoreFailure::kUnavailable;
      return replayed;
    }
    for (const RecordedEvent& event : *events) {
      if (event.position != replayed.head.position + 1) {
        replayed.health = read_only(log, replayed.head.position + 1, "misses an event");
        return replayed;
      }
      if (!apply(event)) {
        replayed.health = read_only(log, event.position, "holds a fact this program does not know",
                                    "Start the version of kkr that wrote it, or a later one.");
        return replayed;
      }
      replayed.head.position = event.position;
      replayed.head.hash = event.hash;
    }
  }
  return replayed;
}

std::optional<Snapshot> trusted_snapshot(EventStore& store, int version) {
  auto found = store.snapshot();
  auto* const snapshot = std::get_if<std::optional<Snapshot>>(&found);
  if (snapshot == nullptr || !snapshot->has_value()) return std::nullopt;
  if ((*snapshot)->version != version || (*snapshot)->position == 0) return std::nullopt;
  const auto read = store.read((*snapshot)->position, 1);
  const auto* const events = std::get_if<std::vector<RecordedEvent>>(&read);
  const bool stands = events != nullptr && events->size() == 1 &&
                      events->front().position == (*snapshot)->position &&
                      events->front().hash == (*snapshot)->hash;
  return stands ? std::move(*snapshot) : std::nullopt;
}

}  // namespace kkr::platform
