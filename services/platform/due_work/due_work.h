// Due work of one log: a plan derived from its state. Deadlines that pass and reminders that fall
// due are recorded as events by the service itself, each once.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "services/platform/appender/appender.h"
#include "services/platform/due_work/due_loop.h"

namespace kkr::platform {

template <class Domain>
struct DuePlan {
  // The earliest instant at which the state holds work not yet recorded; nullopt for none.
  std::function<std::optional<absl::Time>(const typename Domain::State&)> next_due;
  // Records everything due by `context.now`, so that next_due() lies after it. The context has no
  // `new_id`.
  decltype(Command<Domain>::decide) record_due;
};

template <class Domain>
class DueWork final : private DuePlanner {
 public:
  // `actor` stands in the metadata of the events.
  DueWork(const std::string& log, std::string actor, Appender<Domain>& appender, Clock& clock,
          WorkerPool& pool, DuePlan<Domain> plan)
      : actor_(std::move(actor)),
        appender_(appender),
        plan_(std::move(plan)),
        loop_(log, clock, pool, *this),
        listener_(appender.tail().listen([this] { loop_.plan_changed(); })) {}

  DueLoop& loop() { return loop_; }

 private:
  std::optional<absl::Time> next_due() const override {
    return plan_.next_due(appender_.state()->state);
  }

  void record_due(std::function<void(bool)> done) override {
    Command<Domain> command;
    command.actor = actor_;
    command.decide = plan_.record_due;
    command.complete = [done = std::move(done)](const Outcome<Domain>& outcome) {
      done(std::holds_alternative<Committed<Domain>>(outcome));
    };
    appender_.submit(std::move(command));
  }

  const std::string actor_;
  Appender<Domain>& appender_;
  const DuePlan<Domain> plan_;
  DueLoop loop_;
  const std::unique_ptr<TailListener> listener_;
};

}  // namespace kkr::platform
