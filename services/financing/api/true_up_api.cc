#include "services/financing/api/true_up_api.h"

#include <memory>

#include "services/financing/app/true_up_view.h"
#include "services/financing/domain/true_up_commands.h"

namespace kkr::financing {
namespace {

auto showing_true_up(const std::string& name) {
  return [name = parse_true_up_name(name)](const Financing& state, Log&, v1::TrueUp& reply) {
    if (!name || !state.agreements.contains(name->id.agreement)) {
      return to_status(refusal(Rejection::kAgreementUnknown));
    }
    const auto budget = state.budgets.find(name->id);
    if (budget == nullptr) return to_status(refusal(Rejection::kBudgetUnknown));
    const TrueUp* true_up = true_up_of(*budget, name->number);
    if (true_up == nullptr) return to_status(refusal(Rejection::kTrueUpUnknown));
    reply = shown(*true_up);
    return grpc::Status::OK;
  };
}

}  // namespace

grpc::ServerUnaryReactor* TrueUpApi::SettleTrueUp(grpc::CallbackServerContext* call,
                                                  const v1::SettleTrueUpRequest* request,
                                                  v1::TrueUp* reply) {
  return carry_out(call, logs_, request->name(), request, reply, showing_true_up(request->name()));
}

grpc::ServerUnaryReactor* TrueUpApi::GetTrueUp(grpc::CallbackServerContext* call,
                                               const v1::GetTrueUpRequest* request,
                                               v1::TrueUp* reply) {
  return look_up(call, logs_, request->name(), reply, showing_true_up(request->name()));
}

grpc::ServerUnaryReactor* TrueUpApi::ListTrueUps(grpc::CallbackServerContext* call,
                                                 const v1::ListTrueUpsRequest* request,
                                                 v1::ListTrueUpsResponse* reply) {
  return list(call, logs_, request->parent() + "/trueUps", request, reply,
              [year = parse_budget_name(request->parent())](
                  const Financing& state, Log&, PageFill& page, v1::ListTrueUpsResponse& made) {
                if (!year || !state.agreements.contains(year->id.agreement)) {
                  return to_status(refusal(Rejection::kAgreementUnknown));
                }
                const auto budget = state.budgets.find(year->id);
                if (budget == nullptr) return to_status(refusal(Rejection::kBudgetUnknown));
                for (const TrueUp& true_up : budget->true_ups) {
                  const int number = parse_true_up_name(true_up.content.true_up())->number;
                  if (number <= page.after_number()) continue;
                  if (!page.has_room(made)) break;
                  *made.add_true_ups() = shown(true_up);
                  page.put_in(std::to_string(number));
                }
                return grpc::Status::OK;
              });
}

}  // namespace kkr::financing
