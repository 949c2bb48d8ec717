// YearEndService over gRPC.
#pragma once

#include "kkr/financing/v1/year_ends.grpc.pb.h"
#include "services/financing/api/calls.h"

namespace kkr::financing {

class YearEndApi final : public v1::YearEndService::CallbackService {
 public:
  explicit YearEndApi(Logs& logs) : logs_(logs) {}

  grpc::ServerUnaryReactor* CloseYear(grpc::CallbackServerContext* call,
                                      const v1::CloseYearRequest* request,
                                      v1::YearEnd* reply) override;
  grpc::ServerUnaryReactor* GetYearEnd(grpc::CallbackServerContext* call,
                                       const v1::GetYearEndRequest* request,
                                       v1::YearEnd* reply) override;

 private:
  Logs& logs_;
};

}  // namespace kkr::financing
