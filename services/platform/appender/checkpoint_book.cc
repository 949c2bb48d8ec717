#include "services/platform/appender/checkpoint_book.h"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

namespace kkr::platform {

std::optional<StoreFailure> CheckpointBook::reload(EventStore& store) {
  auto read = store.checkpoints();
  if (const auto* failure = std::get_if<StoreFailure>(&read)) return *failure;
  written_.clear();
  unwritten_.clear();
  for (Checkpoint& checkpoint : std::get<std::vector<Checkpoint>>(read)) {
    std::string source = checkpoint.source;
    written_.emplace(std::move(source), std::move(checkpoint));
  }
  const std::lock_guard lock(mutex_);
  present_ = written_;
  return std::nullopt;
}

bool CheckpointBook::may_wait(const Checkpoints& moved) const {
  return std::all_of(moved.begin(), moved.end(), [this](const auto& move) {
    const auto& [source, to] = move;
    const auto written = written_.find(source);
    return written != written_.end() && written->second.generation == to.generation &&
           to.position >= written->second.position &&
           to.position - written->second.position < kUnwrittenFactsMax;
  });
}

void CheckpointBook::wait(const Checkpoints& moved) {
  for (const auto& [source, checkpoint] : moved) unwritten_[source] = checkpoint;
  move(moved);
}

void CheckpointBook::committed(const Batch& batch, const Checkpoints& moved) {
  for (const Checkpoint& checkpoint : batch.checkpoints) {
    written_[checkpoint.source] = checkpoint;
    unwritten_.erase(checkpoint.source);
  }
  move(moved);
}

std::optional<Checkpoint> CheckpointBook::find(const std::string& source) const {
  const std::lock_guard lock(mutex_);
  const auto found = present_.find(source);
  return found == present_.end() ? std::nullopt : std::optional(found->second);
}

void CheckpointBook::write(EventStore& store, const LogHead& head) {
  if (unwritten_.empty()) return;
  Batch batch;
  batch.expected = head;
  for (const auto& [source, checkpoint] : unwritten_) batch.checkpoints.push_back(checkpoint);
  const auto appended = store.append(batch);
  if (std::holds_alternative<std::vector<RecordedEvent>>(appended)) committed(batch, {});
}

void CheckpointBook::move(const Checkpoints& moved) {
  const std::lock_guard lock(mutex_);
  for (const auto& [source, checkpoint] : moved) present_[source] = checkpoint;
}

}  // namespace kkr::platform
