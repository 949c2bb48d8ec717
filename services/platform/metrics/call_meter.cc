#include "services/platform/metrics/call_meter.h"

#include <cstddef>
#include <utility>

#include "services/platform/metrics/metrics.h"

namespace kkr::platform {
namespace {

constexpr std::array kCodeNames = {
    "OK",        "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
    "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
    "ABORTED",   "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
    "DATA_LOSS", "UNAUTHENTICATED"};

prometheus::Histogram& histogram_of(const std::string& service, const std::string& method) {
  return prometheus::BuildHistogram()
      .Name("kkr_call_seconds")
      .Help("How long calls took")
      .Register(metrics())
      .Add({{"service", service}, {"method", method}},
           prometheus::Histogram::BucketBoundaries{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                   0.25, 0.5, 1, 2.5, 5, 10});
}

prometheus::Counter& counter_of(const std::string& service, const std::string& method,
                                grpc::StatusCode code) {
  return prometheus::BuildCounter()
      .Name("kkr_calls_total")
      .Help("Calls by the code they ended with")
      .Register(metrics())
      .Add({{"service", service}, {"method", method}, {"code", code_name(code)}});
}

}  // namespace

std::string code_name(grpc::StatusCode code) {
  const auto index = static_cast<std::size_t>(code);
  return index < kCodeNames.size() ? kCodeNames[index] : "UNKNOWN";
}

CallMeter::CallMeter(std::string service, std::string method)
    : service_(std::move(service)),
      method_(std::move(method)),
      seconds_(histogram_of(service_, method_)) {}

void CallMeter::count(grpc::StatusCode code, std::chrono::steady_clock::duration took) {
  const auto index = static_cast<std::size_t>(code);
  constexpr std::size_t kUnknown = grpc::StatusCode::UNKNOWN;
  auto& kept = by_code_[index < by_code_.size() ? index : kUnknown];
  prometheus::Counter* counter = kept.load();
  if (counter == nullptr) {
    counter = &counter_of(service_, method_, code);  // The same one, whoever asks.
    kept.store(counter);
  }
  counter->Increment();
  seconds_.Observe(std::chrono::duration<double>(took).count());
}

}  // namespace kkr::platform
