// What the methods of every service with a log per region have in common: a command is decided, a
// query answered, a list cut into pages. A service's `decide(state, request, context)` is found by
// argument-dependent look-up.
#pragma once

#include <grpcpp/server_context.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "services/platform/field/resource_name.h"
#include "services/platform/grpc/command_call.h"
#include "services/platform/grpc/request_fields.h"

namespace kkr::platform {

// A page of a list holds no more than this, so that it fits a message.
inline constexpr std::size_t kPageBytesMax = std::size_t{2} << 20U;

// The id a created resource got: the one wished for, else the one the platform gave the command.
std::string created_id(const std::string& wished, const std::string& request_id);

// Carries out, in the log of the region that `name` is in, a command that `decide` knows;
// `render(state, log, reply)` makes the reply from the committed state.
template <class Domain, class Request, class Reply, class Render>
grpc::ServerUnaryReactor* carry_out(grpc::CallbackServerContext* call, RegionLogs<Domain>& logs,
                                    std::string_view name, const Request* request, Reply* reply,
                                    Render render) {
  return run_command(
      call, logs, region_of(name), *request, reply,
      [request](const typename Domain::State& state, const Context& context) {
        return decide(state, *request, context);
      },
      [render = std::move(render)](const Committed<Domain>& done, RegionLog<Domain>& log,
                                   Reply& made) { return render(done.state->state, log, made); });
}

// Answers a query; `answer(state, log, reply)` makes the reply from the newest state.
template <class Domain, class Reply, class Answer>
grpc::ServerUnaryReactor* look_up(grpc::CallbackServerContext* call, RegionLogs<Domain>& logs,
                                  std::string_view name, Reply* reply, Answer answer) {
  return run_query(
      call, logs, region_of(name), reply,
      [answer = std::move(answer)](const StateAt<Domain>& at, RegionLog<Domain>& log, Reply& made) {
        return answer(at.state, log, made);
      });
}

// Cuts a page out of a list: tells when it is full, and how to go on.
class PageFill {
 public:
  PageFill(std::string scope, Page page) : scope_(std::move(scope)), page_(std::move(page)) {}

  // The key the page before ended with; empty for the first page.
  const std::string& after() const { return page_.after; }
  // The same of a list in order of numbers; 0 for the first page.
  int after_number() const;

  // Whether there is room for one more; if not, the token that goes on after the last one is set.
  template <class Reply>
  bool has_room(Reply& reply) {
    if (count_ < page_.size && reply.ByteSizeLong() <= kPageBytesMax) return true;
    reply.set_next_page_token(make_page_token(scope_, last_));
    return false;
  }
  // Notes that the element with this key was put in.
  void put_in(std::string key) {
    last_ = std::move(key);
    ++count_;
  }

 private:
  const std::string scope_;
  const Page page_;
  std::size_t count_ = 0;
  std::string last_;
};

// Answers a list: `fill(state, log, page, reply)` puts the page in. Fails with PAGE_SIZE_INVALID
// and PAGE_TOKEN_INVALID. `scope` says which list it is, with every filter.
template <class Domain, class Request, class Reply, class Fill>
grpc::ServerUnaryReactor* list(grpc::CallbackServerContext* call, RegionLogs<Domain>& logs,
                               const std::string& scope, const Request* request, Reply* reply,
                               Fill fill) {
  RequestFields fields;
  const Page page = fields.page(scope, request->page_size(), request->page_token());
  if (!fields.ok()) return finish(call, fields.status());
  return look_up(call, logs, request->parent(), reply,
                 [scope, page, fill = std::move(fill)](const typename Domain::State& state,
                                                       RegionLog<Domain>& log, Reply& made) {
                   PageFill filling(scope, page);
                   return fill(state, log, filling, made);
                 });
}

}  // namespace kkr::platform
