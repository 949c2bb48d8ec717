// What the processes of one service keep together: their logs in PostgreSQL, each led by one of
// them, and a bus between all services. Must outlive the modules.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "services/platform/appender/log_writer.h"
#include "services/platform/bus/bus.h"
#include "services/platform/cluster/service_channels.h"
#include "services/platform/lease/lease_keeper.h"
#include "services/platform/ports/ports.h"
#include "services/platform/postgres/postgres_pool.h"
#include "services/platform/region/log_directory.h"
#include "services/platform/settlement/settlement.h"
#include "services/platform/threads/worker_pool.h"
#include "services/platform/time/clock.h"

namespace kkr::platform {

struct PostgresPortsOptions {
  std::string service;
  std::string replica;  // The name of this process among those of its service.
  std::string address;  // Where the others reach it.
  PostgresSettings postgres{};
  std::size_t connections_max = 16;
  std::optional<absl::Time> demo_clock{};
  AppenderOptions appender{};
};

class PostgresPorts final : public Ports {
 public:
  using MakeBus = std::function<std::unique_ptr<Bus>(WorkerPool&)>;

  // Throws std::runtime_error with a sentence when the schema cannot be used.
  PostgresPorts(const PostgresPortsOptions& options, ServiceChannels& channels,
                const MakeBus& make_bus);
  ~PostgresPorts() override;

  Clock& clock() override;
  DemoClock* demo_clock() override { return demo_clock_.get(); }
  std::optional<absl::Time> demo_clock_asked() const override { return options_.demo_clock; }
  LogReader& logs() override { return directory_; }
  Settlement& settlement() override { return settlement_; }
  SiteRest& rest() override { return settlement_; }
  RegionPorts region_ports(const std::string& service) override;
  std::unique_ptr<RegionWatch> when_known(const std::string& service, RegionKnown known) override;

  LogDirectory& directory() { return directory_; }
  PostgresPool& pool() { return pool_; }
  // Throws std::runtime_error with a sentence when the logs may hold what this program cannot read:
  // it had better not start. When PostgreSQL is out of reach, each log finds out later.
  void check_version();
  // Gives what this process leads to the others; the first thing to do when it ends.
  void hand_over();

 private:
  StoreResult<RegionStores> open(const std::string& region);
  std::variant<std::shared_ptr<EventStore>, PostgresError> open_store(const std::string& region);
  // Throws std::runtime_error with a sentence when the schema cannot be used.
  std::vector<std::string> await_regions();
  std::shared_ptr<grpc::Channel> leader_of(const std::string& region);

  const PostgresPortsOptions options_;
  const Replica self_;
  ServiceChannels& channels_;
  PostgresPool pool_;
  const std::unique_ptr<DemoClock> demo_clock_;      // Null on an ordinary site.
  const std::unique_ptr<SystemClock> system_clock_;  // Null on a demo site.
  WorkerPool writers_;
  WorkerPool completions_;
  const std::unique_ptr<Bus> bus_;
  LogDirectory directory_;
  Settlement settlement_;
  RegionWatches watches_;
  const std::unique_ptr<LeaseTable> leases_;
  LeaseKeeper keeper_;
};

}  // namespace kkr::platform
