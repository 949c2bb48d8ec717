// Brings a whole site to rest that runs in several processes, by asking each of them over gRPC.
// Used by the one that moves the demo clock.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "kkr/platform/v1/cluster.grpc.pb.h"
#include "services/platform/cluster/service_channels.h"
#include "services/platform/settlement/site_rest.h"
#include "services/platform/time/clock.h"

namespace kkr::platform {

class SiteSettlement final : public SiteRest {
 public:
  // Asks every replica of `services`, which have addresses in `channels`. Both references must
  // outlive this.
  SiteSettlement(std::vector<std::string> services, ServiceChannels& channels, const Clock& clock)
      : services_(std::move(services)), channels_(channels), clock_(clock) {}

  // As of the last time that the site was found at rest.
  std::optional<absl::Time> next_due() override;
  // A replica that cannot be reached counts as gone. Not at rest is a site with a service that
  // nobody serves, or a log that nobody leads.
  bool await_rest(absl::Time instant, Deadline deadline) override;

 private:
  // What the processes said when each was asked once.
  struct Round {
    bool complete = true;  // Every service answered, and nobody was still at work.
    std::map<std::string, std::uint64_t> ends;  // By log.
    std::set<std::string> led;
    std::optional<absl::Time> next_due;
  };

  Round ask_all(const std::map<std::string, std::uint64_t>& ends, Deadline deadline);

  const std::vector<std::string> services_;
  ServiceChannels& channels_;
  const Clock& clock_;
  std::mutex mutex_;
  std::optional<absl::Time> next_due_;
};

}  // namespace kkr::platform
