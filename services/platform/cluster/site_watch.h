// Keeps an eye on the services of other processes: which logs they hold, and, on a demo site, what
// time it is there. Asks each again and again; a service that does not answer is asked later.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "kkr/platform/v1/cluster.pb.h"
#include "services/platform/cluster/service_channels.h"
#include "services/platform/ports/region_watches.h"
#include "services/platform/time/clock.h"

namespace kkr::platform {

class SiteWatch {
 public:
  // `clock` is null on an ordinary site. All must outlive this.
  SiteWatch(ServiceChannels& channels, RegionWatches& watches, DemoClock* clock)
      : channels_(channels), watches_(watches), clock_(clock) {}
  // Like stop().
  ~SiteWatch() { stop(); }

  // Tells of the logs of `service` from now on, and goes by its clock.
  void watch(const std::string& service);
  // Begins to ask, in a thread of its own.
  void start();
  // No question is under way any more.
  void stop();

  // Asks `service` until it answers, then goes by its clock. False when the deadline comes first.
  bool await(const std::string& service, std::chrono::steady_clock::time_point deadline);
  // Tells of a log whose name came in another way.
  void tell(const std::string& log);

 private:
  void run();
  bool ask(const std::string& service);

  ServiceChannels& channels_;
  RegionWatches& watches_;
  DemoClock* const clock_;
  std::mutex mutex_;
  std::condition_variable stopping_now_;
  bool stopping_ = false;
  std::set<std::string> services_;
  std::thread thread_;
};

}  // namespace kkr::platform
