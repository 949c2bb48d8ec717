// Which replica should lead which log. Pure, and the same on every replica that sees the same
// table: rendezvous hashing, so that a replica that comes or goes moves only the logs it takes or
// leaves behind.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/platform/lease/lease_table.h"

namespace kkr::platform {

// The one of `replicas` that should lead the log of `region`; null when all of them refuse it.
const Replica* best_placed(const std::vector<Replica>& replicas, const std::string& region);

// What one replica is to do about one log.
enum class LeaseMove {
  kFollow,    // Another replica leads it, or is about to.
  kTake,      // Nobody does, and this replica should.
  kLead,      // This replica does.
  kHandOver,  // This replica does, and another one should.
};

// What a replica has seen happen, on its own steady clock.
struct Observed {
  // How long the log has had no holder that lives.
  std::chrono::milliseconds headless{};
  // How long the best placed replica has lived.
  std::chrono::milliseconds best_alive{};
};

struct PlacementRules {
  // The best placed replica gets this time to take a log before another one does: it may hang.
  std::chrono::milliseconds patience = std::chrono::milliseconds(700);
  // A replica is given a log of another one when it has lived so long: it may be crashing in a
  // loop.
  std::chrono::milliseconds proven_after = std::chrono::seconds(3);
};

// What the replica of instance `self` does about the log of `lease`.
LeaseMove move_of(const LeaseRow& lease, const std::vector<Replica>& living,
                  const std::string& self, Observed observed, const PlacementRules& rules);

}  // namespace kkr::platform
