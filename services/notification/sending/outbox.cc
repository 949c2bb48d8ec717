#include "services/notification/sending/outbox.h"

#include <chrono>
#include <utility>

#include "services/platform/time/local_date.h"

namespace kkr::notification {
namespace {

constexpr std::size_t kLettersATime = 500;
constexpr std::chrono::minutes kAfterFailure{1};

}  // namespace

Outbox::Outbox(std::unique_ptr<SqliteSendTable> table, std::unique_ptr<LetterDesk> desk,
               Ports ports, const SenderOptions& options)
    : ports_(std::move(ports)),
      table_(std::move(table)),
      desk_(std::move(desk)),
      sender_(*table_, *desk_, ports_.carrier, ports_.clock, ports_.sending, options,
              [this] { tell_rested(); }),
      dispatcher_(*table_, ports_.log, ports_.tail, ports_.clock, ports_.dispatching,
                  {.interpret = ports_.interpret,
                   .forget = [this](const std::string& person) { return forget(person); },
                   .dispatched =
                       [this](std::size_t added) {
                         if (added > 0) sender_.wake();
                         tell_rested();
                       }}),
      retiring_(ports_.dispatching, [this] { retire(); }) {}

Outbox::~Outbox() { stop(); }

void Outbox::start() {
  sender_.start();
  dispatcher_.start();
  retiring_.wake();
}

void Outbox::stop() {
  dispatcher_.stop();
  retiring_.stop();
  next_retiring_ = nullptr;
  sender_.stop();
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

void Outbox::retire() {
  const absl::Time now = ports_.clock.now();
  const auto found = table_->letters_ended(now - ports_.retention(), kLettersATime);
  const auto* letters = std::get_if<std::vector<KeptLetter>>(&found);
  if (letters == nullptr || !erase(*letters, /*thoroughly=*/false))
    return retiring_.wake_after(kAfterFailure);
  if (!letters->empty()) return retiring_.wake();
  next_retiring_ = ports_.clock.alarm_at(platform::end_of(platform::local_date_of(now)),
                                         [this] { retiring_.wake(); });
}

std::optional<absl::Time> Outbox::next_due() const {
  const auto found = table_->next_wakes();
  const auto* wakes = std::get_if<SendTable::Wakes>(&found);
  return wakes == nullptr ? std::nullopt : wakes->site;
}

void Outbox::when_rested(absl::Time instant, std::function<void()> rested) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back({instant, std::move(rested)});
  }
  tell_rested();
}

void Outbox::tell_rested() {
  std::vector<std::function<void()>> told;
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty() || !dispatcher_.is_at_head()) return;
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
