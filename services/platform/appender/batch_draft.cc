#include "services/platform/appender/batch_draft.h"

#include <cstdlib>
#include <utility>

#include "kkr/platform/v1/event_log.pb.h"
#include "services/platform/event_store/document_seal.h"
#include "services/platform/log/log.h"

namespace kkr::platform {
namespace {

Verdict verdict_of(const RequestRecord& record, const Hash& digest) {
  if (record.command_digest != digest) return CommandFailure::kRequestIdReused;
  return CarriedOut{record.first_position, record.last_position, true};
}

v1::EventMetadata metadata_of(const PendingCommand& command) {
  v1::EventMetadata metadata;
  metadata.set_actor(command.actor);
  metadata.set_request_id(command.request_id);
  if (!command.request_id.empty()) {
    metadata.set_command_digest(std::string(command.digest.begin(), command.digest.end()));
  }
  metadata.set_traceparent(command.traceparent);
  metadata.set_cause(command.cause);
  return metadata;
}

// Verification ties a document to the event that names it; without one it could be changed unseen.
void require_an_event(const std::vector<FactToWrite>& facts,
                      const std::vector<PrivateWrite>& writes) {
  if (!facts.empty() || writes.empty()) return;
  log(LogLevel::kError, "decide() yields a private write without an event");
  std::abort();
}

}  // namespace

BatchDraft::BatchDraft(PendingCommands commands, BatchLimits limits) : limits_(limits) {
  judged_.reserve(commands.size());
  for (auto& command : commands) judged_.push_back({std::move(command), std::nullopt, false});
}

void BatchDraft::drop_expired(std::chrono::steady_clock::time_point now) {
  for (Judged& judged : judged_) {
    if (judged.command->deadline <= now) {
      judged.verdict = CommandFailure::kExpired;
    } else if (judged.command->cancelled && judged.command->cancelled()) {
      judged.verdict = CommandFailure::kCancelled;
    }
  }
}

std::vector<std::string> BatchDraft::request_ids() const {
  std::vector<std::string> ids;
  for (const Judged& judged : judged_) {
    if (!judged.verdict && !judged.command->request_id.empty()) {
      ids.push_back(judged.command->request_id);
    }
  }
  return ids;
}

void BatchDraft::decide(LogHead head, const CheckpointBook& checkpoints,
                        const std::vector<std::optional<RequestRecord>>& found, BatchRules& rules) {
  batch_.expected = std::move(head);
  auto answer = found.begin();
  for (Judged& judged : judged_) {
    if (judged.verdict) continue;
    if (!judged.command->request_id.empty()) {
      if (const auto& record = *answer++) {
        judged.verdict = verdict_of(*record, judged.command->digest);
        continue;
      }
    }
    decide_one(judged, checkpoints.present(), rules);
  }
  Checkpoints unwritten = moved_;
  unwritten.insert(checkpoints.unwritten().begin(), checkpoints.unwritten().end());
  for (const auto& [source, checkpoint] : unwritten) batch_.checkpoints.push_back(checkpoint);
}

void BatchDraft::decide_one(Judged& judged, const Checkpoints& checkpoints, BatchRules& rules) {
  PendingCommand& command = *judged.command;
  // Whatever is decided now was decided on a state that this batch has changed.
  judged.rests_on_commit = !writes_nothing();
  judged.verdict = verdict_of_request(command);
  if (!judged.verdict) judged.verdict = verdict_of_checkpoint(command, checkpoints);
  if (judged.verdict) return;

  std::vector<FactToWrite> facts;
  std::vector<PrivateWrite> writes;
  if (!rules.decide(command, facts, writes)) {
    judged.verdict = RefusedByRules{};
    return;
  }
  require_an_event(facts, writes);
  if (const auto fault = fault_in(facts)) {
    judged.verdict = *fault;
    return;
  }
  const std::uint64_t first = next_position();
  add_events(command, std::move(facts), std::move(writes));
  const CarriedOut done{first, next_position() - 1, false};
  if (!command.request_id.empty()) {
    requests_.emplace(command.request_id, batch_.requests.size());
    batch_.requests.push_back(
        {command.request_id, command.digest, done.first_position, done.last_position});
  }
  if (command.checkpoint) moved_[command.checkpoint->to.source] = command.checkpoint->to;
  judged.verdict = done;
  judged.rests_on_commit = true;
  rules.apply(command, first);
}

std::optional<Verdict> BatchDraft::verdict_of_request(const PendingCommand& command) const {
  const auto found = requests_.find(command.request_id);
  if (command.request_id.empty() || found == requests_.end()) return std::nullopt;
  return verdict_of(batch_.requests[found->second], command.digest);
}

std::optional<Verdict> BatchDraft::verdict_of_checkpoint(const PendingCommand& command,
                                                         const Checkpoints& checkpoints) const {
  if (!command.checkpoint || !command.checkpoint->from) return std::nullopt;
  const Checkpoint& to = command.checkpoint->to;
  const auto moved = moved_.find(to.source);
  const auto committed = checkpoints.find(to.source);
  const Checkpoint* present = nullptr;
  if (committed != checkpoints.end()) present = &committed->second;
  if (moved != moved_.end()) present = &moved->second;

  const std::uint64_t present_position = present == nullptr ? 0 : present->position;
  if (*command.checkpoint->from == present_position) return std::nullopt;
  if (present != nullptr && present->generation == to.generation &&
      to.position <= present_position) {
    return CarriedOut{next_position(), next_position() - 1, true};
  }
  return CommandFailure::kOutOfOrder;
}

std::optional<CommandFailure> BatchDraft::fault_in(const std::vector<FactToWrite>& facts) const {
  for (const FactToWrite& fact : facts) {
    if (fact.version > limits_.write_version) return CommandFailure::kFactTooNew;
    if (fact.payload.size() > limits_.event_bytes_max) return CommandFailure::kEventTooLarge;
  }
  return std::nullopt;
}

void BatchDraft::add_events(const PendingCommand& command, std::vector<FactToWrite> facts,
                            std::vector<PrivateWrite> writes) {
  v1::EventMetadata metadata = metadata_of(command);
  const std::string plain = metadata.SerializeAsString();
  for (FactToWrite& fact : facts) {
    batch_.events.push_back({std::move(fact.stream), std::move(fact.type), std::move(fact.payload),
                             plain, command.arrived_at});
  }
  for (PrivateWrite& write : writes) {
    batch_.documents.push_back({std::move(write.key), std::move(write.value)});
    *metadata.add_documents() = seal_document(batch_.documents.back());
  }
  if (!writes.empty()) batch_.events.back().metadata = metadata.SerializeAsString();
}

bool BatchDraft::writes_nothing() const {
  return batch_.events.empty() && batch_.requests.empty() && moved_.empty();
}

bool BatchDraft::only_moves_checkpoints() const {
  return batch_.events.empty() && batch_.requests.empty() && !moved_.empty();
}

void BatchDraft::fail(CommandFailure failure) {
  for (Judged& judged : judged_) {
    if (!judged.verdict || judged.rests_on_commit) judged.verdict = failure;
  }
}

}  // namespace kkr::platform
