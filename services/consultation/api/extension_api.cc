#include "services/consultation/api/extension_api.h"

#include <utility>

#include "services/consultation/app/views.h"
#include "services/consultation/domain/extension_commands.h"
#include "services/platform/grpc/request_fields.h"

namespace kkr::consultation {
namespace {

grpc::Status extension_unknown() {
  return platform::error_status(grpc::StatusCode::NOT_FOUND, "EXTENSION_UNKNOWN",
                                "This municipality has no extension in this round.");
}

// Shows the extension of the name.
auto showing_extension(const std::string& name) {
  return [key = round_member_of(name, "extensions")](const Consultation& state, Log& log,
                                                     v1::Extension& reply) {
    const auto round = state.rounds.find(key.round);
    if (round == nullptr) return to_status(refusal(Rejection::kRoundUnknown));
    const Extension* extension = extension_of(*round, key.municipality);
    if (extension == nullptr) return extension_unknown();
    Texts texts(log.store());
    reply = shown(*extension, texts);
    return status_of(texts);
  };
}

grpc::Status list(const Consultation& state, Log& log, const std::string& round_name,
                  const std::string& scope, const platform::Page& page,
                  v1::ListExtensionsResponse& reply) {
  const auto round = state.rounds.find(round_of(round_name));
  if (round == nullptr) return to_status(refusal(Rejection::kRoundUnknown));
  Texts texts(log.store());
  auto next = round->extensions.upper_bound(MunicipalityCode{page.after});
  for (std::size_t i = 0; i < page.size && next != round->extensions.end(); ++i, ++next) {
    *reply.add_extensions() = shown(next->second, texts);
  }
  if (next != round->extensions.end()) {
    reply.set_next_page_token(platform::make_page_token(scope, std::prev(next)->first.text));
  }
  return status_of(texts);
}

}  // namespace

grpc::ServerUnaryReactor* ExtensionApi::AskExtension(grpc::CallbackServerContext* call,
                                                     const v1::AskExtensionRequest* request,
                                                     v1::Extension* reply) {
  return carry_out(call, logs_, request->name(), request, reply,
                   showing_extension(request->name()));
}

grpc::ServerUnaryReactor* ExtensionApi::GrantExtension(grpc::CallbackServerContext* call,
                                                       const v1::GrantExtensionRequest* request,
                                                       v1::Extension* reply) {
  return carry_out(call, logs_, request->name(), request, reply,
                   showing_extension(request->name()));
}

grpc::ServerUnaryReactor* ExtensionApi::RefuseExtension(grpc::CallbackServerContext* call,
                                                        const v1::RefuseExtensionRequest* request,
                                                        v1::Extension* reply) {
  return carry_out(call, logs_, request->name(), request, reply,
                   showing_extension(request->name()));
}

grpc::ServerUnaryReactor* ExtensionApi::WithdrawExtension(
    grpc::CallbackServerContext* call, const v1::WithdrawExtensionRequest* request,
    v1::Extension* reply) {
  return carry_out(call, logs_, request->name(), request, reply,
                   showing_extension(request->name()));
}

grpc::ServerUnaryReactor* ExtensionApi::EraseExtensionReasons(
    grpc::CallbackServerContext* call, const v1::EraseExtensionReasonsRequest* request,
    v1::Extension* reply) {
  return carry_out(call, logs_, request->name(), request, reply,
                   showing_extension(request->name()));
}

grpc::ServerUnaryReactor* ExtensionApi::GetExtension(grpc::CallbackServerContext* call,
                                                     const v1::GetExtensionRequest* request,
                                                     v1::Extension* reply) {
  return look_up(call, logs_, request->name(), reply, showing_extension(request->name()));
}

grpc::ServerUnaryReactor* ExtensionApi::ListExtensions(grpc::CallbackServerContext* call,
                                                       const v1::ListExtensionsRequest* request,
                                                       v1::ListExtensionsResponse* reply) {
  const std::string scope = request->parent() + "/extensions";
  platform::RequestFields fields;
  const platform::Page page = fields.page(scope, request->page_size(), request->page_token());
  if (!fields.ok()) return platform::finish(call, fields.status());
  return look_up(call, logs_, request->parent(), reply,
                 [name = request->parent(), scope, page](const Consultation& state, Log& log,
                                                         v1::ListExtensionsResponse& made) {
                   return list(state, log, name, scope, page, made);
                 });
}

}  // namespace kkr::consultation
