#include "services/platform/due_work/due_loop.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "services/platform/log/log.h"
#include "services/platform/threads/serial_task.h"

namespace kkr::platform {
namespace {

constexpr auto kRetryFirst = std::chrono::milliseconds(100);
constexpr auto kRetryMax = std::chrono::seconds(5);

}  // namespace

class DueLoop::Strand {
 public:
  Strand(std::string log, Clock& clock, WorkerPool& pool, DuePlanner& planner)
      : log_(std::move(log)), clock_(clock), planner_(planner), task_(pool, [this] { run(); }) {}

  void start() {
    {
      const std::lock_guard lock(mutex_);
      running_ = true;
      recorded_.reset();
    }
    task_.resume();
    task_.wake();
  }

  void wake() { task_.wake(); }

  void stop() {
    task_.stop();
    std::unique_lock lock(mutex_);
    running_ = false;
    settled_.wait(lock, [this] { return !recording_; });
    waiting_.clear();
    alarm_for_.reset();
    alarm_ = nullptr;
  }

  void when_quiesced(absl::Time instant, std::function<void()> quiet) {
    {
      const std::lock_guard lock(mutex_);
      if (!running_) return;
      waiting_.emplace(instant, std::move(quiet));
    }
    task_.wake();
  }

 private:
  void run() {
    {
      const std::lock_guard lock(mutex_);
      if (!running_ || recording_) return;  // Its end wakes the loop.
    }
    const absl::Time now = clock_.now();
    const std::optional<absl::Time> due = planner_.next_due();
    tell_quiet(now, due);
    if (recorded_ != due) recorded_.reset();  // Something else came first: it may fall due again.
    if (due && *due <= now) {
      record(*due);
    } else {
      wait_for(due);
    }
  }

  void tell_quiet(absl::Time now, std::optional<absl::Time> due) {
    std::vector<std::function<void()>> quiet;
    {
      const std::lock_guard lock(mutex_);
      while (!waiting_.empty() && waiting_.begin()->first <= now &&
             (!due || *due > waiting_.begin()->first)) {
        quiet.push_back(std::move(waiting_.begin()->second));
        waiting_.erase(waiting_.begin());
      }
    }
    for (const auto& call : quiet) call();
  }

  void record(absl::Time due) {
    // Recording that leaves the plan as it was would be repeated for ever.
    if (recorded_ == due) {
      log(LogLevel::kError, "due work is still due after it was recorded",
          {{"log", log_}, {"due", absl::FormatTime(due, absl::UTCTimeZone())}});
      recorded_.reset();
      return retry();
    }
    {
      const std::lock_guard lock(mutex_);
      recording_ = true;
    }
    planner_.record_due([this, due](bool carried_out) { recorded(due, carried_out); });
  }

  void recorded(absl::Time due, bool carried_out) {
    const std::lock_guard lock(mutex_);
    recording_ = false;
    if (carried_out) {
      recorded_ = due;
      retry_after_ = kRetryFirst;
      task_.wake();
    } else {
      retry();
    }
    settled_.notify_all();
  }

  void retry() {
    task_.wake_after(retry_after_);
    retry_after_ = std::min<std::chrono::steady_clock::duration>(retry_after_ * 2, kRetryMax);
  }

  // Until the next due instant, or the next one somebody waits for.
  void wait_for(std::optional<absl::Time> due) {
    const std::lock_guard lock(mutex_);
    if (!waiting_.empty() && (!due || waiting_.begin()->first < *due)) {
      due = waiting_.begin()->first;
    }
    if (due == alarm_for_) return;
    alarm_for_ = due;
    alarm_ = due ? clock_.alarm_at(*due, [this] { task_.wake(); }) : nullptr;
  }

  const std::string log_;
  Clock& clock_;
  DuePlanner& planner_;
  std::mutex mutex_;  // Guards what the end of a recording and the waiting touch.
  std::condition_variable settled_;
  bool recording_ = false;
  bool running_ = false;
  std::optional<absl::Time> recorded_;  // What was recorded last; touched between recordings.
  std::chrono::steady_clock::duration retry_after_ = kRetryFirst;
  std::multimap<absl::Time, std::function<void()>> waiting_;
  std::optional<absl::Time> alarm_for_;
  std::unique_ptr<Alarm> alarm_;
  SerialTask task_;
};

DueLoop::DueLoop(std::string log, Clock& clock, WorkerPool& pool, DuePlanner& planner)
    : strand_(std::make_unique<Strand>(std::move(log), clock, pool, planner)) {}

DueLoop::~DueLoop() { stop(); }

void DueLoop::start() { strand_->start(); }
void DueLoop::plan_changed() { strand_->wake(); }
void DueLoop::stop() { strand_->stop(); }
void DueLoop::when_quiesced(absl::Time instant, std::function<void()> quiet) {
  strand_->when_quiesced(instant, std::move(quiet));
}

}  // namespace kkr::platform
