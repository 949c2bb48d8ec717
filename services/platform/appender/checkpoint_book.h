// How far a log has followed its sources: what the appender decides by, and what of it the store
// has not been told yet. Decides nothing.
//
// A follower passes many facts that change nothing here. A commit for each handful of them would
// cost the source's own commits half the disk, so a checkpoint that moves alone waits for the next
// event. Any event takes it along; a fact that is taken in again after a kill therefore meets the
// state it met before, and again changes nothing.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

using Checkpoints = std::map<std::string, Checkpoint>;  // By source.

// Of the appender's strand; find() may be asked from any thread.
class CheckpointBook {
 public:
  // At most so many facts are taken in again after a kill.
  static constexpr std::uint64_t kUnwrittenFactsMax = 1'000;

  // Takes what the store has: what was unwritten is forgotten, and will be taken in again. nullopt
  // when it could be read.
  std::optional<StoreFailure> reload(EventStore& store);
  // The store may learn of `moved` with a later batch.
  bool may_wait(const Checkpoints& moved) const;
  void wait(const Checkpoints& moved);
  // `batch` is committed; `moved` is what it moved.
  void committed(const Batch& batch, const Checkpoints& moved);

  // Tells the store what is unwritten, on top of `head`. Failing is harmless, as a kill is.
  void write(EventStore& store, const LogHead& head);

  const Checkpoints& present() const { return present_; }
  const Checkpoints& unwritten() const { return unwritten_; }
  // nullopt when the log never followed `source`.
  std::optional<Checkpoint> find(const std::string& source) const;

 private:
  void move(const Checkpoints& moved);

  mutable std::mutex mutex_;  // Guards changes of present_ against find().
  Checkpoints present_;
  Checkpoints written_;    // As the store has them.
  Checkpoints unwritten_;  // Those of present_ that are ahead of it.
};

}  // namespace kkr::platform
