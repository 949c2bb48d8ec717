// One log and its lease in this process: what the keeper wants of the log, and what the log has
// come to. Makes the passages on a pool, one at a time, because they block.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "services/platform/lease/held_lease.h"
#include "services/platform/lease/lease_table.h"
#include "services/platform/lease/log_roles.h"
#include "services/platform/threads/serial_task.h"

namespace prometheus {
class Gauge;
}

namespace kkr::platform {

class LeaseSeat {
 public:
  // What a seat asks of the keeper. From a job of the pool.
  struct Calls {
    // Gives the lease held under `epoch` to `successor`. False: it is not given.
    std::function<bool(const std::string& region, std::uint64_t epoch,
                       const std::string& successor)>
        hand_over;
    // The log has changed its role.
    std::function<void()> changed;
  };

  LeaseSeat(std::string log, std::string region, WorkerPool& pool, Calls calls);

  const std::string& region() const { return region_; }
  const std::shared_ptr<HeldLease>& held() const { return held_; }

  void watch(LeasedLog& log);
  // Returns when the log is told nothing any more.
  void forget();

  // What the table says. A row that is older than what this seat has done is passed over.
  void see(const LeaseRow& row);
  LeaseRow row() const;

  // What is wanted from now on. None blocks.
  void lead(std::uint64_t epoch);
  void follow();
  void hand_over(const std::string& successor);

  bool is_watched() const;
  bool is_leading() const;
  // False when there is no log here, or it must not lead.
  bool is_fit() const;
  // The log ends there, or it has grown without saying where: takes it in when it follows.
  void store_ends(const LogEnd& end);
  void store_grew();
  // Facts of up to this version may be written to the log.
  void may_write(std::uint64_t version);

 private:
  enum class Want { kFollow, kLead, kHandOver };
  void pass();
  void pass_to_lead(LeasedLog& log, std::uint64_t epoch);
  void pass_to_follow(LeasedLog& log);
  void pass_on(LeasedLog& log, std::uint64_t epoch, const std::string& successor);
  void set_leading(bool leading, std::uint64_t epoch);
  LeasedLog* its_log() const;

  const std::string name_;  // `{service}/{region}`
  const std::string region_;
  const Calls calls_;
  const std::shared_ptr<HeldLease> held_ = std::make_shared<HeldLease>();
  prometheus::Gauge& epoch_gauge_;
  prometheus::Gauge& leading_gauge_;

  mutable std::mutex telling_;  // Held while the log is told something short.
  mutable std::mutex mutex_;    // Guards what follows.
  LeasedLog* log_ = nullptr;
  LeaseRow row_;
  Want want_ = Want::kFollow;
  bool must_follow_ = false;  // Before anything else, whatever is wanted by now.
  std::uint64_t epoch_ = 0;   // Under which it is to lead.
  std::string successor_;
  bool leading_ = false;

  SerialTask task_;  // Last: its runs use all of the above.
};

}  // namespace kkr::platform
