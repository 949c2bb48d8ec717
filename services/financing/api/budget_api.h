// BudgetService over gRPC.
#pragma once

#include "kkr/financing/v1/budgets.grpc.pb.h"
#include "services/financing/api/calls.h"

namespace kkr::financing {

class BudgetApi final : public v1::BudgetService::CallbackService {
 public:
  explicit BudgetApi(Logs& logs) : logs_(logs) {}

  grpc::ServerUnaryReactor* UpdateBudget(grpc::CallbackServerContext* call,
                                         const v1::UpdateBudgetRequest* request,
                                         v1::Budget* reply) override;
  grpc::ServerUnaryReactor* ApproveBudget(grpc::CallbackServerContext* call,
                                          const v1::ApproveBudgetRequest* request,
                                          v1::Budget* reply) override;
  grpc::ServerUnaryReactor* GetBudget(grpc::CallbackServerContext* call,
                                      const v1::GetBudgetRequest* request,
                                      v1::Budget* reply) override;
  grpc::ServerUnaryReactor* ListBudgets(grpc::CallbackServerContext* call,
                                        const v1::ListBudgetsRequest* request,
                                        v1::ListBudgetsResponse* reply) override;

 private:
  Logs& logs_;
};

}  // namespace kkr::financing
