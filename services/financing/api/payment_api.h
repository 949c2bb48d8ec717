// PaymentService over gRPC.
#pragma once

#include "kkr/financing/v1/payments.grpc.pb.h"
#include "services/financing/api/calls.h"

namespace kkr::financing {

class PaymentApi final : public v1::PaymentService::CallbackService {
 public:
  explicit PaymentApi(Logs& logs) : logs_(logs) {}

  grpc::ServerUnaryReactor* RegisterPayment(grpc::CallbackServerContext* call,
                                            const v1::RegisterPaymentRequest* request,
                                            v1::Payment* reply) override;
  grpc::ServerUnaryReactor* ImportPayments(grpc::CallbackServerContext* call,
                                           const v1::ImportPaymentsRequest* request,
                                           v1::ImportPaymentsResponse* reply) override;
  grpc::ServerUnaryReactor* AssignPayment(grpc::CallbackServerContext* call,
                                          const v1::AssignPaymentRequest* request,
                                          v1::Payment* reply) override;
  grpc::ServerUnaryReactor* ReturnPayment(grpc::CallbackServerContext* call,
                                          const v1::ReturnPaymentRequest* request,
                                          v1::Payment* reply) override;
  grpc::ServerUnaryReactor* GetPayment(grpc::CallbackServerContext* call,
                                       const v1::GetPaymentRequest* request,
                                       v1::Payment* reply) override;
  grpc::ServerUnaryReactor* ListPayments(grpc::CallbackServerContext* call,
                                         const v1::ListPaymentsRequest* request,
                                         v1::ListPaymentsResponse* reply) override;

 private:
  Logs& logs_;
};

}  // namespace kkr::financing
