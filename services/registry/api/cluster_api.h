// ClusterService over gRPC.
#pragma once

#include "kkr/registry/v1/cluster.grpc.pb.h"
#include "services/registry/api/national_log.h"

namespace kkr::registry {

class ClusterApi final : public v1::ClusterService::CallbackService {
 public:
  explicit ClusterApi(NationalLog national) : national_(national) {}

  grpc::ServerUnaryReactor* CreateCluster(grpc::CallbackServerContext* call,
                                          const v1::CreateClusterRequest* request,
                                          v1::Cluster* reply) override;
  grpc::ServerUnaryReactor* GetCluster(grpc::CallbackServerContext* call,
                                       const v1::GetClusterRequest* request,
                                       v1::Cluster* reply) override;
  grpc::ServerUnaryReactor* ListClusters(grpc::CallbackServerContext* call,
                                         const v1::ListClustersRequest* request,
                                         v1::ListClustersResponse* reply) override;
  grpc::ServerUnaryReactor* AddClusterMember(grpc::CallbackServerContext* call,
                                             const v1::AddClusterMemberRequest* request,
                                             v1::Cluster* reply) override;
  grpc::ServerUnaryReactor* EndClusterMember(grpc::CallbackServerContext* call,
                                             const v1::EndClusterMemberRequest* request,
                                             v1::Cluster* reply) override;

 private:
  NationalLog national_;
};

}  // namespace kkr::registry
