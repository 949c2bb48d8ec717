// ClusterService over gRPC: see cluster.proto. What a process of a service tells the others.
#pragma once

#include <set>
#include <string>

#include "kkr/platform/v1/cluster.grpc.pb.h"
#include "services/platform/cluster/postgres_ports.h"
#include "services/platform/cluster/site_watch.h"
#include "services/platform/grpc/answer_pool.h"

namespace kkr::platform {

class ClusterService final : public v1::ClusterService::CallbackService {
 public:
  // Both must outlive the service.
  ClusterService(PostgresPorts& own, SiteWatch& watch) : own_(own), watch_(watch) {}

  grpc::ServerUnaryReactor* LookAround(grpc::CallbackServerContext* call,
                                       const v1::LookAroundRequest* request,
                                       v1::LookAroundResponse* reply) override;
  grpc::ServerUnaryReactor* Settle(grpc::CallbackServerContext* call,
                                   const v1::SettleRequest* request,
                                   v1::SettleResponse* reply) override;

 private:
  void list_logs(const std::set<std::string>& led,
                 google::protobuf::RepeatedPtrField<v1::LogEnd>& to);
  // Takes in what other processes have recorded in the logs that this one follows.
  void catch_up(const v1::SettleRequest& request);
  grpc::Status settle(const v1::SettleRequest& request, Settlement::Deadline deadline,
                      v1::SettleResponse& reply);

  PostgresPorts& own_;
  SiteWatch& watch_;
  AnswerPool pool_{/*threads=*/2, /*waiting_max=*/32};
};

}  // namespace kkr::platform
