// One batch on its way from waiting commands to verdicts: what is decided becomes one transaction,
// and a verdict that rests on the transaction holds only when it commits. Talks to no store.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "services/platform/appender/checkpoint_book.h"
#include "services/platform/appender/command_queue.h"
#include "services/platform/appender/pending_command.h"
#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

// What the log takes at this moment.
struct BatchLimits {
  std::size_t event_bytes_max = 0;
  std::uint64_t write_version = 1;
};

class BatchDraft {
 public:
  BatchDraft(PendingCommands commands, BatchLimits limits);

  // Gives up the commands nobody waits for any more.
  void drop_expired(std::chrono::steady_clock::time_point now);
  // Of the commands without a verdict, for the look-up in the store.
  std::vector<std::string> request_ids() const;
  // Gives every command a verdict, on top of what is published: the log up to `head`, and what is
  // present in `checkpoints`. `found` answers request_ids(); `rules` has a fresh overlay.
  void decide(LogHead head, const CheckpointBook& checkpoints,
              const std::vector<std::optional<RequestRecord>>& found, BatchRules& rules);

  // What is to be committed.
  const Batch& batch() const { return batch_; }
  bool writes_nothing() const;
  // True when all it brings is that a follower has passed facts which changed nothing.
  bool only_moves_checkpoints() const;
  // The checkpoints after the batch, where they differ.
  const Checkpoints& moved_checkpoints() const { return moved_; }

  // The transaction failed: takes back the verdicts that rest on it.
  void fail(CommandFailure failure);

  struct Judged {
    std::unique_ptr<PendingCommand> command;
    std::optional<Verdict> verdict;
    bool rests_on_commit = false;
  };
  // Hands over the commands with their verdicts. Call last.
  std::vector<Judged> take_judged() { return std::move(judged_); }

 private:
  void decide_one(Judged& judged, const Checkpoints& checkpoints, BatchRules& rules);
  // nullopt: the command is to be decided.
  std::optional<Verdict> verdict_of_request(const PendingCommand& command) const;
  std::optional<Verdict> verdict_of_checkpoint(const PendingCommand& command,
                                               const Checkpoints& checkpoints) const;
  // Why the log does not take one of the facts; nullopt when it takes all of them.
  std::optional<CommandFailure> fault_in(const std::vector<FactToWrite>& facts) const;
  void add_events(const PendingCommand& command, std::vector<FactToWrite> facts,
                  std::vector<PrivateWrite> writes);
  std::uint64_t next_position() const {
    return batch_.expected.position + batch_.events.size() + 1;
  }

  std::vector<Judged> judged_;
  const BatchLimits limits_;
  Batch batch_;
  Checkpoints moved_;
  std::unordered_map<std::string, std::size_t> requests_;  // Index in batch_.requests.
};

}  // namespace kkr::platform
