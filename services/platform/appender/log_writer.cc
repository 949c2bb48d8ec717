#include "services/platform/appender/log_writer.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "services/platform/appender/answers.h"
#include "services/platform/appender/batch_draft.h"
#include "services/platform/appender/command_queue.h"
#include "services/platform/appender/log_advance.h"
#include "services/platform/appender/log_meter.h"
#include "services/platform/appender/log_role.h"
#include "services/platform/log/log.h"
#include "services/platform/threads/serial_task.h"

namespace kkr::platform {
namespace {

constexpr int kRecoverAttempts = 5;
// The log could not be looked at; it is tried again so soon.
constexpr auto kLookAgainAfter = std::chrono::milliseconds(50);
constexpr auto kRestore = "Run `kkr admin verify`, and restore the log from its last backup.";
constexpr auto kLaterVersion = "Start the version of kkr that wrote it, or a later one.";

CommandFailure command_failure(StoreFailure failure) {
  switch (failure) {
    case StoreFailure::kStorageFull: return CommandFailure::kStorageFull;
    case StoreFailure::kDamaged:
    case StoreFailure::kConflict: return CommandFailure::kRegionDamaged;
    case StoreFailure::kNotHolder: return CommandFailure::kNotHolder;
    case StoreFailure::kUnavailable:
    case StoreFailure::kOutcomeUnknown: break;
  }
  return CommandFailure::kStoreUnavailable;
}

}  // namespace

class LogWriter::Strand {
 public:
  Strand(EventStore& store, const Clock& clock, AppenderThreads threads, AppenderOptions options,
         BatchRules& rules)
      : tail(store.head(), options.tail_events_max, options.tail_bytes_max),
        queue(options.queue_commands_max, options.queue_bytes_max, clock),
        store_(store),
        options_(std::move(options)),
        rules_(rules),
        meter_(options_.log),
        answers_(threads.completions, meter_),
        head_(store.head()),
        role_(options_.leased ? LogRole::kFollowing : LogRole::kLeading),
        task_(threads.writers, [this] { run(); }) {}

  void start(LogHealth health) {
    if (!health.read_only && !reload_checkpoints()) health = broken("cannot be read");
    if (health.read_only) log(LogLevel::kError, health.sentence, {{"log", options_.log}});
    const std::lock_guard lock(mutex_);
    health_ = std::move(health);
  }

  void submit(std::unique_ptr<PendingCommand> command) {
    std::optional<CommandFailure> failure;
    answers_.expect();
    {
      const std::lock_guard lock(mutex_);
      if (health_.read_only) failure = CommandFailure::kRegionDamaged;
    }
    const LogRole role = role_.now();
    if (!failure && (role == LogRole::kFollowing || role == LogRole::kHandingOver)) {
      failure = CommandFailure::kNotHolder;
    }
    if (!failure) failure = queue.push(command);
    if (!failure) return task_.wake();
    answers_.refuse(std::move(command), *failure);
  }

  bool lead(std::chrono::steady_clock::duration within) {
    if (role_.now() == LogRole::kLeading) return true;
    if (health().read_only || !role_.change(LogRole::kFollowing, LogRole::kTakingOver)) {
      return false;
    }
    task_.wake();
    role_.wait_while(LogRole::kTakingOver, within);
    if (role_.change(LogRole::kTakingOver, LogRole::kFollowing)) task_.wake();
    return role_.now() == LogRole::kLeading;
  }

  void follow() {
    if (role_.follow()) task_.wake();
  }

  void hand_over(std::chrono::steady_clock::duration within) {
    if (!role_.change(LogRole::kLeading, LogRole::kHandingOver)) return follow();
    task_.wake();
    role_.wait_while(LogRole::kHandingOver, within);
    follow();
  }

  bool is_leading() const {
    const LogRole role = role_.now();
    return role == LogRole::kLeading || role == LogRole::kHandingOver;
  }

  void store_grew() {
    look_due_ = true;
    task_.wake();
  }

  void drain() {
    queue.close();
    answers_.wait();
    task_.stop();
  }

  // The store may find damage by itself, in rows that no command has touched.
  LogHealth health() const {
    {
      const std::lock_guard lock(mutex_);
      if (health_.read_only) return health_;
    }
    if (auto damage = store_.damage()) return {true, std::move(*damage)};
    return {};
  }

  std::optional<Checkpoint> checkpoint(const std::string& source) const {
    const std::lock_guard lock(mutex_);
    const auto found = checkpoints_.find(source);
    return found == checkpoints_.end() ? std::nullopt : std::optional(found->second);
  }

  EventTail tail;
  CommandQueue queue;

