// How far a log has followed others, as its store has it. The writer's strand alone changes it.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

class KeptCheckpoints {
 public:
  using BySource = std::map<std::string, Checkpoint>;

  // On the strand: what stands now.
  const BySource& all() const { return checkpoints_; }
  // On the strand: takes what the store has. nullopt when it could be read.
  std::optional<StoreFailure> reload(EventStore& store) {
    auto read = store.checkpoints();
    if (const auto* failure = std::get_if<StoreFailure>(&read)) return *failure;
    const std::lock_guard lock(mutex_);
    checkpoints_.clear();
    for (Checkpoint& checkpoint : std::get<std::vector<Checkpoint>>(read)) {
      const std::string source = checkpoint.source;
      checkpoints_[source] = std::move(checkpoint);
    }
    return std::nullopt;
  }
  // On the strand.
  void move(const BySource& moved) {
    const std::lock_guard lock(mutex_);
    for (const auto& [source, checkpoint] : moved) checkpoints_[source] = checkpoint;
  }
  // From any thread; nullopt when the source was never followed.
  std::optional<Checkpoint> find(const std::string& source) const {
    const std::lock_guard lock(mutex_);
    const auto found = checkpoints_.find(source);
    return found == checkpoints_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  mutable std::mutex mutex_;
  BySource checkpoints_;
};

}  // namespace kkr::platform
