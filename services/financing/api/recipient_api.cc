#include "services/financing/api/recipient_api.h"

#include <memory>

#include "services/financing/app/views.h"
#include "services/financing/domain/recipient_commands.h"

namespace kkr::financing {
namespace {

auto showing_recipient(const std::string& name) {
  return
      [name = parse_recipient_name(name)](const Financing& state, Log& log, v1::Recipient& reply) {
        if (!name || !state.agreements.contains(name->id.agreement)) {
          return to_status(refusal(Rejection::kAgreementUnknown));
        }
        const auto recipient = state.recipients.find(name->id);
        if (recipient == nullptr) return to_status(refusal(Rejection::kRecipientUnknown));
        Texts texts(log.store());
        reply = shown(*recipient, texts);
        return status_of(texts);
      };
}

}  // namespace

grpc::ServerUnaryReactor* RecipientApi::UpdateRecipient(grpc::CallbackServerContext* call,
                                                        const v1::UpdateRecipientRequest* request,
                                                        v1::Recipient* reply) {
  const std::string& name = request->recipient().name();
  return carry_out(call, logs_, name, request, reply, showing_recipient(name));
}

grpc::ServerUnaryReactor* RecipientApi::EraseBuyerReference(
    grpc::CallbackServerContext* call, const v1::EraseBuyerReferenceRequest* request,
    v1::Recipient* reply) {
  return carry_out(call, logs_, request->name(), request, reply,
                   showing_recipient(request->name()));
}

grpc::ServerUnaryReactor* RecipientApi::GetRecipient(grpc::CallbackServerContext* call,
                                                     const v1::GetRecipientRequest* request,
                                                     v1::Recipient* reply) {
  return look_up(call, logs_, request->name(), reply, showing_recipient(request->name()));
}

grpc::ServerUnaryReactor* RecipientApi::ListRecipients(grpc::CallbackServerContext* call,
                                                       const v1::ListRecipientsRequest* request,
                                                       v1::ListRecipientsResponse* reply) {
  return list(
      call, logs_, request->parent() + "/recipients", request, reply,
      [agreement = parse_agreement_name(request->parent())](
          const Financing& state, Log& log, PageFill& page, v1::ListRecipientsResponse& made) {
        if (!agreement || !state.agreements.contains(agreement->id)) {
          return to_status(refusal(Rejection::kAgreementUnknown));
        }
        Texts texts(log.store());
        const RecipientKey after{agreement->id, MunicipalityCode{page.after()}};
        state.recipients.visit_after(&after,
                                     [&](const RecipientKey& key, const Recipient& recipient) {
                                       if (key.agreement != agreement->id || !page.has_room(made))
                                         return false;
                                       *made.add_recipients() = shown(recipient, texts);
                                       page.put_in(key.municipality.text);
                                       return true;
                                     });
        return status_of(texts);
      });
}

}  // namespace kkr::financing
