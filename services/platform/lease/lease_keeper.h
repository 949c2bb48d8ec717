// Keeps the leases of one service's logs for this process: says that the process lives, takes the
// logs that are free and best placed here, hands over those that are better placed elsewhere, and
// tells each log whether it leads. Looks at the table twice a second, or when it hears of news.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "services/platform/lease/held_lease.h"
#include "services/platform/lease/lease_table.h"
#include "services/platform/lease/log_roles.h"
#include "services/platform/lease/placement.h"

namespace kkr::platform {

struct LeaseKeeperOptions {
  std::string service;  // The first part of the logs' names.
  std::chrono::milliseconds renew_every{500};
  std::chrono::milliseconds time_to_live{1'500};
  PlacementRules placement{};
  // Called for a region that has a log in the store and is not watched, again until it is; from a
  // thread that may block. May be empty.
  std::function<void(const std::string& region)> discovered{};
};

class LeaseKeeper final : public LogRoles {
 public:
  // The table must outlive the keeper.
  LeaseKeeper(LeaseTable& table, Replica self, LeaseKeeperOptions options);
  // Like stop(). The logs have been forgotten.
  ~LeaseKeeper() override;

  // Begins, from a thread of its own. Logs that are watched before are placed at once.
  void start();
  // Takes no more logs and gives every one it has to another replica that lives, for so long at
  // most. Commands that still come are then forwarded there. Call first when the process ends.
  void hand_over(std::chrono::milliseconds at_most);
  // Ends the replica: whatever it still leads is free for the others at once.
  void stop();

  // What the store of `region` appends under.
  std::shared_ptr<HeldLease> lease(const std::string& region);
  // The replica that leads the log, as far as is known; nullopt when none does that lives.
  std::optional<Replica> leader(const std::string& region) const;
  const Replica& self() const;

  void watch(const std::string& region, LeasedLog& log) override;
  void forget(const std::string& region) override;
  void lost(const std::string& region) override;
  bool surely_held(const std::string& region) override;
  bool await_leader(const std::string& region, std::chrono::milliseconds at_most) override;

 private:
  class Keeping;
  const std::unique_ptr<Keeping> keeping_;
};

}  // namespace kkr::platform
