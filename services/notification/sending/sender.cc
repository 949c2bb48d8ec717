#include "services/notification/sending/sender.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "services/notification/sending/hand_over.h"
#include "services/platform/log/log.h"
#include "services/platform/threads/serial_task.h"
#include "services/platform/uuid/uuid.h"

namespace kkr::notification {
namespace {

constexpr std::chrono::seconds kAfterFailure{1};
// A message that could take longer than what is left of the lease is not begun.
constexpr absl::Duration kHandOverMax = absl::Minutes(3);

}  // namespace

// What the lines have in common.
class Sender::Shared {
 public:
  Shared(SendTable& send_table, LetterDesk& letter_desk, Carrier& letter_carrier,
         platform::Clock& site_clock, platform::WorkerPool& pool, const SenderOptions& chosen,
         std::function<void()> when_turn_ended);

  void wake();
  // Wakes everybody when the site's clock has come to `at`.
  void wake_at(absl::Time at);
  void stop();

  SendTable& table;
  LetterDesk& desk;
  Carrier& carrier;
  platform::Clock& clock;
  const SenderOptions options;
  DomainPace pace;
  const std::function<void()> turn_ended;
  std::atomic<bool> stopping = false;

 private:
  std::vector<std::unique_ptr<Line>> lines_;
  std::mutex mutex_;
  std::optional<absl::Time> alarm_at_;
  std::unique_ptr<platform::Alarm> alarm_;
};

// One connection: never more than one message of it on its way.
class Sender::Line {
 public:
  Line(Shared& shared, platform::WorkerPool& pool)
      : shared_(shared), task_(pool, [this] { turn(); }) {}

  void wake() { task_.wake(); }
  void stop() { task_.stop(); }

 private:
  void turn() {
    if (shared_.stopping) return;
    const absl::Time machine_now = absl::Now();
    const absl::Time expires_at = machine_now + shared_.options.lease;
    const auto leased = shared_.table.lease({.holder = holder_,
                                             .machine_now = machine_now,
                                             .expires_at = expires_at,
                                             .site_now = shared_.clock.now(),
                                             .sends_max = shared_.options.sends_a_turn});
    const auto* sends = std::get_if<std::vector<Send>>(&leased);
    if (sends == nullptr) return task_.wake_after(kAfterFailure);
    if (sends->empty()) return wait();
    const bool well = work_on(*sends, expires_at);
    shared_.turn_ended();
    if (well) return task_.wake();
    task_.wake_after(kAfterFailure);
  }

  // False: the table is out of reach; what was taken comes back when the lease is over.
  bool work_on(const std::vector<Send>& sends, absl::Time expires_at) {
    std::vector<Outcome> outcomes;
    std::vector<Prepared> prepared;
    std::vector<SendTable::Written> letters;
    for (const Send& send : sends) {
      auto one = prepare(send, shared_.desk, shared_.carrier, shared_.pace, shared_.options,
                         shared_.clock.now());
      if (auto* outcome = std::get_if<Outcome>(&one)) {
        outcomes.push_back(std::move(*outcome));
      } else {
        auto& ready = std::get<Prepared>(one);
        letters.push_back({send.id, ready.message_id, ready.letter});
        prepared.push_back(std::move(ready));
      }
    }
    std::vector<std::string> kept;
    if (!letters.empty()) {
      auto written = shared_.table.write_letters(holder_, letters);
      if (!std::holds_alternative<std::vector<std::string>>(written)) return false;
      kept = std::get<std::vector<std::string>>(std::move(written));
    }
    for (const Prepared& one : prepared) {
      if (std::find(kept.begin(), kept.end(), one.id) == kept.end())
        outcomes.push_back(looked_up_anew(one.id, shared_.clock.now()));
    }
    if (!outcomes.empty() && !settle(std::move(outcomes))) return false;
    for (const Prepared& one : prepared) {
      if (std::find(kept.begin(), kept.end(), one.id) == kept.end()) continue;
      if (shared_.stopping || absl::Now() + kHandOverMax > expires_at) return true;
      const auto handed = shared_.carrier.hand_over(one.message_id, one.letter);
      if (!settle({outcome_of(handed, one, shared_.options, shared_.clock.now())})) return false;
      take_back_if_erased(one);
    }
    return true;
  }

  // The person may have been erased while the letter was on its way to a channel that keeps it.
  void take_back_if_erased(const Prepared& sent) {
    const auto found = shared_.table.find(sent.id);
    const auto* send = std::get_if<std::optional<Send>>(&found);
    if (send != nullptr && *send && !(*send)->letter) shared_.carrier.forget(sent.message_id);
  }

  bool settle(std::vector<Outcome> outcomes) {
    return std::holds_alternative<std::size_t>(shared_.table.settle(holder_, outcomes));
  }

  // Nothing is due: until when?
  void wait() {
    const auto found = shared_.table.next_wakes();
    const auto* wakes = std::get_if<SendTable::Wakes>(&found);
    if (wakes == nullptr) return task_.wake_after(kAfterFailure);
    if (wakes->site) shared_.wake_at(*wakes->site);
    if (!wakes->machine) return;
    const absl::Time now = absl::Now();
    const bool on_its_way = timer_ > now && timer_ <= *wakes->machine;
    if (on_its_way) return;
    timer_ = std::max(*wakes->machine, now + absl::Milliseconds(1));
    task_.wake_after(absl::ToChronoNanoseconds(timer_ - now));
  }

  Shared& shared_;
  const std::string holder_ = platform::new_uuid();
  absl::Time timer_ = absl::InfinitePast();  // When the task is woken next by itself.
  platform::SerialTask task_;
};

Sender::Shared::Shared(SendTable& send_table, LetterDesk& letter_desk, Carrier& letter_carrier,
                       platform::Clock& site_clock, platform::WorkerPool& pool,
                       const SenderOptions& chosen, std::function<void()> when_turn_ended)
    : table(send_table),
      desk(letter_desk),
      carrier(letter_carrier),
      clock(site_clock),
      options(chosen),
      pace(chosen.per_minute_to_a_domain, chosen.burst_to_a_domain),
      turn_ended(std::move(when_turn_ended)) {
  for (int i = 0; i < options.connections; ++i)
    lines_.push_back(std::make_unique<Line>(*this, pool));
}

void Sender::Shared::wake() {
  for (const auto& line : lines_) line->wake();
}

void Sender::Shared::wake_at(absl::Time at) {
  std::unique_ptr<platform::Alarm> before;  // Called off without the lock: it may be ringing.
  const std::lock_guard lock(mutex_);
  if (stopping || alarm_at_ == at) return;
  alarm_at_ = at;
  before = std::move(alarm_);
  alarm_ = clock.alarm_at(at, [this] { wake(); });
}

void Sender::Shared::stop() {
  stopping = true;
  for (const auto& line : lines_) line->stop();
  const std::lock_guard lock(mutex_);
  alarm_ = nullptr;
}

Sender::Sender(SendTable& table, LetterDesk& desk, Carrier& carrier, platform::Clock& clock,
               platform::WorkerPool& pool, const SenderOptions& options,
               std::function<void()> turn_ended)
    : shared_(std::make_unique<Shared>(table, desk, carrier, clock, pool, options,
                                       std::move(turn_ended))) {}

Sender::~Sender() { stop(); }

void Sender::start() {
  if (!std::holds_alternative<std::size_t>(shared_->table.end_leases()))
    platform::log(platform::LogLevel::kWarning,
                  "the sends of a killed process wait for their lease");
  shared_->wake();
}

void Sender::wake() { shared_->wake(); }
void Sender::stop() { shared_->stop(); }

}  // namespace kkr::notification
