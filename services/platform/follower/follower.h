// Follows another service's log into an own one: each incoming fact is a command to the own
// appender, carrying where it came from. Rules must yield nothing for a fact the state already
// holds, because after a restore of the source every fact comes a second time.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "services/platform/appender/appender.h"
#include "services/platform/follower/follow_loop.h"

namespace kkr::platform {

template <class Domain>
struct FollowRules {
  using Decide = decltype(Command<Domain>::decide);

  // What to decide about a fact of the source; an empty function when it does not concern this
  // service. A refusal counts as zero events: the fact is passed over.
  std::function<Decide(const RecordedEvent&)> interpret;
  // What to decide when the source was restored and only its first `common_position` facts are
  // still the ones taken in: facts that withdraw what was learnt from later ones. All facts come
  // again afterwards. May be empty.
  std::function<Decide(std::uint64_t common_position)> rolled_back;
};

template <class Domain>
class Follower final : private TakeIn {
 public:
  // `actor` stands in the metadata of the events it causes.
  Follower(FollowOptions options, std::string actor, Appender<Domain>& appender, LogReader& reader,
           Bus& bus, WorkerPool& pool, FollowRules<Domain> rules)
      : source_(options.source),
        actor_(std::move(actor)),
        appender_(appender),
        rules_(std::move(rules)),
        loop_(std::move(options), reader, bus, pool, *this) {}

  FollowLoop& loop() { return loop_; }

 private:
  using Decide = typename FollowRules<Domain>::Decide;
  using Decision = DecisionOf<typename Domain::Event, typename Domain::Rejection>;
  using Effects = platform::Effects<typename Domain::Event>;

  std::optional<Checkpoint> checkpoint() const override { return appender_.checkpoint(source_); }

  bool concerns(const RecordedEvent& event) const override {
    return static_cast<bool>(rules_.interpret(event));
  }

  void submit(const RecordedEvent& event, CheckpointMove move, Done done) override {
    Command<Domain> command = moving(move, std::move(done));
    command.cause = source_ + "/" + event.generation + "/" + std::to_string(event.position);
    command.size_bytes = event.payload.size();
    command.decide = [rule = rules_.interpret(event)](const typename Domain::State& state,
                                                      const Context& context) -> Decision {
      Decision decision = rule(state, context);
      if (std::holds_alternative<Effects>(decision)) return decision;
      return Effects{};
    };
    appender_.submit(std::move(command));
  }

  void submit_move(CheckpointMove move, Done done) override {
    Command<Domain> command = moving(move, std::move(done));
    command.decide = [](const typename Domain::State&, const Context&) -> Decision {
      return Effects{};
    };
    appender_.submit(std::move(command));
  }

  void submit_restart(std::uint64_t common_position, CheckpointMove move, Done done) override {
    if (!rules_.rolled_back) return submit_move(std::move(move), std::move(done));
    Command<Domain> command = moving(move, std::move(done));
    command.decide = rules_.rolled_back(common_position);
    appender_.submit(std::move(command));
  }

  Command<Domain> moving(const CheckpointMove& move, Done done) const {
    Command<Domain> command;
    command.actor = actor_;
    command.checkpoint = move;
    command.complete = [done = std::move(done)](const Outcome<Domain>& outcome) {
      if (std::holds_alternative<Committed<Domain>>(outcome)) return done(TakenIn::kDone);
      const auto* failure = std::get_if<CommandFailure>(&outcome);
      const bool closed = failure != nullptr && (*failure == CommandFailure::kRegionDamaged ||
                                                 *failure == CommandFailure::kShuttingDown);
      done(closed ? TakenIn::kClosed : TakenIn::kFailed);
    };
    return command;
  }

  const std::string source_;
  const std::string actor_;
  Appender<Domain>& appender_;
  const FollowRules<Domain> rules_;
  FollowLoop loop_;
};

}  // namespace kkr::platform
