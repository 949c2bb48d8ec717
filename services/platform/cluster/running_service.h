// Everything a service as a program of its own consists of while it runs, in order of need.
#pragma once

#include <string>
#include <vector>

#include "services/platform/cluster/cluster_ports.h"
#include "services/platform/cluster/cluster_service.h"
#include "services/platform/cluster/operations.h"
#include "services/platform/cluster/postgres_ports.h"
#include "services/platform/cluster/run_service.h"
#include "services/platform/cluster/service_config.h"
#include "services/platform/event_log/event_log_service.h"
#include "services/platform/operations/process_probes.h"
#include "services/platform/process/process.h"

namespace kkr::platform {

class RunningService {
 public:
  // Starts the module in `process`, which must outlive this and is stopped by its end, also by that
  // of a half made one. Throws std::runtime_error with a sentence when it cannot start.
  RunningService(const ServiceProgram& program, const ServiceConfig& config, Process& process);

 private:
  struct StopAtEnd {
    Process& process;
    SiteWatch& watch;
    ~StopAtEnd() {
      watch.stop();
      process.stop();
    }
  };

  // On a demo site nothing may be recorded before the time is known.
  void go_by_the_clock_of(const std::vector<std::string>& services);

  // What a service asks another must be true at this moment, whichever replica is asked.
  ServiceChannels channels_;
  PostgresPorts own_;
  ClusterPorts ports_;
  EventLogService event_log_;
  ClusterService cluster_;
  ProcessProbes probes_;
  Operations operations_;
  const StopAtEnd stop_at_end_;  // Last: the module stops before what it is built on is gone.
};

}  // namespace kkr::platform
