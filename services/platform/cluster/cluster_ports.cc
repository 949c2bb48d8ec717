#include "services/platform/cluster/cluster_ports.h"

#include <utility>

namespace kkr::platform {

ClusterPorts::ClusterPorts(std::string service, Ports& own, LogDirectory& directory,
                           ServiceChannels& channels, std::vector<std::string> settled)
    : service_(std::move(service)),
      own_(own),
      logs_(service_, directory, channels),
      rest_(std::move(settled), channels, own.clock()),
      watch_(channels, watches_, own.demo_clock()) {}

std::unique_ptr<RegionWatch> ClusterPorts::when_known(const std::string& service,
                                                      RegionKnown known) {
  if (service == service_) return own_.when_known(service, std::move(known));
  auto watch = watches_.add(service, std::move(known));
  watch_.watch(service);
  return watch;
}

}  // namespace kkr::platform
