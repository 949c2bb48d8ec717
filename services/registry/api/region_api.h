// RegionService over gRPC.
#pragma once

#include "kkr/registry/v1/region.grpc.pb.h"
#include "services/registry/api/national_log.h"

namespace kkr::registry {

class RegionApi final : public v1::RegionService::CallbackService {
 public:
  explicit RegionApi(NationalLog national) : national_(national) {}

  grpc::ServerUnaryReactor* CreateRegion(grpc::CallbackServerContext* call,
                                         const v1::CreateRegionRequest* request,
                                         v1::Region* reply) override;
  grpc::ServerUnaryReactor* GetRegion(grpc::CallbackServerContext* call,
                                      const v1::GetRegionRequest* request,
                                      v1::Region* reply) override;
  grpc::ServerUnaryReactor* ListRegions(grpc::CallbackServerContext* call,
                                        const v1::ListRegionsRequest* request,
                                        v1::ListRegionsResponse* reply) override;
  grpc::ServerUnaryReactor* UpdateRegion(grpc::CallbackServerContext* call,
                                         const v1::UpdateRegionRequest* request,
                                         v1::Region* reply) override;
  grpc::ServerUnaryReactor* EndRegion(grpc::CallbackServerContext* call,
                                      const v1::EndRegionRequest* request,
                                      v1::Region* reply) override;
  grpc::ServerUnaryReactor* AddRegionMember(grpc::CallbackServerContext* call,
                                            const v1::AddRegionMemberRequest* request,
                                            v1::RegionMembership* reply) override;
  grpc::ServerUnaryReactor* EndRegionMember(grpc::CallbackServerContext* call,
                                            const v1::EndRegionMemberRequest* request,
                                            v1::RegionMembership* reply) override;
  grpc::ServerUnaryReactor* ListRegionMemberships(
      grpc::CallbackServerContext* call, const v1::ListRegionMembershipsRequest* request,
      v1::ListRegionMembershipsResponse* reply) override;

 private:
  NationalLog national_;
};

}  // namespace kkr::registry
