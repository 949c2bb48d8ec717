#include "services/notification/api/template_api.h"

#include <string>
#include <utility>

#include "services/notification/app/template_view.h"

namespace kkr::notification {
namespace {

// Shows the template in that version, the newest without one.
auto showing_template(std::string name, std::optional<int> version = std::nullopt) {
  return [name = std::move(name), version](const Notification& state, Log& log,
                                           v1::Template& made) {
    const auto parsed = parse_template_name(name);
    if (!parsed) return to_status(refusal(Rejection::kTemplateUnknown));
    auto shown = shown_template(state, parsed->region, parsed->id,
                                version.value_or(newest_version(state, parsed->id)), log.store());
    if (!shown) return to_status(refusal(Rejection::kTemplateUnknown));
    made = *std::move(shown);
    return grpc::Status::OK;
  };
}

}  // namespace

grpc::ServerUnaryReactor* TemplateApi::UpdateTemplate(grpc::CallbackServerContext* call,
                                                      const v1::UpdateTemplateRequest* request,
                                                      v1::Template* reply) {
  const std::string& name = request->template_().name();
  return carry_out(call, logs_, name, request, reply, showing_template(name));
}

grpc::ServerUnaryReactor* TemplateApi::ResetTemplate(grpc::CallbackServerContext* call,
                                                     const v1::ResetTemplateRequest* request,
                                                     v1::Template* reply) {
  return carry_out(call, logs_, request->name(), request, reply, showing_template(request->name()));
}

grpc::ServerUnaryReactor* TemplateApi::GetTemplate(grpc::CallbackServerContext* call,
                                                   const v1::GetTemplateRequest* request,
                                                   v1::Template* reply) {
  std::optional<int> version;
  if (request->has_version()) version = request->version();
  return look_up(call, logs_, request->name(), reply, showing_template(request->name(), version));
}

grpc::ServerUnaryReactor* TemplateApi::ListTemplates(grpc::CallbackServerContext* call,
                                                     const v1::ListTemplatesRequest* request,
                                                     v1::ListTemplatesResponse* reply) {
  return list(
      call, logs_, request->parent() + "/templates", request, reply,
      [](const Notification& state, Log& log, PageFill& page, v1::ListTemplatesResponse& made) {
        for (const TemplateId& id : all_templates()) {
          const std::string key = id.text();
          if (key <= page.after()) continue;
          if (!page.has_room(made)) break;
          auto shown =
              shown_template(state, log.region(), id, newest_version(state, id), log.store());
          if (shown) *made.add_templates() = *std::move(shown);
          page.put_in(key);
        }
        return grpc::Status::OK;
      });
}

grpc::ServerUnaryReactor* TemplateApi::PreviewTemplate(grpc::CallbackServerContext* call,
                                                       const v1::PreviewTemplateRequest* request,
                                                       v1::TemplatePreview* reply) {
  return look_up(call, logs_, request->name(), reply,
                 [this, request](const Notification& state, Log& log, v1::TemplatePreview& made) {
                   const auto name = parse_template_name(request->name());
                   if (!name) return to_status(refusal(Rejection::kTemplateUnknown));
                   auto content =
                       content_of(state, name->id, newest_version(state, name->id), log.store());
                   if (request->has_content()) content = request->content();
                   if (!content) return to_status(refusal(Rejection::kTemplateUnknown));
                   if (const auto fault = fault_in_content(*content, name->id.occasion)) {
                     return to_status(*fault);
                   }
                   return previewer_.preview(state, *name, *content, *request, clock_.now(), made);
                 });
}

}  // namespace kkr::notification
