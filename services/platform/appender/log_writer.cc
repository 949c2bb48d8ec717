#include "services/platform/appender/log_writer.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <iterator>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "services/platform/appender/batch_draft.h"
#include "services/platform/appender/command_queue.h"
#include "services/platform/appender/log_meter.h"
#include "services/platform/log/log.h"
#include "services/platform/threads/serial_task.h"

namespace kkr::platform {
namespace {

using Judged = BatchDraft::Judged;

// One job of the completion pool answers so many commands.
constexpr std::size_t kAnswersPerJob = 32;
constexpr int kRecoverAttempts = 5;
constexpr auto kRestore = "Run `kkr admin verify`, and restore the log from its last backup.";

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
        threads_(threads),
        options_(std::move(options)),
        rules_(rules),
        meter_(options_.log),
        head_(store.head()),
        task_(threads.writers, [this] { run(); }) {}

  void start(LogHealth health) {
    if (!health.read_only && !reload_checkpoints()) health = broken("cannot be read");
    if (health.read_only) log(LogLevel::kError, health.sentence, {{"log", options_.log}});
    const std::lock_guard lock(mutex_);
    health_ = std::move(health);
  }

  void submit(std::unique_ptr<PendingCommand> command) {
    bool read_only = false;
    {
      const std::lock_guard lock(mutex_);
      ++unanswered_;
      read_only = health_.read_only;
    }
    std::optional<CommandFailure> failure = CommandFailure::kRegionDamaged;
    if (!read_only) failure = queue.push(command);
    if (!failure) return task_.wake();
    std::vector<Judged> refused;
    refused.push_back({std::move(command), *failure, false});
    answer(std::move(refused));
  }

  void drain() {
    queue.close();
    std::unique_lock lock(mutex_);
    all_answered_.wait(lock, [this] { return unanswered_ == 0; });
    lock.unlock();
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
    PendingCommands commands = queue.take(options_.batch_commands_max, options_.batch_bytes_max);
    if (commands.empty()) return;
    meter_.batch(commands.size(), queue.size());
    BatchDraft draft(std::move(commands), options_.event_bytes_max);
    draft.drop_expired(std::chrono::steady_clock::now());
    if (const auto failure = carry_out(draft)) draft.fail(*failure);
    answer(draft.take_judged());
    if (queue.size() > 0) task_.wake();
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
    if (recover_soon() && stands(draft)) return std::nullopt;
    return CommandFailure::kStoreUnavailable;
  }

  CommandFailure failed(StoreFailure failure) {
    log(LogLevel::kWarning, "the store failed a batch",
        {{"log", options_.log}, {"failure", static_cast<int>(failure)}});
    if (failure == StoreFailure::kDamaged) become_read_only("is damaged");
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

  bool recover_soon() {
    recovery_due_ = true;
    auto pause = std::chrono::milliseconds(10);
    for (int attempt = 1; attempt <= kRecoverAttempts; ++attempt, pause *= 2) {
      if (recover()) return true;
      if (health().read_only) return false;
      std::this_thread::sleep_for(pause);
    }
    return false;
  }

  // Finds out where the log ends now, and takes what was committed into the state. False: try
  // again later, or the log has become read-only.
  bool recover() {
    const auto recovered = store_.recover();
    const auto* head = std::get_if<LogHead>(&recovered);
    if (head == nullptr) {
      if (std::get<StoreFailure>(recovered) == StoreFailure::kDamaged) {
        become_read_only("is damaged");
      }
      return false;
    }
    const bool same_end = head->position == head_.position && head->hash == head_.hash;
    if (head->position < head_.position || (head->position == head_.position && !same_end)) {
      become_read_only("has lost events that were committed");
      return false;
    }
    std::vector<RecordedEvent> events;
    if (!read_events(head_.position + 1, head->position, events)) return false;
    if (!reload_checkpoints()) return false;
    head_ = *head;
    if (!rules_.catch_up(events, head_)) {
      become_read_only("holds a fact this program does not know");
      return false;
    }
    tail.push(std::move(events));
    recovery_due_ = false;
    return true;
  }

  bool read_events(std::uint64_t from, std::uint64_t to, std::vector<RecordedEvent>& events) {
    while (from <= to) {
      auto slice = store_.read(from, kSliceMax);
      auto* read = std::get_if<std::vector<RecordedEvent>>(&slice);
      if (read == nullptr || read->empty()) return false;
      from += read->size();
      std::move(read->begin(), read->end(), std::back_inserter(events));
    }
    return true;
  }

  // After a recovery: whether the batch was committed. It was whole or not at all, so one trace
  // tells.
  bool stands(const BatchDraft& draft) {
    const Batch& batch = draft.batch();
    if (!batch.events.empty()) return head_.position > batch.expected.position;
    if (!batch.requests.empty()) {
      const auto found = store_.find_requests({batch.requests.front().request_id});
      const auto* records = std::get_if<std::vector<std::optional<RequestRecord>>>(&found);
      return records != nullptr && records->front().has_value();
    }
    const auto& [source, moved] = *draft.moved_checkpoints().begin();
    return checkpoint(source) == moved;
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

  void answer(std::vector<Judged> judged) {
    const auto all = std::make_shared<std::vector<Judged>>(std::move(judged));
    for (std::size_t first = 0; first < all->size(); first += kAnswersPerJob) {
      const auto job = [this, all, first] { answer_some(*all, first); };
      // A stopped pool leaves nobody else to answer.
      if (!threads_.completions.post(job)) job();
    }
  }

  void answer_some(std::vector<Judged>& all, std::size_t first) {
    const std::size_t last = std::min(first + kAnswersPerJob, all.size());
    for (std::size_t i = first; i < last; ++i) {
      meter_.outcome(*all[i].verdict);
      all[i].command->complete(*all[i].verdict);
      all[i].command.reset();
    }
    const std::lock_guard lock(mutex_);
    unanswered_ -= last - first;
    if (unanswered_ == 0) all_answered_.notify_all();
  }

  EventStore& store_;
  const AppenderThreads threads_;
  const AppenderOptions options_;
  BatchRules& rules_;
  LogMeter meter_;
  LogHead head_;               // Of the published state; touched by the strand only.
  bool recovery_due_ = false;  // Likewise.

  mutable std::mutex mutex_;  // Guards what follows. The strand alone changes the checkpoints.
  std::condition_variable all_answered_;
  LogHealth health_;
  Checkpoints checkpoints_;
  std::size_t unanswered_ = 0;

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
LogHealth LogWriter::health() const { return strand_->health(); }
std::size_t LogWriter::queued() const { return strand_->queue.size(); }
std::optional<Checkpoint> LogWriter::checkpoint(const std::string& source) const {
  return strand_->checkpoint(source);
}

}  // namespace kkr::platform
