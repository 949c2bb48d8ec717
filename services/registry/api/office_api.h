// OfficeService over gRPC.
#pragma once

#include "kkr/registry/v1/office.grpc.pb.h"
#include "services/registry/api/national_log.h"

namespace kkr::registry {

class OfficeApi final : public v1::OfficeService::CallbackService {
 public:
  explicit OfficeApi(NationalLog national) : national_(national) {}

  grpc::ServerUnaryReactor* CreateOffice(grpc::CallbackServerContext* call,
                                         const v1::CreateOfficeRequest* request,
                                         v1::Office* reply) override;
  grpc::ServerUnaryReactor* EndOffice(grpc::CallbackServerContext* call,
                                      const v1::EndOfficeRequest* request,
                                      v1::Office* reply) override;
  grpc::ServerUnaryReactor* AppointHolder(grpc::CallbackServerContext* call,
                                          const v1::AppointHolderRequest* request,
                                          v1::Office* reply) override;
  grpc::ServerUnaryReactor* EndTenure(grpc::CallbackServerContext* call,
                                      const v1::EndTenureRequest* request,
                                      v1::Office* reply) override;
  grpc::ServerUnaryReactor* GetOffice(grpc::CallbackServerContext* call,
                                      const v1::GetOfficeRequest* request,
                                      v1::Office* reply) override;
  grpc::ServerUnaryReactor* ListOffices(grpc::CallbackServerContext* call,
                                        const v1::ListOfficesRequest* request,
                                        v1::ListOfficesResponse* reply) override;

 private:
  // Carries out a command about the office `request->name()` and shows the office.
  template <class Request>
  grpc::ServerUnaryReactor* change(grpc::CallbackServerContext* call, const Request* request,
                                   v1::Office* reply);

  NationalLog national_;
};

}  // namespace kkr::registry
