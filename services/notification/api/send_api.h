// SendService over gRPC: see sends.proto. Reads the regions' tables of sends; what it changes there
// is that a send is tried again.
#pragma once

#include "kkr/notification/v1/sends.grpc.pb.h"
#include "services/notification/api/calls.h"
#include "services/notification/sending/outboxes.h"
#include "services/platform/time/clock.h"

namespace kkr::notification {

class SendApi final : public v1::SendService::CallbackService {
 public:
  // All must outlive this.
  SendApi(Logs& logs, const Outboxes& outboxes, const platform::Clock& clock)
      : logs_(logs), outboxes_(outboxes), clock_(clock) {}

  grpc::ServerUnaryReactor* GetSend(grpc::CallbackServerContext* call,
                                    const v1::GetSendRequest* request, v1::Send* reply) override;
  grpc::ServerUnaryReactor* ListSends(grpc::CallbackServerContext* call,
                                      const v1::ListSendsRequest* request,
                                      v1::ListSendsResponse* reply) override;
  grpc::ServerUnaryReactor* RetrySend(grpc::CallbackServerContext* call,
                                      const v1::RetrySendRequest* request,
                                      v1::Send* reply) override;
  grpc::ServerUnaryReactor* ListGaps(grpc::CallbackServerContext* call,
                                     const v1::ListGapsRequest* request,
                                     v1::ListGapsResponse* reply) override;
  grpc::ServerUnaryReactor* GetRoundNotices(grpc::CallbackServerContext* call,
                                            const v1::GetRoundNoticesRequest* request,
                                            v1::RoundNotices* reply) override;

 private:
  Logs& logs_;
  const Outboxes& outboxes_;
  const platform::Clock& clock_;
};

}  // namespace kkr::notification
