#include "services/consultation/api/round_api.h"

#include <memory>
#include <utility>
#include <variant>

#include "services/consultation/app/board.h"
#include "services/consultation/app/views.h"
#include "services/platform/grpc/request_fields.h"

namespace kkr::consultation {
namespace {

void list(const Consultation& state, LocalDate today, Texts& texts, v1::Round::State wanted,
          std::string_view scope, const platform::Page& page, v1::ListRoundsResponse& reply) {
  std::size_t bytes = 0;
  std::string last = page.after;
  const RoundId after{page.after};
  state.rounds.visit_after(
      page.after.empty() ? nullptr : &after, [&](const RoundId& id, const Round& round) {
        if (wanted != v1::Round::STATE_UNSPECIFIED && round.phase != wanted) return true;
        if (static_cast<std::size_t>(reply.rounds_size()) == page.size || bytes > kPageBytesMax) {
          reply.set_next_page_token(platform::make_page_token(scope, last));
          return false;
        }
        *reply.add_rounds() = shown(round, today, texts);
        bytes += round.content.ByteSizeLong();
        last = id.text;
        return true;
      });
}

}  // namespace

grpc::Status RoundApi::show(const Consultation& state, Log& log, const RoundId& id,
                            v1::Round& reply) const {
  const auto round = state.rounds.find(id);
  if (round == nullptr) return to_status(refusal(Rejection::kRoundUnknown));
  Texts texts(log.store());
  reply = shown(*round, today(), texts);
  return status_of(texts);
}

grpc::ServerUnaryReactor* RoundApi::CreateRound(grpc::CallbackServerContext* call,
                                                const v1::CreateRoundRequest* request,
                                                v1::Round* reply) {
  const RoundId id{created_id(request->round_id(), request->request_id())};
  return carry_out(call, logs_, request->parent(), request, reply,
                   [this, id](const Consultation& state, Log& log, v1::Round& made) {
                     return show(state, log, id, made);
                   });
}

grpc::ServerUnaryReactor* RoundApi::UpdateRound(grpc::CallbackServerContext* call,
                                                const v1::UpdateRoundRequest* request,
                                                v1::Round* reply) {
  return carry_out(call, logs_, request->round().name(), request, reply,
                   showing(request->round().name()));
}

grpc::ServerUnaryReactor* RoundApi::OpenRound(grpc::CallbackServerContext* call,
                                              const v1::OpenRoundRequest* request,
                                              v1::Round* reply) {
  grpc::ServerUnaryReactor* reactor = call->DefaultReactor();
  platform::with_log(logs_, region_of(request->name()), reactor,
                     [this, call, reactor, request, reply](Log& log) {
                       open(call, reactor, log, request, reply);
                     });
  return reactor;
}

void RoundApi::open(grpc::CallbackServerContext* call, grpc::ServerUnaryReactor* reactor, Log& log,
                    const v1::OpenRoundRequest* request, v1::Round* reply) {
  const auto decide_with = [this, call, reactor, request, reply](ResolvedInvitation resolved) {
    platform::run_command(
        call, reactor, logs_, region_of(request->name()), *request, reply,
        [request, resolved = std::move(resolved)](const Consultation& state,
                                                  const Context& context) {
          return decide(state, *request, resolved, context);
        },
        [render = showing(request->name())](const Committed& done, Log& written, v1::Round& made) {
          return render(done.state->state, written, made);
        });
  };
  const auto at = log.state();
  const auto round = at->state.rounds.find(round_of(request->name()));
  // Also for a retry of what is open already: the appender knows it by its request id.
  const Context now{clock_.now(), "", ""};
  if (round == nullptr || fault_in_opening(at->state, *request, now)) return decide_with({});
  const std::string date = as_of_date(round->content.invitation(), today());
  registry_.ask_members("regions/" + log.region(), date, call->deadline(),
                        [reactor, round, date, decide_with](RegistryClient::Told told) {
                          if (auto* failed = std::get_if<grpc::Status>(&told)) {
                            return reactor->Finish(std::move(*failed));
                          }
                          decide_with(resolve(*round, date, std::get<RegistryReply>(told)));
                        });
}

grpc::ServerUnaryReactor* RoundApi::CloseRound(grpc::CallbackServerContext* call,
                                               const v1::CloseRoundRequest* request,
                                               v1::Round* reply) {
  return carry_out(call, logs_, request->name(), request, reply, showing(request->name()));
}

grpc::ServerUnaryReactor* RoundApi::ReopenRound(grpc::CallbackServerContext* call,
                                                const v1::ReopenRoundRequest* request,
                                                v1::Round* reply) {
  return carry_out(call, logs_, request->name(), request, reply, showing(request->name()));
}

grpc::ServerUnaryReactor* RoundApi::CancelRound(grpc::CallbackServerContext* call,
                                                const v1::CancelRoundRequest* request,
                                                v1::Round* reply) {
  return carry_out(call, logs_, request->name(), request, reply, showing(request->name()));
}

grpc::ServerUnaryReactor* RoundApi::EraseRoundReasons(grpc::CallbackServerContext* call,
                                                      const v1::EraseRoundReasonsRequest* request,
                                                      v1::Round* reply) {
  return carry_out(call, logs_, request->name(), request, reply, showing(request->name()));
}

grpc::ServerUnaryReactor* RoundApi::GetRound(grpc::CallbackServerContext* call,
                                             const v1::GetRoundRequest* request, v1::Round* reply) {
  return look_up(call, logs_, request->name(), reply, showing(request->name()));
}

grpc::ServerUnaryReactor* RoundApi::ListRounds(grpc::CallbackServerContext* call,
                                               const v1::ListRoundsRequest* request,
                                               v1::ListRoundsResponse* reply) {
  const std::string scope = request->parent() + "/rounds#" + std::to_string(request->state());
  platform::RequestFields fields;
  const platform::Page page = fields.page(scope, request->page_size(), request->page_token());
  if (!fields.ok()) return platform::finish(call, fields.status());
  return look_up(call, logs_, request->parent(), reply,
                 [this, wanted = request->state(), scope, page](const Consultation& state, Log& log,
                                                                v1::ListRoundsResponse& made) {
                   Texts texts(log.store());
                   list(state, today(), texts, wanted, scope, page, made);
                   return status_of(texts);
                 });
}

grpc::ServerUnaryReactor* RoundApi::ListInvitees(grpc::CallbackServerContext* call,
                                                 const v1::ListInviteesRequest* request,
                                                 v1::ListInviteesResponse* reply) {
  const std::string scope = request->parent() + "/invitees";
  platform::RequestFields fields;
  const platform::Page page = fields.page(scope, request->page_size(), request->page_token());
  if (!fields.ok()) return platform::finish(call, fields.status());
  return look_up(call, logs_, request->parent(), reply,
                 [this, id = round_of(request->parent()), scope, page](
                     const Consultation& state, Log&, v1::ListInviteesResponse& made) {
                   const auto round = state.rounds.find(id);
                   if (round == nullptr) return to_status(refusal(Rejection::kRoundUnknown));
                   made = board_of(state, *round, scope, page, clock_.now());
                   return grpc::Status::OK;
                 });
}

}  // namespace kkr::consultation
