// Tells when the services of this process have done everything that follows from what is recorded:
// every follower has taken in its source, and no work due up to an instant is left. Starts nothing
// and moves no clock.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "services/platform/due_work/due_loop.h"
#include "services/platform/follower/follow_loop.h"
#include "services/platform/region/log_directory.h"
#include "services/platform/region/region_logs.h"
#include "services/platform/settlement/errands.h"
#include "services/platform/settlement/site_rest.h"

namespace kkr::platform {

class Settlement final : public SiteRest {
 public:
  // What a service does by itself.
  struct Loops {
    std::function<void(FollowLoop&)> follower;
    std::function<void(DueLoop&)> due_work;
    std::function<void(std::optional<absl::Time>)> next_due;
    std::function<void(Errands&)> errands;
    std::function<void(const std::string&)> led;
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

  template <class Domain>
  using NextDue = decltype(DuePlan<Domain>::next_due);

  // The loops of those `logs` that this process leads count from now on, until the watch is
  // destroyed, which must be before the logs are. The settlement must outlive the watch. `next_due`
  // is that of the logs' due work; empty for logs without.
  template <class Domain>
  [[nodiscard]] std::unique_ptr<Watch> watch(RegionLogs<Domain>& logs,
                                             NextDue<Domain> next_due = nullptr) {
    return watch([&logs, next_due = std::move(next_due)](const Loops& loops) {
      logs.for_each([&](RegionLog<Domain>& log) {
        if (!log.leading()) return;  // Its work is another process's.
        loops.led(log.name());
        for (const auto& follower : log.followers()) loops.follower(follower->loop());
        if (auto* due_work = log.due_work()) loops.due_work(due_work->loop());
        if (next_due) loops.next_due(next_due(log.state()->state));
      });
    });
  }
  // The errands count in the same way.
  [[nodiscard]] std::unique_ptr<Watch> watch(Errands& errands) {
    return watch([&errands](const Loops& loops) {
      loops.next_due(errands.next_due());
      loops.errands(errands);
    });
  }

  std::optional<absl::Time> next_due() override;
  // The logs that this process leads now.
  std::set<std::string> led();

  // Blocks until every follower of `log` has taken it in up to `position` and no work due by `now`
  // is left. False when the deadline comes first.
  bool await_followed(const std::string& log, std::uint64_t position, absl::Time now,
                      Deadline deadline);
  bool await_rest(absl::Time instant, Deadline deadline) override;
  // The same where other processes hold logs too: `ends` tells how far each has come, by log. Looks
  // only once, so what is recorded meanwhile may not have been followed.
  bool await_settled(const std::map<std::string, std::uint64_t>& ends, absl::Time instant,
                     Deadline deadline);

 private:
  using Visit = std::function<void(const Loops&)>;

  std::unique_ptr<Watch> watch(Visit visit);
  void visit(const Loops& loops);

  const LogDirectory& directory_;
  std::mutex mutex_;
  std::list<Visit> visits_;
};

}  // namespace kkr::platform
