// What the modules of one service are built on when every service is a process of its own: what the
// process keeps itself, and the other services over the network. Must outlive the modules.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "services/platform/cluster/service_channels.h"
#include "services/platform/cluster/site_logs.h"
#include "services/platform/cluster/site_settlement.h"
#include "services/platform/cluster/site_watch.h"
#include "services/platform/ports/ports.h"

namespace kkr::platform {

class ClusterPorts final : public Ports {
 public:
  // `own` is what `service` keeps here, with its logs in `directory`; `settled` are the services
  // that a site at rest consists of. All references must outlive the ports.
  ClusterPorts(std::string service, Ports& own, LogDirectory& directory, ServiceChannels& channels,
               std::vector<std::string> settled);

  Clock& clock() override { return own_.clock(); }
  DemoClock* demo_clock() override { return own_.demo_clock(); }
  std::optional<absl::Time> demo_clock_asked() const override { return own_.demo_clock_asked(); }
  LogReader& logs() override { return logs_; }
  Settlement& settlement() override { return own_.settlement(); }
  SiteRest& rest() override { return rest_; }
  RegionPorts region_ports(const std::string& service) override {
    return own_.region_ports(service);
  }
  // Of another service only once it has been asked.
  std::unique_ptr<RegionWatch> when_known(const std::string& service, RegionKnown known) override;

  SiteWatch& watch() { return watch_; }

 private:
  const std::string service_;
  Ports& own_;
  SiteLogs logs_;
  SiteSettlement rest_;
  RegionWatches watches_;
  SiteWatch watch_;
};

}  // namespace kkr::platform
