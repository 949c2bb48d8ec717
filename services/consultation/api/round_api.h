// RoundService over gRPC.
#pragma once

#include "kkr/consultation/v1/rounds.grpc.pb.h"
#include "services/consultation/api/calls.h"
#include "services/consultation/api/registry_client.h"
#include "services/platform/time/clock.h"

namespace kkr::consultation {

class RoundApi final : public v1::RoundService::CallbackService {
 public:
  RoundApi(Logs& logs, const platform::Clock& clock, RegistryClient& registry)
      : logs_(logs), clock_(clock), registry_(registry) {}

  grpc::ServerUnaryReactor* CreateRound(grpc::CallbackServerContext* call,
                                        const v1::CreateRoundRequest* request,
                                        v1::Round* reply) override;
  grpc::ServerUnaryReactor* UpdateRound(grpc::CallbackServerContext* call,
                                        const v1::UpdateRoundRequest* request,
                                        v1::Round* reply) override;
  grpc::ServerUnaryReactor* OpenRound(grpc::CallbackServerContext* call,
                                      const v1::OpenRoundRequest* request,
                                      v1::Round* reply) override;
  grpc::ServerUnaryReactor* CloseRound(grpc::CallbackServerContext* call,
                                       const v1::CloseRoundRequest* request,
                                       v1::Round* reply) override;
  grpc::ServerUnaryReactor* ReopenRound(grpc::CallbackServerContext* call,
                                        const v1::ReopenRoundRequest* request,
                                        v1::Round* reply) override;
  grpc::ServerUnaryReactor* CancelRound(grpc::CallbackServerContext* call,
                                        const v1::CancelRoundRequest* request,
                                        v1::Round* reply) override;
  grpc::ServerUnaryReactor* EraseRoundReasons(grpc::CallbackServerContext* call,
                                              const v1::EraseRoundReasonsRequest* request,
                                              v1::Round* reply) override;
  grpc::ServerUnaryReactor* GetRound(grpc::CallbackServerContext* call,
                                     const v1::GetRoundRequest* request, v1::Round* reply) override;
  grpc::ServerUnaryReactor* ListRounds(grpc::CallbackServerContext* call,
                                       const v1::ListRoundsRequest* request,
                                       v1::ListRoundsResponse* reply) override;
  grpc::ServerUnaryReactor* ListInvitees(grpc::CallbackServerContext* call,
                                         const v1::ListInviteesRequest* request,
                                         v1::ListInviteesResponse* reply) override;

 private:
  // Shows the round of the id, or ROUND_UNKNOWN.
  grpc::Status show(const Consultation& state, Log& log, const RoundId& id, v1::Round& reply) const;
  // A renderer for the round of the name.
  auto showing(const std::string& name) const {
    return [this, id = round_of(name)](const Consultation& state, Log& log, v1::Round& reply) {
      return show(state, log, id, reply);
    };
  }
  LocalDate today() const { return platform::local_date_of(clock_.now()); }
  // Asks the registry whom the draft means, then decides.
  void open(grpc::CallbackServerContext* call, grpc::ServerUnaryReactor* reactor, Log& log,
            const v1::OpenRoundRequest* request, v1::Round* reply);

  Logs& logs_;
  const platform::Clock& clock_;
  RegistryClient& registry_;
};

}  // namespace kkr::consultation
