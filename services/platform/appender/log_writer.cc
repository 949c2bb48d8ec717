#include "services/platform/appender/log_writer.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>
#include <utility>
#include <vector>

#include "services/platform/appender/answers.h"
#include "services/platform/appender/batch_draft.h"
#include "services/platform/appender/checkpoint_book.h"
#include "services/platform/appender/command_queue.h"
#include "services/platform/appender/log_advance.h"
#include "services/platform/appender/log_condition.h"
#include "services/platform/appender/log_meter.h"
#include "services/platform/appender/log_role.h"
#include "services/platform/appender/looks.h"
#include "services/platform/appender/write_version.h"
#include "services/platform/log/log.h"
#include "services/platform/threads/serial_task.h"

namespace kkr::platform {
namespace {

constexpr int kRecoverAttempts = 5;
// The log could not be looked at; it is tried again so soon.
constexpr auto kLookAgainAfter = std::chrono::milliseconds(50);
// The same of one that could never be read.
constexpr auto kReadAgainAfter = std::chrono::milliseconds(500);

}  // namespace

class LogWriter::Strand {
 public:
  Strand(EventStore& store, const Clock& clock, AppenderThreads threads, AppenderOptions options,
         BatchRules& rules)
      : tail(store.head(), options.tail_events_max, options.tail_bytes_max),
        queue(options.queue_commands_max, options.queue_bytes_max, clock),
        condition(store, options.log),
        store_(store),
        options_(std::move(options)),
        rules_(rules),
        version_(store, rules, options_.log),
        meter_(options_.log),
        answers_(threads.completions, meter_),
        looks_(threads.completions),
        head_(store.head()),
        role_(options_.leased ? LogRole::kFollowing : LogRole::kLeading),
        task_(threads.writers, [this] { run(); }) {}

  void start(LogHealth health) {
    if (!health.read_only && version_.is_beyond()) {
      health = condition.broken(version_.is_beyond_because(), LogCondition::kLaterVersion);
    }
    if (!health.read_only) {
      const auto failure = checkpoints_.reload(store_);
      if (failure) health = condition.broken("cannot be read");
      if (failure == StoreFailure::kUnavailable) health = condition.out_of_reach();
    }
    if (!options_.leased) health.may_pass = false;  // Who opens it then starts anew.
    condition.is_read(std::move(health));
    // Where this process is the only one, whatever it reads may be written.
    if (!options_.leased && !condition.refuses()) may_write(rules_.version_read());
    if (!condition.is_unread()) return;
    look_due_ = true;
    task_.wake_after(kReadAgainAfter);
  }

  void may_write(std::uint64_t version) {
    if (version_.want(version)) task_.wake();
  }

