// The port to the table that says which process leads which log of one service. Grants and tells;
// who should lead is reckoned elsewhere. Nothing here depends on a clock that processes share: a
// holder whose successor has raised the epoch commits nothing more, whatever time it thinks it is.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kkr::platform {

// A process that may lead logs.
struct Replica {
  std::string instance;  // A UUID, new at each start.
  std::string name;      // The same after a restart: what logs are placed by.
  std::string address;   // Where its gRPC server is reached.
  // The regions it must not be given, because it cannot read their logs; "*" stands for all.
  std::vector<std::string> refuses{};
  // The newest version of facts it reads in them: see fact_versions.h.
  std::uint64_t version_read = 1;
  bool operator==(const Replica&) const = default;
};

struct LeaseRow {
  std::string region;
  std::uint64_t epoch = 0;  // Raised whenever the log changes hands; 0: it never had a holder.
  std::string holder;       // An instance that may no longer live; empty for nobody.
  bool operator==(const LeaseRow&) const = default;
};

// Where a log ends, as far as it takes to see that it has grown, was restored, or may hold newer
// facts.
struct LogEnd {
  std::string region;
  std::string generation;
  std::uint64_t position = 0;
  std::uint64_t write_version = 1;
  bool operator==(const LogEnd&) const = default;
};

// The table at one moment.
struct LeaseView {
  std::vector<Replica> replicas;  // Those that live, in order of instances.
  std::vector<LeaseRow> leases;   // In order of regions.
  std::vector<LogEnd> logs;       // In order of regions; what the service has a log of.
  // Up to which version facts may be written, in every log of the service. Never less than before.
  std::uint64_t wanted_version = 1;
};

// What was told between two looks at the table. Only a hint: a look finds the same, later.
struct LeaseNews {
  bool leases_changed = false;
  std::vector<std::string> grown;  // Regions whose logs were appended to.
};

// All calls may come from any thread, and block for a bounded time. None throws.
class LeaseTable {
 public:
  virtual ~LeaseTable() = default;

  // Says that `self` lives, for `time_to_live` from now, which holds for every lease it has; and
  // looks at the table. nullopt when the table cannot be reached.
  virtual std::optional<LeaseView> renew(const Replica& self,
                                         std::chrono::milliseconds time_to_live) = 0;
  // Takes the lease of `region` when its epoch is still `seen` and nobody that lives holds it, and
  // returns the epoch raised. When it returns, nothing the holder before had under way can still be
  // committed. nullopt: somebody else was first, or the table cannot be reached.
  virtual std::optional<std::uint64_t> take(const Replica& self, const std::string& region,
                                            std::uint64_t seen) = 0;
  // Gives the lease that `self` holds under `epoch` to the instance `successor`, or to nobody when
  // that is empty. False when `self` did not hold it any more, or the table cannot be reached.
  virtual bool hand_over(const Replica& self, const std::string& region, std::uint64_t epoch,
                         const std::string& successor) = 0;
  // `self` ends: it no longer lives, and what it holds can be taken at once.
  virtual void leave(const Replica& self) = 0;

  // Blocks until there is news, interrupt() was called, or the time is over.
  virtual LeaseNews wait(std::chrono::milliseconds at_most) = 0;
  // Makes a wait() that is under way, or the next one, return.
  virtual void interrupt() = 0;
};

}  // namespace kkr::platform
