#include "services/financing/api/agreement_api.h"

#include <memory>
#include <utility>

#include "services/financing/app/views.h"
#include "services/financing/domain/agreement_commands.h"

namespace kkr::financing {
namespace {

grpc::Status show(const Financing& state, Log& log, const AgreementId& id, v1::Agreement& reply) {
  const auto agreement = state.agreements.find(id);
  if (agreement == nullptr) return to_status(refusal(Rejection::kAgreementUnknown));
  Texts texts(log.store());
  reply = shown(*agreement, texts);
  return status_of(texts);
}

auto showing_agreement(AgreementId id) {
  return [id = std::move(id)](const Financing& state, Log& log, v1::Agreement& reply) {
    return show(state, log, id, reply);
  };
}

// Shows the agreement of the name; none for anything but a name.
auto showing_agreement(const std::string& name) {
  const auto parsed = parse_agreement_name(name);
  return showing_agreement(parsed ? parsed->id : AgreementId{});
}

}  // namespace

grpc::ServerUnaryReactor* AgreementApi::CreateAgreement(grpc::CallbackServerContext* call,
                                                        const v1::CreateAgreementRequest* request,
                                                        v1::Agreement* reply) {
  const AgreementId id{created_id(request->agreement_id(), request->request_id())};
  return carry_out(call, logs_, request->parent(), request, reply, showing_agreement(id));
}

grpc::ServerUnaryReactor* AgreementApi::AmendAgreement(grpc::CallbackServerContext* call,
                                                       const v1::AmendAgreementRequest* request,
                                                       v1::Agreement* reply) {
  return carry_out(call, logs_, request->name(), request, reply,
                   showing_agreement(request->name()));
}

grpc::ServerUnaryReactor* AgreementApi::EndAgreement(grpc::CallbackServerContext* call,
                                                     const v1::EndAgreementRequest* request,
                                                     v1::Agreement* reply) {
  return carry_out(call, logs_, request->name(), request, reply,
                   showing_agreement(request->name()));
}

grpc::ServerUnaryReactor* AgreementApi::EraseContacts(grpc::CallbackServerContext* call,
                                                      const v1::EraseContactsRequest* request,
                                                      v1::Agreement* reply) {
  return carry_out(call, logs_, request->name(), request, reply,
                   showing_agreement(request->name()));
}

grpc::ServerUnaryReactor* AgreementApi::GetAgreement(grpc::CallbackServerContext* call,
                                                     const v1::GetAgreementRequest* request,
                                                     v1::Agreement* reply) {
  return look_up(call, logs_, request->name(), reply, showing_agreement(request->name()));
}

grpc::ServerUnaryReactor* AgreementApi::ListAgreements(grpc::CallbackServerContext* call,
                                                       const v1::ListAgreementsRequest* request,
                                                       v1::ListAgreementsResponse* reply) {
  return list(
      call, logs_, request->parent() + "/agreements", request, reply,
      [](const Financing& state, Log& log, PageFill& page, v1::ListAgreementsResponse& made) {
        Texts texts(log.store());
        const AgreementId after{page.after()};
        state.agreements.visit_after(after.text.empty() ? nullptr : &after,
                                     [&](const AgreementId& id, const Agreement& agreement) {
                                       if (!page.has_room(made)) return false;
                                       *made.add_agreements() = shown(agreement, texts);
                                       page.put_in(id.text);
                                       return true;
                                     });
        return status_of(texts);
      });
}

}  // namespace kkr::financing
