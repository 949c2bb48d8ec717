#include "services/consultation/api/paper_api.h"

#include <memory>
#include <vector>

#include "services/consultation/api/held_attachments.h"
#include "services/consultation/app/views.h"
#include "services/consultation/domain/paper_commands.h"
#include "services/platform/grpc/request_fields.h"

namespace kkr::consultation {
namespace {

grpc::Status show(const Consultation& state, const PaperId& id, v1::Paper& reply) {
  const auto paper = state.papers.find(id);
  if (paper == nullptr) return to_status(refusal(Rejection::kPaperUnknown));
  reply = shown(*paper);
  return grpc::Status::OK;
}

// Shows the paper that a command was about.
auto showing_paper(PaperId id) {
  return [id = std::move(id)](const Consultation& state, Log&, v1::Paper& reply) {
    return show(state, id, reply);
  };
}

void list(const Consultation& state, std::string_view scope, const platform::Page& page,
          v1::ListPapersResponse& reply) {
  std::size_t bytes = 0;
  const PaperId after{page.after};
  state.papers.visit_after(
      page.after.empty() ? nullptr : &after, [&](const PaperId&, const Paper& paper) {
        const auto count = static_cast<std::size_t>(reply.papers_size());
        if (count == page.size || bytes > kPageBytesMax) {
          const std::string& last = reply.papers(reply.papers_size() - 1).name();
          reply.set_next_page_token(platform::make_page_token(scope, paper_of(last).text));
          return false;
        }
        *reply.add_papers() = shown(paper);
        bytes += paper.content.ByteSizeLong();
        return true;
      });
}

}  // namespace

grpc::ServerUnaryReactor* PaperApi::CreatePaper(grpc::CallbackServerContext* call,
                                                const v1::CreatePaperRequest* request,
                                                v1::Paper* reply) {
  return carry_out(call, logs_, request->parent(), request, reply,
                   showing_paper(PaperId{created_id(request->paper_id(), request->request_id())}));
}

grpc::ServerUnaryReactor* PaperApi::UpdatePaper(grpc::CallbackServerContext* call,
                                                const v1::UpdatePaperRequest* request,
                                                v1::Paper* reply) {
  return carry_out(call, logs_, request->paper().name(), request, reply,
                   showing_paper(paper_of(request->paper().name())));
}

grpc::ServerUnaryReactor* PaperApi::AddPaperVersion(grpc::CallbackServerContext* call,
                                                    const v1::AddPaperVersionRequest* request,
                                                    v1::Paper* reply) {
  return with_held_attachments(
      call, logs_, request->name(),
      std::vector<v1::Attachment>(request->attachments().begin(), request->attachments().end()),
      [this, call, request, reply](grpc::ServerUnaryReactor* reactor,
                                   std::vector<v1::Attachment> held) {
        platform::run_command(
            call, reactor, logs_, region_of(request->name()), *request, reply,
            [request, held = std::move(held)](const Consultation& state, const Context& context) {
              return decide(state, *request, held, context);
            },
            [id = paper_of(request->name())](const Committed& done, Log&, v1::Paper& made) {
              return show(done.state->state, id, made);
            });
      });
}

grpc::ServerUnaryReactor* PaperApi::ApprovePaper(grpc::CallbackServerContext* call,
                                                 const v1::ApprovePaperRequest* request,
                                                 v1::Paper* reply) {
  return carry_out(call, logs_, request->name(), request, reply,
                   showing_paper(paper_of(request->name())));
}

grpc::ServerUnaryReactor* PaperApi::GetPaper(grpc::CallbackServerContext* call,
                                             const v1::GetPaperRequest* request, v1::Paper* reply) {
  return look_up(call, logs_, request->name(), reply, showing_paper(paper_of(request->name())));
}

grpc::ServerUnaryReactor* PaperApi::ListPapers(grpc::CallbackServerContext* call,
                                               const v1::ListPapersRequest* request,
                                               v1::ListPapersResponse* reply) {
  const std::string scope = request->parent() + "/papers";
  platform::RequestFields fields;
  const platform::Page page = fields.page(scope, request->page_size(), request->page_token());
  if (!fields.ok()) return platform::finish(call, fields.status());
  return look_up(call, logs_, request->parent(), reply,
                 [scope, page](const Consultation& state, Log&, v1::ListPapersResponse& made) {
                   list(state, scope, page, made);
                   return grpc::Status::OK;
                 });
}

}  // namespace kkr::consultation
