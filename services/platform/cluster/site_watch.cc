#include "services/platform/cluster/site_watch.h"

#include <grpcpp/client_context.h>

#include "kkr/platform/v1/cluster.grpc.pb.h"
#include "services/platform/time/timestamp.h"

namespace kkr::platform {
namespace {

using Steady = std::chrono::steady_clock;

constexpr auto kWatchPatience = std::chrono::seconds(2);
// A demo site is watched closely: what a process records carries the time it goes by.
constexpr auto kAskEvery = std::chrono::milliseconds(1'000);
constexpr auto kAskDemoEvery = std::chrono::milliseconds(200);
constexpr auto kLookAgainAfter = std::chrono::milliseconds(50);

}  // namespace

void SiteWatch::watch(const std::string& service) {
  const std::lock_guard lock(mutex_);
  services_.insert(service);
}

void SiteWatch::start() {
  thread_ = std::thread([this] { run(); });
}

void SiteWatch::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopping_now_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool SiteWatch::await(const std::string& service, Steady::time_point deadline) {
  while (!ask(service)) {
    std::unique_lock lock(mutex_);
    if (Steady::now() >= deadline) return false;
    if (stopping_now_.wait_for(lock, kLookAgainAfter, [this] { return stopping_; })) return false;
  }
  return true;
}

void SiteWatch::tell(const std::string& log) {
  const std::size_t slash = log.find('/');
  if (slash != std::string::npos) watches_.tell(log.substr(0, slash), log.substr(slash + 1));
}

void SiteWatch::run() {
  while (true) {
    std::set<std::string> services;
    {
      std::unique_lock lock(mutex_);
      const auto pause = clock_ != nullptr ? kAskDemoEvery : kAskEvery;
      if (stopping_now_.wait_for(lock, pause, [this] { return stopping_; })) return;
      services = services_;
    }
    for (const std::string& service : services) ask(service);
  }
}

bool SiteWatch::ask(const std::string& service) {
  const auto channel = channels_.to(service);
  if (channel == nullptr) return false;
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kWatchPatience);
  // A call that fails at once would leave nobody to wait for the connection, before this process
  // has a server of its own.
  context.set_wait_for_ready(true);
  v1::LookAroundResponse reply;
  const auto stub = v1::ClusterService::NewStub(channel);
  if (!stub->LookAround(&context, {}, &reply).ok()) return false;
  if (clock_ != nullptr && reply.has_demo_time()) {
    // False when this process is ahead: somebody else told it.
    static_cast<void>(clock_->advance_to(instant_of(reply.demo_time())));
  }
  for (const v1::LogEnd& end : reply.logs()) tell(end.log());
  return true;
}

}  // namespace kkr::platform
