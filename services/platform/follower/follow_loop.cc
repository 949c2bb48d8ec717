#include "services/platform/follower/follow_loop.h"

#include <prometheus/gauge.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "services/platform/appender/fact_versions.h"
#include "services/platform/follower/incoming_events.h"
#include "services/platform/follower/surviving_prefix.h"
#include "services/platform/log/log.h"
#include "services/platform/metrics/metrics.h"
#include "services/platform/threads/serial_task.h"

namespace kkr::platform {
namespace {

// So many facts that concern nobody are passed before the checkpoint moves.
constexpr std::uint64_t kPassedMax = 256;

}  // namespace

class FollowLoop::Strand {
 public:
  Strand(FollowOptions options, LogReader& reader, Bus& bus, WorkerPool& pool, TakeIn& take_in)
      : options_(std::move(options)),
        facts_(events_of(options_.source.substr(0, options_.source.find('/')))),
        reader_(reader),
        bus_(bus),
        take_in_(take_in),
        incoming_(options_.in_flight_max * 4),
        position_gauge_(prometheus::BuildGauge()
                            .Name("kkr_follower_position")
                            .Help("Position up to which a log was taken in by another")
                            .Register(metrics())
                            .Add({{"log", options_.log}, {"source", options_.source}})),
        task_(pool, [this] { run(); }),
        check_(pool, [this] { check(); }) {}

