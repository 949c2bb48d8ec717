// TemplateService over gRPC.
#pragma once

#include "kkr/notification/v1/templates.grpc.pb.h"
#include "services/notification/api/calls.h"
#include "services/notification/api/template_preview.h"
#include "services/platform/time/clock.h"

namespace kkr::notification {

class TemplateApi final : public v1::TemplateService::CallbackService {
 public:
  // All must outlive the service.
  TemplateApi(Logs& logs, TemplatePreviewer& previewer, const platform::Clock& clock)
      : logs_(logs), previewer_(previewer), clock_(clock) {}

  grpc::ServerUnaryReactor* UpdateTemplate(grpc::CallbackServerContext* call,
                                           const v1::UpdateTemplateRequest* request,
                                           v1::Template* reply) override;
  grpc::ServerUnaryReactor* ResetTemplate(grpc::CallbackServerContext* call,
                                          const v1::ResetTemplateRequest* request,
                                          v1::Template* reply) override;
  grpc::ServerUnaryReactor* GetTemplate(grpc::CallbackServerContext* call,
                                        const v1::GetTemplateRequest* request,
                                        v1::Template* reply) override;
  grpc::ServerUnaryReactor* ListTemplates(grpc::CallbackServerContext* call,
                                          const v1::ListTemplatesRequest* request,
                                          v1::ListTemplatesResponse* reply) override;
  grpc::ServerUnaryReactor* PreviewTemplate(grpc::CallbackServerContext* call,
                                            const v1::PreviewTemplateRequest* request,
                                            v1::TemplatePreview* reply) override;

 private:
  Logs& logs_;
  TemplatePreviewer& previewer_;
  const platform::Clock& clock_;
};

}  // namespace kkr::notification
