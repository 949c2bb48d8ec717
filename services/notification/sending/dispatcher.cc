#include "services/notification/sending/dispatcher.h"

#include <chrono>
#include <utility>

#include "services/platform/log/log.h"

namespace kkr::notification {
namespace {

constexpr std::chrono::milliseconds kDispatchAgainAfter{500};
constexpr std::size_t kSlice = platform::kSliceMax;
// What is read again at most after a kill.
constexpr std::size_t kUnmarkedMax = 1000;

DispatchedTo beginning_of(const platform::LogHead& head) { return {head.generation, 0, {}}; }

bool put_mark(SendTable& table, const DispatchedTo& mark, absl::Time site_now) {
  return std::holds_alternative<std::size_t>(table.dispatch({{mark, {}, {}}}, site_now));
}

}  // namespace

bool mark_if_new(SendTable& table, const platform::EventTail& tail, absl::Time site_now) {
  const platform::LogHead head = tail.head();
  // A log that cannot be read now has no generation.
  if (head.generation.empty() || head.position > 0) return false;
  const auto marked = table.dispatched_to();
  const auto* mark = std::get_if<std::optional<DispatchedTo>>(&marked);
  if (mark != nullptr && !*mark) put_mark(table, beginning_of(head), site_now);
  return true;
}

Dispatcher::Dispatcher(SendTable& table, platform::EventStore& log, platform::EventTail& tail,
                       platform::Clock& clock, platform::WorkerPool& pool, Rules rules,
                       bool log_was_new)
    : table_(table),
      log_(log),
      tail_(tail),
      clock_(clock),
      rules_(std::move(rules)),
      log_was_new_(log_was_new),
      task_(pool, [this] { run(); }) {}

Dispatcher::~Dispatcher() { stop(); }

void Dispatcher::start() {
  listener_ = tail_.listen([this] { task_.wake(); });
  task_.wake();
}

void Dispatcher::stop() {
  listener_ = nullptr;
  task_.stop();
}

bool Dispatcher::is_at_head() { return position_ >= tail_.head().position; }

void Dispatcher::run() {
  if (!at_ && !find_start()) return task_.wake_after(kDispatchAgainAfter);
  const auto events = next_events();
  const auto added = events ? take(*events) : std::nullopt;
  if (!added) return task_.wake_after(kDispatchAgainAfter);
  position_ = at_->position;
  rules_.dispatched(*added);
  if (!events->empty()) task_.wake();
}

bool Dispatcher::find_start() {
  const auto marked = table_.dispatched_to();
  const auto* mark = std::get_if<std::optional<DispatchedTo>>(&marked);
  if (mark == nullptr) return false;
  const platform::LogHead head = tail_.head();
  const DispatchedTo beginning = beginning_of(head);
  if (!*mark) {
    lost_up_to_ = log_was_new_ ? 0 : head.position;
    if (lost_up_to_ > 0) {
      platform::log(platform::LogLevel::kError,
                    "the sends of this region are lost: what its log holds is not sent again");
    }
    if (!put_mark(table_, beginning, clock_.now())) return false;
    at_ = beginning;
    return true;
  }
  // A log that was restored to before the mark tells its story again from the beginning.
  at_ = beginning;
  if ((*mark)->position == 0) return true;
  const auto read = log_.read((*mark)->position, 1);
  const auto* events = std::get_if<std::vector<platform::RecordedEvent>>(&read);
  if (events == nullptr) {
    at_.reset();
    return false;
  }
  if (!events->empty() && events->front().hash == (*mark)->hash) at_ = **mark;
  return true;
}

std::optional<std::vector<platform::RecordedEvent>> Dispatcher::next_events() {
  const std::uint64_t from = at_->position + 1;
  if (const auto recent = tail_.read(from, kSlice)) {
    std::vector<platform::RecordedEvent> events;
    for (const auto& event : *recent) events.push_back(*event);
    return events;
  }
  auto read = log_.read(from, kSlice);
  if (auto* events = std::get_if<std::vector<platform::RecordedEvent>>(&read))
    return std::move(*events);
  return std::nullopt;
}

std::optional<std::size_t> Dispatcher::take(const std::vector<platform::RecordedEvent>& events) {
  if (events.empty()) return 0;
  std::vector<Dispatch> dispatches;
  bool makes_something = false;
  for (const platform::RecordedEvent& event : events) {
    Dispatch dispatch = rules_.interpret(event);
    dispatch.to = {event.generation, event.position, event.hash};
    if (event.position <= lost_up_to_)
      for (PlannedSend& send : dispatch.sends)
        if (send.dropped_by.empty()) send.dropped_by = reason::kSendsLost;
    // Before the mark moves on: a killed process comes here again.
    for (const std::string& person : dispatch.erased_persons)
      if (!rules_.forget(person)) return std::nullopt;
    makes_something |= !dispatch.sends.empty() || !dispatch.erased_persons.empty();
    dispatches.push_back(std::move(dispatch));
  }
  unmarked_ += events.size();
  std::size_t added = 0;
  if (makes_something || unmarked_ >= kUnmarkedMax) {
    const auto done = table_.dispatch(dispatches, clock_.now());
    const auto* put_in = std::get_if<std::size_t>(&done);
    if (put_in == nullptr) return std::nullopt;
    added = *put_in;
    unmarked_ = 0;
  }
  at_ = dispatches.back().to;
  return added;
}

}  // namespace kkr::notification
