// LedgerService over gRPC.
#pragma once

#include "kkr/financing/v1/ledger.grpc.pb.h"
#include "services/financing/api/calls.h"

namespace kkr::financing {

class LedgerApi final : public v1::LedgerService::CallbackService {
 public:
  explicit LedgerApi(Logs& logs) : logs_(logs) {}

  grpc::ServerUnaryReactor* GetTrialBalance(grpc::CallbackServerContext* call,
                                            const v1::GetTrialBalanceRequest* request,
                                            v1::TrialBalance* reply) override;
  grpc::ServerUnaryReactor* GetStatement(grpc::CallbackServerContext* call,
                                         const v1::GetStatementRequest* request,
                                         v1::Statement* reply) override;
  grpc::ServerUnaryReactor* ListPostings(grpc::CallbackServerContext* call,
                                         const v1::ListPostingsRequest* request,
                                         v1::ListPostingsResponse* reply) override;

 private:
  Logs& logs_;
};

}  // namespace kkr::financing
