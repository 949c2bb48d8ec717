// The lease table's in-memory twin: rows that the replicas of one test share, and each replica's
// way to them. Nothing survives the process. The clock is the steady one, or the test's own.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "services/platform/lease/lease_table.h"

namespace kkr::platform {

// What the database is to the real table. From any thread.
class MemoryLeaseRows {
 public:
  using Instant = std::chrono::steady_clock::time_point;
  explicit MemoryLeaseRows(std::function<Instant()> now = &std::chrono::steady_clock::now)
      : now_(std::move(now)) {}

  // From now on the table tells that the log ends there.
  void set_log(LogEnd log);
  // From now on the table tells that facts of up to this version may be written.
  void want_write_version(std::uint64_t version);
  // Calls `use` when `epoch` is the present one of `region`, and keeps it so meanwhile: what a
  // store does with its row. False: it is not.
  bool with_epoch(const std::string& region, std::uint64_t epoch,
                  const std::function<void()>& use) const;

 private:
  friend class MemoryLeaseTable;
  struct Living {
    Replica replica;
    Instant until;
  };
  bool lives(const std::string& instance) const;
  void tell();

  const std::function<Instant()> now_;
  mutable std::mutex mutex_;  // Guards all below.
  std::condition_variable told_;
  std::uint64_t news_ = 0;  // Counts what was told, so that each replica hears of it.
  std::map<std::string, Living> replicas_;
  std::map<std::string, LeaseRow> leases_;
  std::map<std::string, LogEnd> logs_;
  std::uint64_t wanted_version_ = 1;
};

class MemoryLeaseTable final : public LeaseTable {
 public:
  // The rows must outlive the table.
  explicit MemoryLeaseTable(MemoryLeaseRows& rows) : rows_(rows) {}

  // While so, this replica reaches the rows no more.
  void cut_off(bool is_cut_off) { cut_off_ = is_cut_off; }

  std::optional<LeaseView> renew(const Replica& self,
                                 std::chrono::milliseconds time_to_live) override;
  std::optional<std::uint64_t> take(const Replica& self, const std::string& region,
                                    std::uint64_t seen) override;
  bool hand_over(const Replica& self, const std::string& region, std::uint64_t epoch,
                 const std::string& successor) override;
  void leave(const Replica& self) override;
  LeaseNews wait(std::chrono::milliseconds at_most) override;
  void interrupt() override;

 private:
  MemoryLeaseRows& rows_;
  std::atomic<bool> cut_off_ = false;
  std::uint64_t heard_ = 0;  // Guarded by the rows' mutex, as what follows.
  bool interrupted_ = false;
};

}  // namespace kkr::platform
