#include "services/financing/api/budget_api.h"

#include <memory>

#include "services/financing/app/views.h"
#include "services/financing/domain/budget_commands.h"

namespace kkr::financing {
namespace {

auto showing_budget(const std::string& name) {
  return [name = parse_budget_name(name)](const Financing& state, Log&, v1::Budget& reply) {
    if (!name || !state.agreements.contains(name->id.agreement)) {
      return to_status(refusal(Rejection::kAgreementUnknown));
    }
    const auto budget = state.budgets.find(name->id);
    if (budget == nullptr) return to_status(refusal(Rejection::kBudgetUnknown));
    reply = shown(state, name->id, *budget);
    return grpc::Status::OK;
  };
}

}  // namespace

grpc::ServerUnaryReactor* BudgetApi::UpdateBudget(grpc::CallbackServerContext* call,
                                                  const v1::UpdateBudgetRequest* request,
                                                  v1::Budget* reply) {
  const std::string& name = request->budget().name();
  return carry_out(call, logs_, name, request, reply, showing_budget(name));
}

grpc::ServerUnaryReactor* BudgetApi::ApproveBudget(grpc::CallbackServerContext* call,
                                                   const v1::ApproveBudgetRequest* request,
                                                   v1::Budget* reply) {
  return carry_out(call, logs_, request->name(), request, reply, showing_budget(request->name()));
}

grpc::ServerUnaryReactor* BudgetApi::GetBudget(grpc::CallbackServerContext* call,
                                               const v1::GetBudgetRequest* request,
                                               v1::Budget* reply) {
  return look_up(call, logs_, request->name(), reply, showing_budget(request->name()));
}

grpc::ServerUnaryReactor* BudgetApi::ListBudgets(grpc::CallbackServerContext* call,
                                                 const v1::ListBudgetsRequest* request,
                                                 v1::ListBudgetsResponse* reply) {
  return list(call, logs_, request->parent() + "/budgets", request, reply,
              [agreement = parse_agreement_name(request->parent())](
                  const Financing& state, Log&, PageFill& page, v1::ListBudgetsResponse& made) {
                if (!agreement || !state.agreements.contains(agreement->id)) {
                  return to_status(refusal(Rejection::kAgreementUnknown));
                }
                const YearKey after{agreement->id, page.after_number()};
                state.budgets.visit_after(&after, [&](const YearKey& year, const Budget& budget) {
                  if (year.agreement != agreement->id || !page.has_room(made)) return false;
                  *made.add_budgets() = shown(state, year, budget);
                  page.put_in(std::to_string(year.year));
                  return true;
                });
                return grpc::Status::OK;
              });
}

}  // namespace kkr::financing
