// Tells when the services of this process have done everything that follows from what is recorded:
// every follower has taken in its source, and no work due up to an instant is left. Starts nothing
// and moves no clock.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "absl/time/time.h"
#include "services/platform/due_work/due_loop.h"
#include "services/platform/follower/follow_loop.h"
#include "services/platform/region/log_directory.h"
#include "services/platform/region/region_logs.h"

namespace kkr::platform {

class Settlement {
 public:
  using Deadline = std::chrono::steady_clock::time_point;
  // What a service does by itself.
  struct Loops {
    std::function<void(FollowLoop&)> follower;
    std::function<void(DueLoop&)> due_work;
  };
  // Ends the watching when destroyed.
  class Watch {
   public:
    explicit Watch(std::function<void()> end) : end_(std::move(end)) {}
    ~Watch() { end_(); }
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

   private:
    const std::function<void()> end_;
  };

  explicit Settlement(const LogDirectory& directory) : directory_(directory) {}

  // The loops of `logs` count from now on, until the watch is destroyed, which must be before the
  // logs are. The settlement must outlive the watch.
  template <class Domain>
  [[nodiscard]] std::unique_ptr<Watch> watch(RegionLogs<Domain>& logs) {
    return watch([&logs](const Loops& loops) {
      logs.for_each([&loops](RegionLog<Domain>& log) {
        for (const auto& follower : log.followers()) loops.follower(follower->loop());
        if (auto* due_work = log.due_work()) loops.due_work(due_work->loop());
      });
    });
  }

  // Blocks until every follower of `log` has taken it in up to `position` and no work due by `now`
  // is left. False when the deadline comes first.
  bool await_followed(const std::string& log, std::uint64_t position, absl::Time now,
                      Deadline deadline);
  // Blocks until nothing moves any more: every follower has taken in all there is, and no work due
  // by `instant` is left. The clock must have reached it. False when the deadline comes first.
  bool await_rest(absl::Time instant, Deadline deadline);

 private:
  using Visit = std::function<void(const Loops&)>;

  std::unique_ptr<Watch> watch(Visit visit);
  void visit(const Loops& loops);

  const LogDirectory& directory_;
  std::mutex mutex_;
  std::list<Visit> visits_;
};

}  // namespace kkr::platform
