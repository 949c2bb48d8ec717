// What every test of an appender sets up: pools, a clock that stands still, and a way to submit a
// command and wait for its outcome.
#pragma once

#include <future>
#include <memory>
#include <string>
#include <utility>

#include "services/platform/appender/appender.h"
#include "services/platform/event_store/sha256.h"
#include "services/platform/time/clock.h"
#include "tests/notebook/notebook.h"

namespace kkr::notebook {

using Appender = platform::Appender<Notebook>;

// 6 February 2013, the day the hearing letter was sent.
inline absl::Time start_of_hearing() { return absl::FromUnixSeconds(1'360'105'200); }

// A command with a request id, whose digest is that of `said`.
inline Command a_command(std::string request_id, Decide decide, std::string_view said = "") {
  Command command;
  command.request_id = std::move(request_id);
  command.digest = platform::sha256_of(said);
  command.actor = "secretariat";
  command.size_bytes = 100;
  command.decide = std::move(decide);
  return command;
}

inline std::future<Outcome> submit(Appender& appender, Command command) {
  auto promise = std::make_shared<std::promise<Outcome>>();
  auto future = promise->get_future();
  command.complete = [promise](Outcome outcome) { promise->set_value(std::move(outcome)); };
  appender.submit(std::move(command));
  return future;
}

inline Outcome carry_out(Appender& appender, Command command) {
  return submit(appender, std::move(command)).get();
}

struct Workbench {
  platform::DemoClock clock{start_of_hearing()};
  platform::WorkerPool writers{2};
  platform::WorkerPool completions{2};

  platform::AppenderThreads threads() { return {writers, completions}; }

  std::unique_ptr<Appender> appender(platform::EventStore& store,
                                     platform::AppenderOptions options = {}) {
    if (options.log.empty()) options.log = "notebook/hovedstaden";
    return std::make_unique<Appender>(store, clock, threads(), std::move(options));
  }
};

}  // namespace kkr::notebook
