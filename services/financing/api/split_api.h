// SplitService over gRPC.
#pragma once

#include "kkr/financing/v1/splits.grpc.pb.h"
#include "services/financing/api/calls.h"
#include "services/financing/api/registry_client.h"
#include "services/platform/time/clock.h"

namespace kkr::financing {

class SplitApi final : public v1::SplitService::CallbackService {
 public:
  SplitApi(Logs& logs, const platform::Clock& clock, RegistryClient& registry)
      : logs_(logs), clock_(clock), registry_(registry) {}

  grpc::ServerUnaryReactor* CreateSplit(grpc::CallbackServerContext* call,
                                        const v1::CreateSplitRequest* request,
                                        v1::Split* reply) override;
  grpc::ServerUnaryReactor* GetSplit(grpc::CallbackServerContext* call,
                                     const v1::GetSplitRequest* request, v1::Split* reply) override;
  grpc::ServerUnaryReactor* ListSplits(grpc::CallbackServerContext* call,
                                       const v1::ListSplitsRequest* request,
                                       v1::ListSplitsResponse* reply) override;
  grpc::ServerUnaryReactor* ExportSplit(grpc::CallbackServerContext* call,
                                        const v1::ExportSplitRequest* request,
                                        google::api::HttpBody* reply) override;

 private:
  // Asks the registry, then decides.
  void create(grpc::CallbackServerContext* call, grpc::ServerUnaryReactor* reactor, Log& log,
              const v1::CreateSplitRequest* request, v1::Split* reply);

  Logs& logs_;
  const platform::Clock& clock_;
  RegistryClient& registry_;
};

}  // namespace kkr::financing