 private:
  void run() {
    switch (role_.now()) {
      case LogRole::kFollowing: return stand_by();
      case LogRole::kTakingOver: return take_over();
      case LogRole::kLeading:
      case LogRole::kHandingOver: break;
    }
    PendingCommands commands = queue.take(options_.batch_commands_max, options_.batch_bytes_max);
    if (commands.empty()) {
      if (role_.change(LogRole::kHandingOver, LogRole::kFollowing)) task_.wake();
      return;
    }
    meter_.batch(commands.size(), queue.size());
    BatchDraft draft(std::move(commands), options_.event_bytes_max);
    draft.drop_expired(std::chrono::steady_clock::now());
    if (const auto failure = carry_out(draft)) draft.fail(*failure);
    answers_.tell(draft.take_judged());
    if (queue.size() > 0 || role_.now() != LogRole::kLeading) task_.wake();
  }

  // Takes in what the process that leads the log has committed, and turns commands away.
  void stand_by() {
    turn_away(CommandFailure::kNotHolder);
    if (!look_due_.exchange(false) || health().read_only) return;
    if (recover()) return;
    look_due_ = true;
    task_.wake_after(kLookAgainAfter);
  }

  // Whatever the holder before has committed is in the store by now. The checkpoints with it: the
  // followers go on from them.
  void take_over() {
    if (!recover()) {
      if (health().read_only) {
        follow();
      } else {
        task_.wake_after(kLookAgainAfter);
      }
      return;
    }
    role_.change(LogRole::kTakingOver, LogRole::kLeading);
    task_.wake();
  }

  void turn_away(CommandFailure why) {
    while (queue.size() > 0) {
      for (auto& command : queue.take(options_.batch_commands_max, options_.batch_bytes_max)) {
        answers_.refuse(std::move(command), why);
      }
    }
  }

  // Why the batch failed; nullopt when every verdict stands.
  std::optional<CommandFailure> carry_out(BatchDraft& draft) {
    if (health().read_only) return CommandFailure::kRegionDamaged;
    if (recovery_due_ && !recover()) return CommandFailure::kStoreUnavailable;
    const auto ids = draft.request_ids();
    StoreResult<std::vector<std::optional<RequestRecord>>> found;
    if (!ids.empty()) found = store_.find_requests(ids);
    if (const auto* failure = std::get_if<StoreFailure>(&found)) return failed(*failure);

    rules_.start_overlay();
    draft.decide(head_, checkpoints_, std::get<0>(found), rules_);
    if (draft.writes_nothing()) return std::nullopt;
    const auto begin = std::chrono::steady_clock::now();
    auto appended = store_.append(draft.batch());
    meter_.commit(std::chrono::steady_clock::now() - begin);
    if (auto* events = std::get_if<std::vector<RecordedEvent>>(&appended)) {
      committed(std::move(*events), draft);
      return std::nullopt;
    }
    const StoreFailure failure = std::get<StoreFailure>(appended);
    if (failure != StoreFailure::kOutcomeUnknown) return failed(failure);
    if (recover_soon(draft)) return std::nullopt;
    return CommandFailure::kStoreUnavailable;
  }

  CommandFailure failed(StoreFailure failure) {
    log(LogLevel::kWarning, "the store failed a batch",
        {{"log", options_.log}, {"failure", static_cast<int>(failure)}});
    if (failure == StoreFailure::kDamaged) become_read_only("is damaged");
    if (failure == StoreFailure::kNotHolder) {
      follow();
      if (options_.lost) options_.lost();
    }
    // Where other processes append as well, their events are taken in before the next batch.
    if (failure == StoreFailure::kConflict && options_.leased) {
      recovery_due_ = true;
      return CommandFailure::kStoreUnavailable;
    }
    if (failure == StoreFailure::kConflict) {
      become_read_only("is written by another process",
                       "Stop that process, and start this one again.");
    }
    if (failure == StoreFailure::kOutcomeUnknown) recovery_due_ = true;
    return command_failure(failure);
  }

  // State before tail: whoever is woken by an event finds it in the state.
  void committed(std::vector<RecordedEvent> events, const BatchDraft& draft) {
    if (!events.empty()) {
      head_.position = events.back().position;
      head_.hash = events.back().hash;
    }
    {
      const std::lock_guard lock(mutex_);
      for (const auto& [source, checkpoint] : draft.moved_checkpoints()) {
        checkpoints_[source] = checkpoint;
      }
    }
    rules_.publish_overlay(head_);
    tail.push(std::move(events));
  }

  // After an unknown outcome: whether the batch is found to be committed.
  bool recover_soon(const BatchDraft& draft) {
    recovery_due_ = true;
    auto pause = std::chrono::milliseconds(10);
    for (int attempt = 1; attempt <= kRecoverAttempts; ++attempt, pause *= 2) {
      bool committed = false;
      if (recover(&draft.batch(), &committed)) return committed;
      if (health().read_only) return false;
      std::this_thread::sleep_for(pause);
    }
    return false;
  }

