// BodyService over gRPC.
#pragma once

#include "kkr/registry/v1/body.grpc.pb.h"
#include "services/registry/api/national_log.h"

namespace kkr::registry {

class BodyApi final : public v1::BodyService::CallbackService {
 public:
  explicit BodyApi(NationalLog national) : national_(national) {}

  grpc::ServerUnaryReactor* CreateBody(grpc::CallbackServerContext* call,
                                       const v1::CreateBodyRequest* request,
                                       v1::Body* reply) override;
  grpc::ServerUnaryReactor* UpdateBody(grpc::CallbackServerContext* call,
                                       const v1::UpdateBodyRequest* request,
                                       v1::Body* reply) override;
  grpc::ServerUnaryReactor* EndBody(grpc::CallbackServerContext* call,
                                    const v1::EndBodyRequest* request, v1::Body* reply) override;
  grpc::ServerUnaryReactor* GetBody(grpc::CallbackServerContext* call,
                                    const v1::GetBodyRequest* request, v1::Body* reply) override;
  grpc::ServerUnaryReactor* ListBodies(grpc::CallbackServerContext* call,
                                       const v1::ListBodiesRequest* request,
                                       v1::ListBodiesResponse* reply) override;

 private:
  NationalLog national_;
};

}  // namespace kkr::registry
