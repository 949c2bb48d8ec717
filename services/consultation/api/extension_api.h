// ExtensionService over gRPC.
#pragma once

#include "kkr/consultation/v1/extensions.grpc.pb.h"
#include "services/consultation/api/calls.h"

namespace kkr::consultation {

class ExtensionApi final : public v1::ExtensionService::CallbackService {
 public:
  explicit ExtensionApi(Logs& logs) : logs_(logs) {}

  grpc::ServerUnaryReactor* AskExtension(grpc::CallbackServerContext* call,
                                         const v1::AskExtensionRequest* request,
                                         v1::Extension* reply) override;
  grpc::ServerUnaryReactor* GrantExtension(grpc::CallbackServerContext* call,
                                           const v1::GrantExtensionRequest* request,
                                           v1::Extension* reply) override;
  grpc::ServerUnaryReactor* RefuseExtension(grpc::CallbackServerContext* call,
                                            const v1::RefuseExtensionRequest* request,
                                            v1::Extension* reply) override;
  grpc::ServerUnaryReactor* WithdrawExtension(grpc::CallbackServerContext* call,
                                              const v1::WithdrawExtensionRequest* request,
                                              v1::Extension* reply) override;
  grpc::ServerUnaryReactor* EraseExtensionReasons(grpc::CallbackServerContext* call,
                                                  const v1::EraseExtensionReasonsRequest* request,
                                                  v1::Extension* reply) override;
  grpc::ServerUnaryReactor* GetExtension(grpc::CallbackServerContext* call,
                                         const v1::GetExtensionRequest* request,
                                         v1::Extension* reply) override;
  grpc::ServerUnaryReactor* ListExtensions(grpc::CallbackServerContext* call,
                                           const v1::ListExtensionsRequest* request,
                                           v1::ListExtensionsResponse* reply) override;

 private:
  Logs& logs_;
};

}  // namespace kkr::consultation