  // Finds out where the log ends now, and takes what was committed into the state; says whether
  // `batch` was. False: try again later, or the log has become read-only.
  bool recover(const Batch* batch = nullptr, bool* committed = nullptr) {
    auto found = advance_of(store_, head_);
    auto* const advance = std::get_if<LogAdvance>(&found);
    if (advance == nullptr) {
      const AdvanceFailure failure = std::get<AdvanceFailure>(found);
      if (failure == AdvanceFailure::kDamaged) become_read_only("is damaged");
      if (failure == AdvanceFailure::kEventsLost) {
        become_read_only("has lost events that were committed");
      }
      return false;
    }
    if (!reload_checkpoints()) return false;
    if (advance->is_restored) return reload();
    if (batch != nullptr) *committed = is_committed(*batch, *advance, store_, checkpoints_);
    head_ = advance->head;
    if (!advance->events.empty() && !rules_.catch_up(advance->events, head_)) {
      become_read_only("holds a fact this program does not know", kLaterVersion);
      return false;
    }
    tail.push(std::move(advance->events));
    recovery_due_ = false;
    return true;
  }

  // The log was restored: everything is read anew.
  bool reload() {
    log(LogLevel::kWarning, "the log was restored; reading it anew", {{"log", options_.log}});
    Replayed replayed = rules_.reload();
    if (replayed.health.read_only) {
      log(LogLevel::kError, replayed.health.sentence, {{"log", options_.log}});
      const std::lock_guard lock(mutex_);
      health_ = std::move(replayed.health);
      return false;
    }
    head_ = std::move(replayed.head);
    tail.restart(head_);
    recovery_due_ = false;
    return true;
  }

  bool reload_checkpoints() {
    auto read = store_.checkpoints();
    auto* all = std::get_if<std::vector<Checkpoint>>(&read);
    if (all == nullptr) return false;
    const std::lock_guard lock(mutex_);
    checkpoints_.clear();
    for (Checkpoint& checkpoint : *all) {
      const std::string source = checkpoint.source;
      checkpoints_[source] = std::move(checkpoint);
    }
    return true;
  }

  LogHealth broken(const std::string& what, const std::string& advice = kRestore) const {
    if (auto damage = store_.damage()) return {true, std::move(*damage)};
    return {true,
            "The log " + options_.log + " " + what + " and takes no more commands. " + advice};
  }

  void become_read_only(const std::string& what, const std::string& advice = kRestore) {
    LogHealth health = broken(what, advice);
    log(LogLevel::kError, health.sentence, {{"log", options_.log}});
    const std::lock_guard lock(mutex_);
    if (!health_.read_only) health_ = std::move(health);
  }

  EventStore& store_;
  const AppenderOptions options_;
  BatchRules& rules_;
  LogMeter meter_;
  Answers answers_;
  LogHead head_;               // Of the published state; touched by the strand only.
  bool recovery_due_ = false;  // Likewise.
  RoleSwitch role_;
  std::atomic<bool> look_due_ = false;  // While following: the log may have grown.

  mutable std::mutex mutex_;  // Guards what follows. The strand alone changes the checkpoints.
  LogHealth health_;
  Checkpoints checkpoints_;

  SerialTask task_;  // Last: its runs use all of the above.
};

LogWriter::LogWriter(EventStore& store, const Clock& clock, AppenderThreads threads,
                     AppenderOptions options, BatchRules& rules)
    : strand_(std::make_unique<Strand>(store, clock, threads, std::move(options), rules)) {}

LogWriter::~LogWriter() { drain(); }

void LogWriter::start(LogHealth health) { strand_->start(std::move(health)); }
void LogWriter::submit(std::unique_ptr<PendingCommand> command) {
  strand_->submit(std::move(command));
}
void LogWriter::drain() { strand_->drain(); }
EventTail& LogWriter::tail() { return strand_->tail; }
const EventTail& LogWriter::tail() const { return strand_->tail; }
bool LogWriter::lead(std::chrono::steady_clock::duration within) { return strand_->lead(within); }
void LogWriter::follow() { strand_->follow(); }
void LogWriter::hand_over(std::chrono::steady_clock::duration within) {
  strand_->hand_over(within);
}
bool LogWriter::is_leading() const { return strand_->is_leading(); }
void LogWriter::store_grew() { strand_->store_grew(); }
LogHealth LogWriter::health() const { return strand_->health(); }
std::size_t LogWriter::queued() const { return strand_->queue.size(); }
std::optional<Checkpoint> LogWriter::checkpoint(const std::string& source) const {
  return strand_->checkpoint(source);
}

}  // namespace kkr::platform
