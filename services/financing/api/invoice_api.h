// InvoiceService over gRPC.
#pragma once

#include "kkr/financing/v1/invoices.grpc.pb.h"
#include "services/financing/api/calls.h"
#include "services/platform/time/clock.h"

namespace kkr::financing {

class InvoiceApi final : public v1::InvoiceService::CallbackService {
 public:
  InvoiceApi(Logs& logs, const platform::Clock& clock) : logs_(logs), clock_(clock) {}

  grpc::ServerUnaryReactor* MarkDelivered(grpc::CallbackServerContext* call,
                                          const v1::MarkDeliveredRequest* request,
                                          v1::Invoice* reply) override;
  grpc::ServerUnaryReactor* DisputeInvoice(grpc::CallbackServerContext* call,
                                           const v1::DisputeInvoiceRequest* request,
                                           v1::Invoice* reply) override;
  grpc::ServerUnaryReactor* ResolveDispute(grpc::CallbackServerContext* call,
                                           const v1::ResolveDisputeRequest* request,
                                           v1::Invoice* reply) override;
  grpc::ServerUnaryReactor* CreditInvoice(grpc::CallbackServerContext* call,
                                          const v1::CreditInvoiceRequest* request,
                                          v1::Invoice* reply) override;
  grpc::ServerUnaryReactor* GetInvoice(grpc::CallbackServerContext* call,
                                       const v1::GetInvoiceRequest* request,
                                       v1::Invoice* reply) override;
  grpc::ServerUnaryReactor* ListInvoices(grpc::CallbackServerContext* call,
                                         const v1::ListInvoicesRequest* request,
                                         v1::ListInvoicesResponse* reply) override;
  grpc::ServerUnaryReactor* GetInvoiceDocument(grpc::CallbackServerContext* call,
                                               const v1::GetInvoiceDocumentRequest* request,
                                               google::api::HttpBody* reply) override;

 private:
  Logs& logs_;
  const platform::Clock& clock_;
};

}  // namespace kkr::financing
