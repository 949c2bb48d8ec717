#include "services/registry/module.h"

#include <chrono>
#include <functional>
#include <future>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "services/platform/event_store/sha256.h"
#include "services/platform/log/log.h"
#include "services/platform/process/stop_signal.h"
#include "services/platform/time/timestamp.h"
#include "services/registry/api/body_api.h"
#include "services/registry/api/clock_api.h"
#include "services/registry/api/cluster_api.h"
#include "services/registry/api/municipality_api.h"
#include "services/registry/api/office_api.h"
#include "services/registry/api/person_api.h"
#include "services/registry/api/region_api.h"
#include "services/registry/app/first_facts.h"
#include "services/registry/domain/demo_clock.h"

namespace kkr::registry {
namespace {

constexpr char kService[] = "registry";

constexpr auto kAskAgainAfter = std::chrono::milliseconds(20);

platform::Outcome<Registry> outcome_of(Log& log, platform::Command<Registry> command) {
  std::promise<platform::Outcome<Registry>> promise;
  command.actor = kService;
  command.complete = [&promise](platform::Outcome<Registry> outcome) {
    promise.set_value(std::move(outcome));
  };
  log.appender().submit(std::move(command));
  return promise.get_future().get();
}

// Carries the command out, unless `is_done` comes true by what another process does, which may be
// the one that leads the log. While nobody does it waits, until the process is told to stop. Throws
// with `what` it cannot do, unless the log is damaged: then a line says so and the site goes on.
void carry_out(Log& log, const platform::Command<Registry>& command, const std::string& what,
               const std::function<bool()>& is_done) {
  while (!is_done()) {
    const platform::Outcome<Registry> outcome = outcome_of(log, command);
    if (std::holds_alternative<platform::Committed<Registry>>(outcome)) return;
    const auto* failure = std::get_if<platform::CommandFailure>(&outcome);
    if (failure != nullptr && *failure == platform::CommandFailure::kNotHolder &&
        !platform::StopSignal::is_pending()) {
      std::this_thread::sleep_for(kAskAgainAfter);
      continue;
    }
    const grpc::Status status = failure != nullptr ? platform::failure_status(*failure)
                                                   : to_status(std::get<Refusal>(outcome));
    const bool damaged = failure != nullptr && *failure == platform::CommandFailure::kRegionDamaged;
    if (!damaged) throw std::runtime_error("The registry cannot " + what + status.error_message());
    platform::log(platform::LogLevel::kError, status.error_message(), {{"log", log.name()}});
    return;
  }
}

// Records the shipped facts once and for ever; a log that has regions is left alone.
void take_over_first_facts(Log& log) {
  const auto has_regions = [&log] { return !log.state()->state.regions.empty(); };
  if (has_regions()) return;
  const FactFiles files = shipped_facts();
  platform::Command<Registry> command;
  command.request_id = request_id_of(files);
  command.digest = platform::sha256_of(command.request_id);
  command.decide = [files](const State& state, const Context& context) {
    return decide_first_facts(state, files, context);
  };
  carry_out(log, command, "record its first facts: ", has_regions);
}

void resume_demo_clock(platform::DemoClock* clock, const Log& log) {
  const auto state = log.state();
  if (clock == nullptr || !state->state.demo_clock) return;
  // False when the clock is past it already: a demo site never goes back.
  static_cast<void>(clock->advance_to(*state->state.demo_clock));
}

// Moves the clock to where the site was told to start: it was down until then.
void skip_downtime(platform::Ports& ports, Log& log) {
  platform::DemoClock* const clock = ports.demo_clock();
  const auto asked = ports.demo_clock_asked();
  if (clock == nullptr || !asked || *asked <= clock->now()) return;
  v1::AdvanceClockRequest request;
  *request.mutable_to() = platform::timestamp_of(*asked);
  platform::Command<Registry> command;
  command.decide = [request](const State&, const Context& context) {
    return decide(/*is_demo=*/true, request, context);
  };
  const auto is_moved = [&log, asked] {
    const auto stands = log.state()->state.demo_clock;
    return stands && *stands >= *asked;
  };
  carry_out(log, command, "move the clock: ", is_moved);
  static_cast<void>(clock->advance_to(*asked));
}

}  // namespace

platform::Module make_module(platform::Ports& ports) {
  platform::Module module{kService};
  auto& logs = module.make<Logs>(
      ports.region_ports(kService),
      Logs::Options{.knows_region = [](std::string_view region) { return region == kNationalLog; },
                    .opened =
                        [&ports](Log& log) {
                          log.while_leading(
                              [&ports, &log] { resume_demo_clock(ports.demo_clock(), log); },
                              [] {});
                        }});
  module.own(ports.settlement().watch(logs));
  Log& log = *logs.find(kNationalLog);
  resume_demo_clock(ports.demo_clock(), log);
  take_over_first_facts(log);
  skip_downtime(ports, log);

  const NationalLog national{logs, ports.clock()};
  DemoTime demo{ports.demo_clock(),
                [&ports](absl::Time instant, auto deadline) {
                  return ports.rest().await_rest(instant, deadline);
                },
                [&ports] { return ports.rest().next_due(); }};
  module.serve_grpc(module.make<RegionApi>(national));
  module.serve_grpc(module.make<ClusterApi>(national));
  module.serve_grpc(module.make<BodyApi>(national));
  module.serve_grpc(module.make<MunicipalityApi>(national));
  module.serve_grpc(module.make<PersonApi>(national));
  module.serve_grpc(module.make<OfficeApi>(national));
  module.serve_grpc(module.make<ClockApi>(national, std::move(demo)));
  module.run_in_background(
      "logs", [] {}, [&logs] { logs.stop(); });
  return module;
}

}  // namespace kkr::registry