  void start() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = false;
      restart_ = true;
    }
    task_.resume();
    check_.resume();
    const std::size_t slash = options_.source.find('/');
    const auto receive = [this](const EventPtr& event) {
      incoming_.push(event);
      task_.wake();
    };
    subscription_ = bus_.subscribe(options_.source.substr(0, slash),
                                   options_.source.substr(slash + 1), receive);
    check_.wake();
  }

  void stop() {
    subscription_ = nullptr;
    check_.stop();
    task_.stop();
    std::unique_lock lock(mutex_);
    landed_.wait(lock, [this] { return in_flight_ == 0; });
    closed_ = true;
    waiting_.clear();
  }

  const std::string& source() const { return options_.source; }

  std::uint64_t position() const {
    const std::lock_guard lock(mutex_);
    return taken_in_;
  }

  void when_caught_up(std::uint64_t position, std::function<void()> reached) {
    {
      const std::lock_guard lock(mutex_);
      if (closed_) return;
      if (position > taken_in_) {
        waiting_.emplace(position, std::move(reached));
        log_due_ = true;
        return task_.wake();
      }
    }
    reached();
  }

 private:
  using Reached = std::vector<std::function<void()>>;

  void check() {
    log_due_ = true;
    task_.wake();
    check_.wake_after(options_.check_every);
  }

  void run() {
    if (!may_run()) return;
    while (room() > 0) {
      bool beyond = false;
      const EventPtr event = incoming_.take(seen_.position + 1, seen_.generation, beyond);
      if (event != nullptr) {
        if (!see(event->event)) break;
        continue;
      }
      if (beyond) log_due_ = true;
      if (!log_due_ || !read_log()) break;
    }
    if (room() > 0) move_past_unconcerned();
  }

  // False while nothing may be submitted. Starts again from the checkpoint after a failure, once
  // nothing is on its way any more.
  bool may_run() {
    Reached reached;
    {
      const std::lock_guard lock(mutex_);
      if (closed_) return false;
      if (!restart_) return true;
      if (in_flight_ > 0) return false;
      restart_ = false;
      seen_ = take_in_.checkpoint().value_or(Checkpoint{options_.source, {}, 0, {}});
      submitted_ = seen_.position;
      keep_position(seen_.position);
      reached = take_reached();
    }
    log_due_ = true;
    for (const auto& call : reached) call();
    return true;
  }

  std::size_t room() const {
    const std::lock_guard lock(mutex_);
    return closed_ || restart_ ? 0 : options_.in_flight_max - in_flight_;
  }

  // Takes in a slice of the log. False when there is nothing more to do now.
  bool read_log() {
    log_due_ = false;
    auto read = reader_.read(options_.source, seen_.position + 1, std::min(room(), kSliceMax));
    auto* const slice = std::get_if<LogSlice>(&read);
    if (slice == nullptr) return try_again();
    if (slice->previous_hash != seen_.hash) return go_back(*slice);
    for (const RecordedEvent& event : slice->events) {
      if (!see(event)) return false;
    }
    if (seen_.position < slice->head_position) log_due_ = true;
    return !slice->events.empty();
  }

  bool try_again() {
    log_due_ = true;
    task_.wake_after(options_.retry_after);
    return false;
  }

  // The source was restored: what was seen last is no longer there. Waits until nothing is on its
  // way, then begins again.
  bool go_back(const LogSlice& slice) {
    {
      const std::lock_guard lock(mutex_);
      restart_ = in_flight_ > 0;
      if (restart_) return false;
    }
    const auto common = surviving_prefix(reader_, slice, seen_);
    if (!common) return try_again();
    log(LogLevel::kWarning, "the log followed was restored; taking it in again",
        {{"log", options_.log},
         {"source", options_.source},
         {"position", static_cast<std::int64_t>(seen_.position)},
         {"common_position", static_cast<std::int64_t>(*common)}});
    {
      const std::lock_guard lock(mutex_);
      keep_position(0);
    }
    seen_ = Checkpoint{options_.source, {}, 0, {}};
    submit([&](TakeIn::Done done) {
      take_in_.submit_restart(*common, {seen_, std::nullopt}, std::move(done));
    });
    log_due_ = true;
    return true;
  }

  // False at a fact that this program does not know: a later one may have to take it in, so nothing
  // behind it is taken in here either.
  bool see(const RecordedEvent& event) {
    if (facts_ != nullptr && !is_known(*facts_, event.type)) return wait_for_upgrade(event);
    seen_.generation = event.generation;
    seen_.position = event.position;
    seen_.hash = event.hash;
    if (take_in_.concerns(event)) {
      const CheckpointMove move{seen_, submitted_};
      submit([&](TakeIn::Done done) { take_in_.submit(event, move, std::move(done)); });
    } else if (seen_.position - submitted_ >= kPassedMax) {
      move_past_unconcerned();
    }
    return true;
  }

  bool wait_for_upgrade(const RecordedEvent& event) {
    if (std::exchange(waits_at_, event.position) == event.position) return false;
    log(LogLevel::kError,
        "the log followed holds a fact that this program does not know; it goes on in a later "
        "version of the program",
        {{"log", options_.log},
         {"source", options_.source},
         {"position", static_cast<std::int64_t>(event.position)},
         {"fact", event.type}});
    return false;
  }

  void move_past_unconcerned() {
    if (seen_.position == submitted_) return;
    const CheckpointMove move{seen_, submitted_};
    submit([&](TakeIn::Done done) { take_in_.submit_move(move, std::move(done)); });
  }

  template <class HandOver>
  void submit(HandOver&& hand_over) {
    submitted_ = seen_.position;
    {
      const std::lock_guard lock(mutex_);
      ++in_flight_;
    }
    hand_over([this, position = submitted_](TakenIn taken) { landed(position, taken); });
  }

  // Not in order: later positions may land first, and imply the earlier ones.
  void landed(std::uint64_t position, TakenIn taken) {
    Reached reached;
    {
      const std::lock_guard lock(mutex_);
      --in_flight_;
      if (taken == TakenIn::kDone) keep_position(std::max(taken_in_, position));
      if (taken == TakenIn::kFailed) restart_ = true;
      if (taken == TakenIn::kClosed) closed_ = true;  // The appender has said why.
      reached = take_reached();
      if (!restart_) {
        task_.wake();
      } else if (in_flight_ == 0) {
        task_.wake_after(options_.retry_after);
      }
      landed_.notify_all();  // From here on stop() may return: only `reached` is touched.
    }
    for (const auto& call : reached) call();
  }

  void keep_position(std::uint64_t position) {
    taken_in_ = position;
    position_gauge_.Set(static_cast<double>(position));
  }

  Reached take_reached() {
    Reached reached;
    while (!waiting_.empty() && waiting_.begin()->first <= taken_in_) {
      reached.push_back(std::move(waiting_.begin()->second));
      waiting_.erase(waiting_.begin());
    }
    return reached;
  }

  const FollowOptions options_;
  const google::protobuf::Descriptor* const facts_;  // Of the source; null where it is not known.
  LogReader& reader_;
  Bus& bus_;
  TakeIn& take_in_;
  IncomingEvents incoming_;
  prometheus::Gauge& position_gauge_;
  std::unique_ptr<Subscription> subscription_;
  std::atomic<bool> log_due_ = true;  // Events may be in the log that the bus will not bring.

  // Touched by the strand only.
  Checkpoint seen_;              // The last event looked at.
  std::uint64_t submitted_ = 0;  // Where the checkpoint will be when all on its way has landed.
  std::uint64_t waits_at_ = 0;   // Of the fact that was last found to be unknown.

  mutable std::mutex mutex_;  // Guards what follows.
  std::condition_variable landed_;
  bool restart_ = true;
  bool closed_ = false;
  std::size_t in_flight_ = 0;
  std::uint64_t taken_in_ = 0;
  std::multimap<std::uint64_t, std::function<void()>> waiting_;

  SerialTask task_;
  SerialTask check_;
};

FollowLoop::FollowLoop(FollowOptions options, LogReader& reader, Bus& bus, WorkerPool& pool,
                       TakeIn& take_in)
    : strand_(std::make_unique<Strand>(std::move(options), reader, bus, pool, take_in)) {}

FollowLoop::~FollowLoop() { stop(); }

void FollowLoop::start() { strand_->start(); }
void FollowLoop::stop() { strand_->stop(); }
const std::string& FollowLoop::source() const { return strand_->source(); }
std::uint64_t FollowLoop::position() const { return strand_->position(); }
void FollowLoop::when_caught_up(std::uint64_t position, std::function<void()> reached) {
  strand_->when_caught_up(position, std::move(reached));
}

}  // namespace kkr::platform
