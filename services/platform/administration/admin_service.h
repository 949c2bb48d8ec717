// AdminService over gRPC: see admin.proto. Serve it on the data folder's socket only.
#pragma once

#include "kkr/platform/v1/admin.grpc.pb.h"
#include "services/platform/administration/running_site.h"
#include "services/platform/grpc/answer_pool.h"

namespace kkr::platform {

class AdminService final : public v1::AdminService::CallbackService {
 public:
  // `site` must outlive the service.
  explicit AdminService(const RunningSite& site) : site_(site) {}

  grpc::ServerUnaryReactor* Verify(grpc::CallbackServerContext* call,
                                   const v1::VerifyRequest* request,
                                   v1::VerifyResponse* reply) override;
  grpc::ServerUnaryReactor* BackUp(grpc::CallbackServerContext* call,
                                   const v1::BackUpRequest* request,
                                   v1::BackUpResponse* reply) override;

 private:
  const RunningSite& site_;
  AnswerPool pool_{/*threads=*/1, /*waiting_max=*/8};  // One after the other.
};

}  // namespace kkr::platform
