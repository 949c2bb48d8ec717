#include "gateway/site/request_meter.h"

#include <algorithm>
#include <string>

#include "services/platform/metrics/metrics.h"

namespace kkr::gateway {
namespace {

// The last stands for every method that nobody uses in earnest.
constexpr std::array kMethodNames = {"GET",   "HEAD",   "POST",    "PUT",
                                     "PATCH", "DELETE", "OPTIONS", "other"};

std::size_t index_of(std::string_view method) {
  const auto* const found =
      std::find(kMethodNames.begin(), kMethodNames.end() - 1, method);  // `other` if none.
  return static_cast<std::size_t>(found - kMethodNames.begin());
}

}  // namespace

RequestMeter::RequestMeter()
    : seconds_(prometheus::BuildHistogram()
                   .Name("kkr_http_seconds")
                   .Help("How long it took until a request's answer began")
                   .Register(platform::metrics())
                   .Add({}, prometheus::Histogram::BucketBoundaries{0.001, 0.0025, 0.005, 0.01,
                                                                    0.025, 0.05, 0.1, 0.25, 0.5, 1,
                                                                    2.5, 5, 10})) {
  static_assert(kMethodNames.size() == kMethods);
}

void RequestMeter::count(std::string_view method, int status,
                         std::chrono::steady_clock::duration took) {
  const std::size_t at = index_of(method);
  const auto code = static_cast<std::size_t>(std::clamp(status, 0, 599));
  auto& kept = answers_[at * kStatuses + code];
  prometheus::Counter* counter = kept.load();
  if (counter == nullptr) {
    counter = &prometheus::BuildCounter()
                   .Name("kkr_http_requests_total")
                   .Help("Requests by method and the status they were answered with")
                   .Register(platform::metrics())
                   .Add({{"method", kMethodNames.at(at)}, {"status", std::to_string(code)}});
    kept.store(counter);
  }
  counter->Increment();
  seconds_.Observe(std::chrono::duration<double>(took).count());
}

}  // namespace kkr::gateway
