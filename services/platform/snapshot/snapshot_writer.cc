#include "services/platform/snapshot/snapshot_writer.h"

#include <utility>

#include "services/platform/log/log.h"

namespace kkr::platform {
namespace {

// After a snapshot, none is made for so many times as long as it took.
constexpr int kRest = 30;

}  // namespace

SnapshotWriter::SnapshotWriter(EventStore& store, WorkerPool& pool, std::uint64_t every_events,
                               std::uint64_t covered, std::function<Snapshot()> make)
    : store_(store),
      every_events_(every_events),
      make_(std::move(make)),
      position_(covered),
      saved_(covered),
      task_(pool, [this] {
        if (is_due()) save();  // A wake while the last one was made comes too early.
      }) {}

void SnapshotWriter::advanced(std::uint64_t position) {
  position_.store(position);
  if (is_due()) task_.wake();
}

bool SnapshotWriter::is_due() const {
  return position_.load() - saved_.load() >= every_events_ &&
         std::chrono::steady_clock::now() >= not_before_.load();
}

void SnapshotWriter::finish() {
  task_.stop();
  if (position_.load() > saved_.load()) save();
}

// A failure leaves the older snapshot, which is as right as the new one and only slower to use.
void SnapshotWriter::save() {
  const auto begin = std::chrono::steady_clock::now();
  const Snapshot snapshot = make_();
  const auto saved = store_.save_snapshot(snapshot);
  const auto end = std::chrono::steady_clock::now();
  not_before_.store(end + kRest * (end - begin));
  if (std::holds_alternative<std::monostate>(saved)) {
    saved_.store(snapshot.position);
  } else {
    log(LogLevel::kWarning, "a snapshot was not saved",
        {{"position", static_cast<std::int64_t>(snapshot.position)}});
  }
}

}  // namespace kkr::platform
