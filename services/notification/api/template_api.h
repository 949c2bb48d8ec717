// TemplateService over gRPC.
#pragma once

#include "kkr/notification/v1/templates.grpc.pb.h"
#include "services/notification/api/calls.h"

namespace kkr::notification {

class TemplateApi final : public v1::TemplateService::CallbackService {
 public:
  explicit TemplateApi(Logs& logs) : logs_(logs) {}

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

 private:
  Logs& logs_;
};

}  // namespace kkr::notification