  void submit(std::unique_ptr<PendingCommand> command) {
    std::optional<CommandFailure> failure;
    answers_.expect();
    if (condition.refuses()) failure = CommandFailure::kRegionDamaged;
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
    if (condition.is_read_only() || !role_.change(LogRole::kFollowing, LogRole::kTakingOver)) {
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

  void look(std::chrono::steady_clock::duration at_most, std::function<void(bool)> done) {
    if (!options_.leased) return done(true);
    looks_.add(at_most, std::move(done));
    task_.wake();
  }

  void drain() {
    queue.close();
    answers_.wait();
    task_.stop();
    looks_.close();
    if (role_.now() == LogRole::kLeading) write_checkpoints();
  }

  std::optional<Checkpoint> checkpoint(const std::string& source) const {
    return checkpoints_.find(source);
  }

  EventTail tail;
  CommandQueue queue;
  LogCondition condition;

 private:
  void run() {
    if (!looks_.serve([this] { return look_now(); })) task_.wake_after(kLookAgainAfter);
    switch (role_.now()) {
      case LogRole::kFollowing: return stand_by();
      case LogRole::kTakingOver: return take_over();
      case LogRole::kLeading:
      case LogRole::kHandingOver: break;
    }
    if (!condition.refuses() && !recovery_due_) {
      if (const auto failure = version_.raise()) failed(*failure);
    }
    PendingCommands commands = queue.take(options_.batch_commands_max, options_.batch_bytes_max);
    if (commands.empty()) {
      if (role_.now() == LogRole::kHandingOver) write_checkpoints();
      if (role_.change(LogRole::kHandingOver, LogRole::kFollowing)) task_.wake();
      return;
    }
    meter_.batch(commands.size(), queue.size());
    BatchDraft draft(std::move(commands), {options_.event_bytes_max, store_.write_version()});
    draft.drop_expired(std::chrono::steady_clock::now());
    if (const auto failure = carry_out(draft)) draft.fail(*failure);
    answers_.tell(draft.take_judged());
    if (queue.size() > 0 || role_.now() != LogRole::kLeading) task_.wake();
  }

  // Whether the state holds all there is at this moment.
  bool look_now() {
    if (condition.is_given_up()) return false;
    const bool leads = is_leading();
    if (leads && !recovery_due_) return options_.surely_held && options_.surely_held();
    look_due_ = false;
    if (recover()) return true;
    look_due_ = true;
    return false;
  }

  // Takes in what the process that leads the log has committed, and turns commands away.
  void stand_by() {
    turn_away(CommandFailure::kNotHolder);
    if (!look_due_.exchange(false) || condition.is_given_up()) return;
    if (recover()) return;
    look_due_ = true;
    task_.wake_after(condition.is_unread() ? kReadAgainAfter : kLookAgainAfter);
  }

  // Whatever the holder before has committed is in the store by now. The checkpoints with it: the
  // followers go on from them.
  void take_over() {
    if (!recover()) {
      if (condition.is_read_only()) {
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
    if (condition.is_given_up()) return CommandFailure::kRegionDamaged;
    if (recovery_due_ && !recover()) return CommandFailure::kStoreUnavailable;
    const auto ids = draft.request_ids();
    StoreResult<std::vector<std::optional<RequestRecord>>> found;
    if (!ids.empty()) found = store_.find_requests(ids);
    if (const auto* failure = std::get_if<StoreFailure>(&found)) return failed(*failure);

    rules_.start_overlay();
    draft.decide(head_, checkpoints_, std::get<0>(found), rules_);
    if (draft.writes_nothing()) return std::nullopt;
    if (draft.only_moves_checkpoints() && checkpoints_.may_wait(draft.moved_checkpoints())) {
      checkpoints_.wait(draft.moved_checkpoints());
      return std::nullopt;
    }
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
    if (failure == StoreFailure::kDamaged) condition.becomes_read_only("is damaged");
    if (failure == StoreFailure::kNotHolder && role_.lose()) {
      task_.wake();
      if (options_.lost) options_.lost();
    }
    // Where other processes append as well, their events are taken in before the next batch.
    if (failure == StoreFailure::kConflict && options_.leased) {
      recovery_due_ = true;
      return CommandFailure::kStoreUnavailable;
    }
    if (failure == StoreFailure::kConflict) {
      condition.becomes_read_only("is written by another process",
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
    checkpoints_.committed(draft.batch(), draft.moved_checkpoints());
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
      if (condition.is_read_only()) return false;
      std::this_thread::sleep_for(pause);
    }
    return false;
  }

  // Finds out where the log ends now, and takes what was committed into the state; says whether
  // `batch` was. False: try again later, or the log has become read-only.
  bool recover(const Batch* batch = nullptr, bool* committed = nullptr) {
    if (condition.is_unread()) return read_at_last();
    auto found = advance_of(store_, head_);
    auto* const advance = std::get_if<LogAdvance>(&found);
    if (advance == nullptr) {
      const AdvanceFailure failure = std::get<AdvanceFailure>(found);
      if (failure == AdvanceFailure::kDamaged) condition.becomes_read_only("is damaged");
      if (failure == AdvanceFailure::kEventsLost) {
        condition.becomes_read_only("has lost events that were committed");
      }
      return false;
    }
    if (!may_be_read()) return false;
    if (checkpoints_.reload(store_)) return false;
    if (advance->is_restored) return reload("the log was restored; reading it anew");
    if (batch != nullptr)
      *committed = is_committed(*batch, *advance, store_, checkpoints_.present());
    head_ = advance->head;
    if (!advance->events.empty() && !rules_.catch_up(advance->events, head_)) {
      condition.becomes_read_only("holds a fact this program does not know",
                                  LogCondition::kLaterVersion);
      return false;
    }
    tail.push(std::move(advance->events));
    recovery_due_ = false;
    return true;
  }

  // False when the log may hold what this program cannot read: then it leaves it to others.
  bool may_be_read() {
    if (!version_.is_beyond()) return true;
    condition.becomes_read_only(version_.is_beyond_because(), LogCondition::kLaterVersion);
    return false;
  }

  // It could not be read when it was opened.
  bool read_at_last() {
    const auto recovered = store_.recover();
    if (const auto* failure = std::get_if<StoreFailure>(&recovered)) {
      if (*failure == StoreFailure::kDamaged) condition.becomes_read_only("is damaged");
      return false;
    }
    if (!may_be_read()) return false;
    if (checkpoints_.reload(store_)) return false;
    return reload("the log can be reached now; reading it");
  }

  // Everything is read anew.
  bool reload(const std::string& why) {
    log(LogLevel::kWarning, why, {{"log", options_.log}});
    Replayed replayed = rules_.reload();
    if (replayed.health.read_only) {
      condition.is_read(std::move(replayed.health));
      return false;
    }
    head_ = std::move(replayed.head);
    tail.restart(head_);
    recovery_due_ = false;
    if (condition.is_unread()) condition.is_read({});
    return true;
  }

  // Before another process, or the next start, goes on from them.
  void write_checkpoints() {
    if (!recovery_due_ && !condition.refuses()) checkpoints_.write(store_, head_);
  }

  EventStore& store_;
  const AppenderOptions options_;
  BatchRules& rules_;
  WriteVersion version_;
  LogMeter meter_;
  Answers answers_;
  Looks looks_;
  LogHead head_;               // Of the published state; touched by the strand only.
  bool recovery_due_ = false;  // Likewise.
  RoleSwitch role_;
  std::atomic<bool> look_due_ = false;  // While following: the log may have grown.

  CheckpointBook checkpoints_;

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
void LogWriter::may_write(std::uint64_t version) { strand_->may_write(version); }
void LogWriter::look(std::chrono::steady_clock::duration at_most, std::function<void(bool)> done) {
  strand_->look(at_most, std::move(done));
}
LogHealth LogWriter::health() const { return strand_->condition.now(); }
std::size_t LogWriter::queued() const { return strand_->queue.size(); }
std::optional<Checkpoint> LogWriter::checkpoint(const std::string& source) const {
  return strand_->checkpoint(source);
}

}  // namespace kkr::platform
