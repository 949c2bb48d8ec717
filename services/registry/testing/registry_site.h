// For tests only: the registry's services over real gRPC, within the process, on an in-memory store
// and a clock that stands at the morning of the hearing letter.
#pragma once

#include <grpcpp/create_channel.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <utility>

#include "kkr/platform/v1/event_log.pb.h"
#include "services/platform/bus/in_process_bus.h"
#include "services/platform/event_store/memory_event_store.h"
#include "services/platform/threads/worker_pool.h"
#include "services/registry/api/body_api.h"
#include "services/registry/api/clock_api.h"
#include "services/registry/api/cluster_api.h"
#include "services/registry/api/municipality_api.h"
#include "services/registry/api/office_api.h"
#include "services/registry/api/person_api.h"
#include "services/registry/api/region_api.h"
#include "services/registry/app/first_facts.h"
#include "services/registry/testing/scene.h"

namespace kkr::registry {

class RegistrySite {
 public:
  RegistrySite() {
    platform::Command<Registry> command;
    command.decide = [](const State& state, const Context& context) {
      return decide_first_facts(state, shipped_facts(), context);
    };
    std::promise<bool> done;
    command.complete = [&done](const platform::Outcome<Registry>& outcome) {
      done.set_value(std::holds_alternative<platform::Committed<Registry>>(outcome));
    };
    log().appender().submit(std::move(command));
    EXPECT_TRUE(done.get_future().get());

    grpc::ServerBuilder builder;
    for (grpc::Service* service : std::initializer_list<grpc::Service*>{
             &regions_, &clusters_, &bodies_, &municipalities_, &persons_, &offices_, &clocks_}) {
      builder.RegisterService(service);
    }
    server_ = builder.BuildAndStart();
  }
  ~RegistrySite() {
    server_->Shutdown();
    logs_.stop();
  }

  std::shared_ptr<grpc::Channel> channel() { return server_->InProcessChannel({}); }
  Log& log() { return *logs_.find(kNationalLog); }
  platform::DemoClock& clock() { return clock_; }
  // Whether the work of the site gets done.
  void rests(bool does) { rests_ = does; }

 private:
  platform::RegionPorts ports() {
    return {.service = "registry",
            .open = [](const std::string& region) -> platform::StoreResult<platform::RegionStores> {
              return platform::RegionStores{
                  std::make_shared<platform::MemoryEventStore>(
                      platform::MemoryEventStore::Options{.log = "registry/" + region}),
                  nullptr};
            },
            .clock = clock_,
            .threads = {writers_, completions_},
            .bus = bus_,
            .directory = directory_};
  }

  platform::DemoClock clock_{scene::context().now};
  platform::WorkerPool writers_{1};
  platform::WorkerPool completions_{2};
  platform::InProcessBus bus_{completions_};
  platform::LogDirectory directory_;
  Logs logs_{ports(),
             {.knows_region = [](std::string_view region) { return region == kNationalLog; },
              .opened = {}}};
  NationalLog national_{logs_, clock_};
  RegionApi regions_{national_};
  ClusterApi clusters_{national_};
  BodyApi bodies_{national_};
  MunicipalityApi municipalities_{national_};
  PersonApi persons_{national_};
  OfficeApi offices_{national_};
  std::atomic<bool> rests_ = true;
  ClockApi clocks_{national_,
                   {.clock = &clock_,
                    .await_rest = [this](absl::Time, auto) { return rests_.load(); },
                    .next_due = [] { return std::nullopt; }}};
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace kkr::registry
