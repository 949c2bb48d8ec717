#include "services/notification/sending/outbox.h"

#include <chrono>
#include <utility>

#include "services/notification/sending/unsent_meter.h"
#include "services/platform/time/local_date.h"

namespace kkr::notification {
namespace {

constexpr std::size_t kLettersATime = 500;
constexpr std::chrono::minutes kRetireAgainAfter{1};

}  // namespace

struct Outbox::Work {
  explicit Work(Outbox& of)
      : sender(*of.table_, *of.desk_, of.ports_.carrier, of.ports_.clock, of.ports_.sending,
               of.options_, [&of] { of.tell_rested(); }),
        dispatcher(*of.table_, of.ports_.log, of.ports_.tail, of.ports_.clock,
                   of.ports_.dispatching,
                   {.interpret = of.ports_.interpret,
                    .forget = [&of](const std::string& person) { return of.forget(person); },
                    .dispatched =
                        [this, &of](std::size_t added) {
                          if (added > 0) sender.wake();
                          of.tell_rested();
                        }},
                   of.log_was_new_),
        retiring(of.ports_.dispatching, [this, &of] { of.retire(*this); }),
        unsent(of.ports_.name, *of.table_, of.ports_.clock, of.ports_.dispatching) {}

  Sender sender;
  Dispatcher dispatcher;
  platform::SerialTask retiring;
  std::unique_ptr<platform::Alarm> next_retiring;
  UnsentMeter unsent;
};

Outbox::Outbox(std::unique_ptr<SendTable> table, std::unique_ptr<LetterDesk> desk, Ports ports,
               const SenderOptions& options)
    : ports_(std::move(ports)),
      table_(std::move(table)),
      desk_(std::move(desk)),
      options_(options),
      log_was_new_(mark_if_new(*table_, ports_.tail, ports_.clock.now())) {}

Outbox::~Outbox() { stop(); }

void Outbox::start() {
  const auto work = std::make_shared<Work>(*this);
  {
    const std::lock_guard lock(mutex_);
    work_ = work;
  }
  work->sender.start();
  work->dispatcher.start();
  work->retiring.wake();
  work->unsent.start();
}

void Outbox::stop() {
  const auto ended = work();
  if (ended == nullptr) return;
  ended->dispatcher.stop();
  ended->retiring.stop();
  ended->unsent.stop();
  ended->next_retiring = nullptr;
  ended->sender.stop();
  std::vector<Waiting> waiting;
  {
    const std::lock_guard lock(mutex_);
    work_ = nullptr;
    waiting.swap(waiting_);
  }
  for (const Waiting& one : waiting) one.rested();  // The work is another process's now.
}

void Outbox::wake() {
  if (const auto at = work()) at->sender.wake();
}

std::shared_ptr<Outbox::Work> Outbox::work() const {
  const std::lock_guard lock(mutex_);
  return work_;
}

bool Outbox::forget(const std::string& person) {
  const auto found = table_->letters_of(person);
  const auto* letters = std::get_if<std::vector<KeptLetter>>(&found);
  return letters != nullptr && erase(*letters, /*thoroughly=*/true);
}

// The channel's copies first: while the table still knows of them, they are found again.
bool Outbox::erase(const std::vector<KeptLetter>& letters, bool thoroughly) {
  for (const KeptLetter& letter : letters)
    if (!letter.message_id.empty() && !ports_.carrier.forget(letter.message_id)) return false;
  return std::holds_alternative<std::monostate>(table_->erase(letters, thoroughly));
}

void Outbox::retire(Work& work) {
  const absl::Time now = ports_.clock.now();
  const auto found = table_->letters_ended(now - ports_.retention(), kLettersATime);
  const auto* letters = std::get_if<std::vector<KeptLetter>>(&found);
  if (letters == nullptr || !erase(*letters, /*thoroughly=*/false))
    return work.retiring.wake_after(kRetireAgainAfter);
  if (!letters->empty()) return work.retiring.wake();
  work.next_retiring = ports_.clock.alarm_at(platform::end_of(platform::local_date_of(now)),
                                             [&work] { work.retiring.wake(); });
}

std::optional<absl::Time> Outbox::next_due() const {
  if (work() == nullptr) return std::nullopt;
  const auto found = table_->next_wakes();
  const auto* wakes = std::get_if<SendTable::Wakes>(&found);
  return wakes == nullptr ? std::nullopt : wakes->site;
}

void Outbox::when_rested(absl::Time instant, std::function<void()> rested) {
  bool works = false;
  {
    const std::lock_guard lock(mutex_);
    works = work_ != nullptr;
    if (works) waiting_.push_back({instant, rested});
  }
  if (!works) return rested();
  tell_rested();
}

void Outbox::tell_rested() {
  std::vector<std::function<void()>> told;
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty() || work_ == nullptr || !work_->dispatcher.is_at_head()) return;
    for (auto each = waiting_.begin(); each != waiting_.end();) {
      const auto untried = table_->has_untried(each->instant);
      const bool* some = std::get_if<bool>(&untried);
      if (some == nullptr || *some) {
        ++each;
        continue;
      }
      told.push_back(std::move(each->rested));
      each = waiting_.erase(each);
    }
  }
  for (const auto& rested : told) rested();
}

}  // namespace kkr::notification
