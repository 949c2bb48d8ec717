#include "services/financing/api/charge_api.h"

#include <memory>
#include <variant>

#include "services/financing/app/charge_view.h"
#include "services/financing/domain/charge_commands.h"

namespace kkr::financing {
namespace {

auto showing_charge(const std::string& name) {
  return [name = parse_charge_name(name)](const Financing& state, Log&, v1::Charge& reply) {
    if (!name || !state.agreements.contains(name->id.agreement)) {
      return to_status(refusal(Rejection::kAgreementUnknown));
    }
    const auto charge = state.charges.find(name->id);
    if (charge == nullptr) return to_status(refusal(Rejection::kChargeUnknown));
    reply = shown(*charge);
    return grpc::Status::OK;
  };
}

grpc::Status preview(const Financing& state, const std::string& name, LocalDate today,
                     v1::ChargePreview& reply) {
  const auto parsed = parse_charge_name(name);
  const auto charge = parsed ? state.charges.find(parsed->id) : nullptr;
  if (charge != nullptr && charge->run) {
    reply = preview_of_run(state, *charge);
    return grpc::Status::OK;
  }
  const auto plan = plan_charge(state, name, today);
  if (const auto* fault = std::get_if<Refusal>(&plan)) return to_status(*fault);
  reply = shown(std::get<ChargePlan>(plan));
  return grpc::Status::OK;
}

}  // namespace

grpc::ServerUnaryReactor* ChargeApi::PreviewCharge(grpc::CallbackServerContext* call,
                                                   const v1::PreviewChargeRequest* request,
                                                   v1::ChargePreview* reply) {
  return look_up(
      call, logs_, request->name(), reply,
      [this, name = request->name()](const Financing& state, Log&, v1::ChargePreview& made) {
        return preview(state, name, platform::local_date_of(clock_.now()), made);
      });
}

grpc::ServerUnaryReactor* ChargeApi::RunCharge(grpc::CallbackServerContext* call,
                                               const v1::RunChargeRequest* request,
                                               v1::Charge* reply) {
  return carry_out(call, logs_, request->name(), request, reply, showing_charge(request->name()));
}

grpc::ServerUnaryReactor* ChargeApi::GetCharge(grpc::CallbackServerContext* call,
                                               const v1::GetChargeRequest* request,
                                               v1::Charge* reply) {
  return look_up(call, logs_, request->name(), reply, showing_charge(request->name()));
}

grpc::ServerUnaryReactor* ChargeApi::ListCharges(grpc::CallbackServerContext* call,
                                                 const v1::ListChargesRequest* request,
                                                 v1::ListChargesResponse* reply) {
  return list(call, logs_, request->parent() + "/charges", request, reply,
              [agreement = parse_agreement_name(request->parent())](
                  const Financing& state, Log&, PageFill& page, v1::ListChargesResponse& made) {
                if (!agreement || !state.agreements.contains(agreement->id)) {
                  return to_status(refusal(Rejection::kAgreementUnknown));
                }
                const YearKey after{agreement->id, page.after_number()};
                state.charges.visit_after(&after, [&](const YearKey& year, const Charge& charge) {
                  if (year.agreement != agreement->id || !page.has_room(made)) return false;
                  *made.add_charges() = shown(charge);
                  page.put_in(std::to_string(year.year));
                  return true;
                });
                return grpc::Status::OK;
              });
}

}  // namespace kkr::financing
