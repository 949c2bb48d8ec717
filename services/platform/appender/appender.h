// The one writer of a log. Takes all waiting commands, decides them one after the other on an
// overlay of the state, commits one transaction for the batch, then answers all from a completion
// pool while the next batch is decided.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/platform/appender/command.h"
#include "services/platform/appender/fact_codec.h"
#include "services/platform/appender/fact_versions.h"
#include "services/platform/appender/log_writer.h"
#include "services/platform/snapshot/snapshot_writer.h"
#include "services/platform/snapshot/state_loader.h"
#include "services/platform/threads/published.h"

namespace kkr::platform {

template <class Domain>
class Appender final : private BatchRules {
 public:
  // Loads the state and accepts commands. A damaged log serves the state up to the damage and
  // refuses commands. The store, the clock and the pools must outlive the appender.
  Appender(EventStore& store, const Clock& clock, AppenderThreads threads, AppenderOptions options)
      : Appender(store, clock, threads, options, load_state<Domain>(store, options.log)) {}
  ~Appender() override { drain(); }

  // Never blocks. The command's `complete` is called exactly once, from the completion pool.
  void submit(Command<Domain> command) {
    writer_.submit(std::make_unique<Pending>(*this, std::move(command)));
  }

  // The newest committed state. Hold it as long as needed; it never changes.
  StatePtr<Domain> state() const { return state_.load(); }
  // For documents and reads; only the appender appends.
  EventStore& store() { return store_; }
  EventTail& tail() { return writer_.tail(); }
  const EventTail& tail() const { return writer_.tail(); }
  LogHealth health() const { return writer_.health(); }
  std::size_t queued() const { return writer_.queued(); }
  // How far this log has followed `source`; nullopt when it never did.
  std::optional<Checkpoint> checkpoint(const std::string& source) const {
    return writer_.checkpoint(source);
  }

  // Of a leased log: as in LogWriter.
  bool lead(std::chrono::steady_clock::duration within) {
    const bool leads = writer_.lead(within);
    if (leads) snapshots_.advanced(state()->head.position);
    return leads;
  }
  void follow() { writer_.follow(); }
  void hand_over(std::chrono::steady_clock::duration within) { writer_.hand_over(within); }
  void store_grew() { writer_.store_grew(); }
  void may_write(std::uint64_t version) { writer_.may_write(version); }
  void look(std::chrono::steady_clock::duration at_most, std::function<void(bool)> done) {
    writer_.look(at_most, std::move(done));
  }
  // Always true of a log that is not leased.
  bool is_leading() const { return writer_.is_leading(); }

  // Finishes and answers what is queued, saves a snapshot, and refuses what comes later with
  // kShuttingDown. Not from a job of the pools. A second call does nothing.
  void drain() {
    writer_.drain();
    snapshots_.finish();
  }

 private:
  using State = typename Domain::State;
  using Event = typename Domain::Event;
  using Rejection = typename Domain::Rejection;

  class Pending final : public PendingCommand {
   public:
    Pending(Appender& appender, Command<Domain> command)
        : decide(std::move(command.decide)),
          appender_(appender),
          answer_(std::move(command.complete)) {
      request_id = std::move(command.request_id);
      digest = command.digest;
      actor = std::move(command.actor);
      traceparent = std::move(command.traceparent);
      cause = std::move(command.cause);
      checkpoint = std::move(command.checkpoint);
      deadline = command.deadline;
      cancelled = std::move(command.cancelled);
      size_bytes = command.size_bytes;
    }

    void complete(const Verdict& verdict) override {
      if (!answer_) return;
      if (const auto* done = std::get_if<CarriedOut>(&verdict)) {
        answer_(Committed<Domain>{appender_.state(), done->first_position, done->last_position,
                                  done->retried});
      } else if (const auto* failure = std::get_if<CommandFailure>(&verdict)) {
        answer_(*failure);
      } else {
        answer_(std::move(refusal));
      }
    }

    decltype(Command<Domain>::decide) decide;
    std::vector<Fact<Event>> facts;  // As decided, until applied.
    Refusal<Rejection> refusal{};

   private:
    Appender& appender_;
    decltype(Command<Domain>::complete) answer_;
  };

  Appender(EventStore& store, const Clock& clock, AppenderThreads threads,
           const AppenderOptions& options, LoadedState<Domain> loaded)
      : store_(store),
        log_(options.log),
        state_(loaded.state),
        snapshots_(store, threads.completions, options.snapshot_every_events, loaded.covered,
                   [this] { return make_snapshot(); }),
        writer_(store, clock, threads, options, *this) {
    writer_.start(std::move(loaded.health));
    // What was replayed need not be replayed by the next start as well.
    if (is_leading() && !health().read_only) snapshots_.advanced(state()->head.position);
  }

  std::uint64_t version_read() const override {
    return platform::version_read(*Event::descriptor());
  }

  void start_overlay() override { overlay_ = state_.load()->state; }

  bool decide(PendingCommand& command, std::vector<FactToWrite>& facts,
              std::vector<PrivateWrite>& writes) override {
    auto& pending = static_cast<Pending&>(command);
    const Context context{command.arrived_at, command.actor, command.request_id};
    auto decision = pending.decide(overlay_, context);
    if (auto* refusal = std::get_if<Refusal<Rejection>>(&decision)) {
      pending.refusal = std::move(*refusal);
      return false;
    }
    auto& effects = std::get<Effects<Event>>(decision);
    for (const Fact<Event>& fact : effects.facts) {
      facts.push_back({fact.stream, fact_name(fact.event), fact.event.SerializeAsString(),
                       version_of(fact.event).value_or(kFirstVersion)});
    }
    writes = std::move(effects.private_writes);
    pending.facts = std::move(effects.facts);
    return true;
  }

  void apply(PendingCommand& command, std::uint64_t first_position) override {
    auto& pending = static_cast<Pending&>(command);
    RecordedEvent place;
    place.generation = state_.load()->head.generation;
    place.position = first_position;
    place.recorded_at = command.arrived_at;
    for (const Fact<Event>& fact : pending.facts) {
      place.stream = fact.stream;
      place.type = fact_name(fact.event);
      Domain::evolve(overlay_, Recorded<Event>{place, command.actor, fact.event});
      ++place.position;
    }
    pending.facts.clear();
  }

  void publish_overlay(const LogHead& head) override { publish(std::move(overlay_), head); }

  bool catch_up(const std::vector<RecordedEvent>& events, const LogHead& head) override {
    State state = state_.load()->state;
    for (const RecordedEvent& event : events) {
      if (!apply_recorded<Domain>(state, event)) return false;
    }
    publish(std::move(state), head);
    return true;
  }

  Replayed reload() override {
    LoadedState<Domain> loaded = load_state<Domain>(store_, log_);
    state_.store(loaded.state);
    return {loaded.state->head, std::move(loaded.health)};
  }

  // Who leads the log keeps its snapshot fresh.
  void publish(State state, const LogHead& head) {
    state_.store(std::make_shared<const StateAt<Domain>>(StateAt<Domain>{std::move(state), head}));
    if (writer_.is_leading()) snapshots_.advanced(head.position);
  }

  Snapshot make_snapshot() const {
    const StatePtr<Domain> state = state_.load();
    return {Domain::kStateVersion, state->head.generation, state->head.position, state->head.hash,
            Domain::save_state(state->state)};
  }

  EventStore& store_;
  const std::string log_;
  Published<StateAt<Domain>> state_;
  State overlay_;  // Touched by the writer's strand only.
  SnapshotWriter snapshots_;
  LogWriter writer_;
};

}  // namespace kkr::platform
