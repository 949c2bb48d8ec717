// What every method of this service shares: which log a name belongs to, how a command is decided,
// and how a page is cut.
#pragma once

#include <grpcpp/server_context.h>

#include <string_view>
#include <utility>

#include "services/consultation/api/rejection_status.h"
#include "services/consultation/app/texts.h"
#include "services/consultation/domain/state.h"
#include "services/platform/grpc/command_call.h"

namespace kkr::consultation {

using Logs = platform::RegionLogs<Domain>;
using Log = platform::RegionLog<Domain>;
using Committed = platform::Committed<Domain>;
using StateAt = platform::StateAt<Domain>;

// A page of a list holds no more than this, so that it fits a message.
inline constexpr std::size_t kPageBytesMax = std::size_t{2} << 20U;

// The region of `regions/{region}` and whatever follows; empty for another name, which no log has.
std::string_view region_in(std::string_view name);

// The id a created resource got: the one wished for, else the one the platform gave the command.
std::string created_id(const std::string& wished, const std::string& request_id);

// OK, or why the texts of a reply could not be read.
grpc::Status status_of(const Texts& texts);

// Carries out a command that `decide` knows; `render` makes the reply from the committed state.
template <class Request, class Reply, class Render>
grpc::ServerUnaryReactor* carry_out(grpc::CallbackServerContext* call, Logs& logs,
                                    std::string_view name, const Request* request, Reply* reply,
                                    Render render) {
  return platform::run_command(
      call, logs, region_in(name), *request, reply,
      [request](const Consultation& state, const platform::Context& context) {
        return decide(state, *request, context);
      },
      [render = std::move(render)](const Committed& done, Log& log, Reply& made) {
        return render(done.state->state, log, made);
      });
}

// Answers a query; `answer` makes the reply from the newest state.
template <class Reply, class Answer>
grpc::ServerUnaryReactor* look_up(grpc::CallbackServerContext* call, Logs& logs,
                                  std::string_view name, Reply* reply, Answer answer) {
  return platform::run_query(
      call, logs, region_in(name), reply,
      [answer = std::move(answer)](const StateAt& at, Log& log, Reply& made) {
        return answer(at.state, log, made);
      });
}

}  // namespace kkr::consultation
