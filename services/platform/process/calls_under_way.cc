#include "services/platform/process/calls_under_way.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>

#include "services/platform/log/log.h"
#include "services/platform/metrics/call_meter.h"
#include "services/platform/trace/trace_context.h"

namespace kkr::platform {
namespace {

using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::Interceptor;
using grpc::experimental::InterceptorBatchMethods;

// What the caller got wrong is the caller's to look at; what we got wrong is ours.
LogLevel level_of(grpc::StatusCode code) {
  switch (code) {
    case grpc::StatusCode::UNKNOWN:
    case grpc::StatusCode::INTERNAL:
    case grpc::StatusCode::DATA_LOSS: return LogLevel::kError;
    case grpc::StatusCode::UNAVAILABLE:
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
    case grpc::StatusCode::DEADLINE_EXCEEDED: return LogLevel::kWarning;
    default: return LogLevel::kDebug;
  }
}

// Such a call lasts as long as its client: nobody waits for it.
bool watches_health(std::string_view path) { return path == "/grpc.health.v1.Health/Watch"; }

// gRPC makes one for each call and destroys it when the call is over.
class CountedCall final : public Interceptor {
 public:
  CountedCall(CallsUnderWay& calls, CallMeter& meter, const char* path)
      : calls_(calls), meter_(meter), path_(path) {
    calls_.begin();
  }
  ~CountedCall() override {
    const auto took = std::chrono::steady_clock::now() - began_at_;
    meter_.count(code_, took);
    log_call(took);
    calls_.end();
  }

  void Intercept(InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::POST_RECV_INITIAL_METADATA)) {
      const auto& received = *methods->GetRecvInitialMetadata();
      const auto found = received.find("traceparent");
      if (found != received.end()) {
        trace_ = parse_traceparent({found->second.data(), found->second.size()});
      }
    }
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_STATUS)) {
      code_ = methods->GetSendStatus().error_code();
    }
    methods->Proceed();
  }

 private:
  void log_call(std::chrono::steady_clock::duration took) const {
    const LogLevel level = level_of(code_);
    if (!logs_from(level)) return;
    const LogTrace trace(trace_ ? *trace_ : new_trace());
    const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
    log(level, "call ended", {{"method", path_}, {"code", code_name(code_)}, {"took_us", micros}});
  }

  CallsUnderWay& calls_;
  CallMeter& meter_;
  const std::string path_;
  std::optional<TraceContext> trace_;
  const std::chrono::steady_clock::time_point began_at_ = std::chrono::steady_clock::now();
  grpc::StatusCode code_ = grpc::StatusCode::CANCELLED;  // Nobody is told of another.
};

// Lives as long as its server, so calls may refer to it.
class CountedCalls final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  explicit CountedCalls(std::shared_ptr<CallsUnderWay> calls) : calls_(std::move(calls)) {}

  Interceptor* CreateServerInterceptor(grpc::experimental::ServerRpcInfo* call) override {
    if (watches_health(call->method())) return nullptr;
    auto counted = std::make_unique<CountedCall>(*calls_, meter_of(call->method()), call->method());
    return counted.release();  // gRPC owns it.
  }

 private:
  // `path` is `/kkr.registry.v1.RegionService/GetRegion`; one of those the server has registered.
  CallMeter& meter_of(std::string_view path) {
    {
      const std::shared_lock lock(mutex_);
      const auto found = meters_.find(path);
      if (found != meters_.end()) return *found->second;
    }
    const std::size_t slash = path.rfind('/');
    auto meter = std::make_unique<CallMeter>(std::string(path.substr(1, slash - 1)),
                                             std::string(path.substr(slash + 1)));
    const std::lock_guard lock(mutex_);
    return *meters_.emplace(path, std::move(meter)).first->second;
  }

  const std::shared_ptr<CallsUnderWay> calls_;
  std::shared_mutex mutex_;
  std::map<std::string, std::unique_ptr<CallMeter>, std::less<>> meters_;
};

}  // namespace

void CallsUnderWay::begin() {
  const std::lock_guard lock(mutex_);
  ++count_;
  ++begun_;
}

void CallsUnderWay::end() {
  const std::lock_guard lock(mutex_);
  if (--count_ == 0) none_.notify_all();
}

bool CallsUnderWay::wait_for_none(std::chrono::steady_clock::time_point deadline,
                                  std::chrono::milliseconds quiet) {
  std::unique_lock lock(mutex_);
  while (none_.wait_until(lock, deadline, [this] { return count_ == 0; })) {
    const std::size_t begun = begun_;
    const auto quiet_since = std::chrono::steady_clock::now();
    const auto until = std::min(deadline, quiet_since + quiet);
    while (begun_ == begun && std::chrono::steady_clock::now() < until) {
      none_.wait_until(lock, until);
    }
    if (begun_ == begun) return true;
  }
  return false;
}

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> counting_calls(
    std::shared_ptr<CallsUnderWay> calls) {
  return std::make_unique<CountedCalls>(std::move(calls));
}

}  // namespace kkr::platform
