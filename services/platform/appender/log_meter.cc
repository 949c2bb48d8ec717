#include "services/platform/appender/log_meter.h"

#include <variant>

#include "services/platform/metrics/metrics.h"

namespace kkr::platform {
namespace {

using Boundaries = prometheus::Histogram::BucketBoundaries;

// Of the failures in their order, after the three that are none.
constexpr std::array kOutcomeNames = {
    "committed",      "retried",        "refused",         "queue_full",   "expired",
    "cancelled",      "request_reused", "event_too_large", "storage_full", "store_unavailable",
    "region_damaged", "shutting_down",  "out_of_order",    "not_holder",   "fact_too_new"};
constexpr std::size_t kFirstFailure = 3;

std::size_t index_of(const Verdict& verdict) {
  if (const auto* done = std::get_if<CarriedOut>(&verdict)) return done->retried ? 1 : 0;
  if (const auto* failure = std::get_if<CommandFailure>(&verdict)) {
    return kFirstFailure + static_cast<std::size_t>(*failure);
  }
  return 2;
}

prometheus::Histogram& histogram_of(const std::string& name, const std::string& help,
                                    const std::string& log, const Boundaries& boundaries) {
  return prometheus::BuildHistogram().Name(name).Help(help).Register(metrics()).Add({{"log", log}},
                                                                                    boundaries);
}

}  // namespace

LogMeter::LogMeter(const std::string& log)
    : log_(log),
      commands_(histogram_of("kkr_batch_commands", "Commands decided in one batch", log,
                             Boundaries{1, 2, 4, 8, 16, 32, 64, 128, 256, 512})),
      seconds_(histogram_of(
          "kkr_commit_seconds", "How long transactions took", log,
          Boundaries{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5})),
      queued_(prometheus::BuildGauge()
                  .Name("kkr_queue_commands")
                  .Help("Commands that wait for their log's writer")
                  .Register(metrics())
                  .Add({{"log", log}})) {
  static_assert(kOutcomeNames.size() == kOutcomes);
}

void LogMeter::batch(std::size_t commands, std::size_t queued) {
  commands_.Observe(static_cast<double>(commands));
  queued_.Set(static_cast<double>(queued));
}

void LogMeter::outcome(const Verdict& verdict) {
  const std::size_t index = index_of(verdict);
  prometheus::Counter* counter = outcomes_.at(index).load();
  if (counter == nullptr) {
    counter = &prometheus::BuildCounter()
                   .Name("kkr_commands_total")
                   .Help("Commands by what they came to")
                   .Register(metrics())
                   .Add({{"log", log_}, {"outcome", kOutcomeNames.at(index)}});
    outcomes_.at(index).store(counter);
  }
  counter->Increment();
}

}  // namespace kkr::platform
