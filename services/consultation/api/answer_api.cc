// The commands of AnswerService; answer_api_reads.cc has the rest.
#include "services/consultation/api/answer_api.h"

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "services/consultation/api/held_attachments.h"
#include "services/consultation/app/answer_view.h"
#include "services/consultation/domain/answer_commands.h"

namespace kkr::consultation {
namespace {

// What the command wrote outside the log, for its own reply. Empty on a retry: then the store
// knows.
using Written = std::shared_ptr<std::vector<platform::PrivateWrite>>;

Decision noted(Decision decision, const Written& written) {
  if (const auto* effects = std::get_if<Effects>(&decision)) *written = effects->private_writes;
  return decision;
}

// Shows the answer as it stands.
auto showing_answer(const std::string& name, Written written) {
  return [key = round_member_of(name, "answers"), written = std::move(written)](
             const Committed& done, Log& log, v1::Answer& made) {
    const AnswerInState in = answer_in(done.state->state, log.region(), key);
    const auto version = in.answer == nullptr ? nullptr : newest_version(*in.answer);
    if (version == nullptr) return to_status(refusal(Rejection::kAnswerUnknown));
    Texts texts(log.store());
    texts.know(*written);
    made = shown(in, *version, AnswerDetail::kFull, texts);
    return status_of(texts);
  };
}

std::vector<v1::Attachment> files(const std::vector<std::string>& digests) {
  std::vector<v1::Attachment> named;
  for (const std::string& digest : digests) {
    if (!digest.empty()) named.emplace_back().set_sha256(digest);
  }
  return named;
}

// Decides and shows the answer.
template <class Request, class Decide>
void decide_and_show(grpc::CallbackServerContext* call, grpc::ServerUnaryReactor* reactor,
                     Logs& logs, const Request* request, v1::Answer* reply, Decide decide_it) {
  const auto written = std::make_shared<std::vector<platform::PrivateWrite>>();
  platform::run_command(
      call, reactor, logs, region_of(request->name()), *request, reply,
      [written, decide_it = std::move(decide_it)](const Consultation& state,
                                                  const Context& context) {
        return noted(decide_it(state, context), written);
      },
      showing_answer(request->name(), written));
}

template <class Request>
grpc::ServerUnaryReactor* decide_alone(grpc::CallbackServerContext* call, Logs& logs,
                                       const Request* request, v1::Answer* reply) {
  grpc::ServerUnaryReactor* reactor = call->DefaultReactor();
  decide_and_show(call, reactor, logs, request, reply,
                  [request](const Consultation& state, const Context& context) {
                    return decide(state, *request, context);
                  });
  return reactor;
}

// The same, with those of the files that the region holds.
template <class Request>
grpc::ServerUnaryReactor* decide_with_files(grpc::CallbackServerContext* call, Logs& logs,
                                            const Request* request, v1::Answer* reply,
                                            const std::vector<std::string>& digests) {
  return with_held_attachments(
      call, logs, request->name(), files(digests),
      [call, &logs, request, reply](grpc::ServerUnaryReactor* reactor,
                                    std::vector<v1::Attachment> held) {
        decide_and_show(
            call, reactor, logs, request, reply,
            [request, held = std::move(held)](const Consultation& state, const Context& context) {
              return decide(state, *request, held, context);
            });
      });
}

// The draft that a submission takes, as it stands in `log` now.
std::variant<DraftRead, grpc::Status> draft_of(Log& log, const std::string& answer) {
  const auto at = log.state();
  Texts texts(log.store());
  const AnswerKey key = round_member_of(answer, "answers");
  DraftRead draft = read_draft(answer_in(at->state, log.region(), key), texts);
  if (texts.failure()) return status_of(texts);
  return draft;
}

}  // namespace

grpc::ServerUnaryReactor* AnswerApi::SaveDraft(grpc::CallbackServerContext* call,
                                               const v1::SaveDraftRequest* request,
                                               v1::DraftedQuestion* reply) {
  return carry_out(
      call, logs_, request->name(), request, reply,
      [key = round_member_of(request->name(), "answers"), question = request->value().question()](
          const Consultation& state, Log& log, v1::DraftedQuestion& made) {
        Texts texts(log.store());
        made = shown_question(answer_in(state, log.region(), key), question, texts);
        return status_of(texts);
      });
}

grpc::ServerUnaryReactor* AnswerApi::SubmitAnswer(grpc::CallbackServerContext* call,
                                                  const v1::SubmitAnswerRequest* request,
                                                  v1::Answer* reply) {
  return with_held_attachments(
      call, logs_, request->name(), files({request->treatment().extract_sha256()}),
      [this, call, request, reply](grpc::ServerUnaryReactor* reactor,
                                   std::vector<v1::Attachment> held) {
        DraftRead draft;
        if (request->from_draft()) {
          // A few small documents, read before the command waits in the queue. Whoever saves
          // meanwhile changes the draft's etag, and the command is refused.
          auto read = draft_of(*logs_.find_open(region_of(request->name())), request->name());
          if (auto* failed = std::get_if<grpc::Status>(&read)) {
            return reactor->Finish(std::move(*failed));
          }
          draft = std::get<DraftRead>(std::move(read));
        }
        decide_and_show(call, reactor, logs_, request, reply,
                        [request, draft = std::move(draft), held = std::move(held)](
                            const Consultation& state, const Context& context) {
                          return decide(state, *request, draft, held, context);
                        });
      });
}

grpc::ServerUnaryReactor* AnswerApi::RecordAnswer(grpc::CallbackServerContext* call,
                                                  const v1::RecordAnswerRequest* request,
                                                  v1::Answer* reply) {
  return decide_with_files(call, logs_, request, reply,
                           {request->letter_sha256(), request->treatment().extract_sha256()});
}

grpc::ServerUnaryReactor* AnswerApi::WithdrawAnswer(grpc::CallbackServerContext* call,
                                                    const v1::WithdrawAnswerRequest* request,
                                                    v1::Answer* reply) {
  return decide_alone(call, logs_, request, reply);
}

grpc::ServerUnaryReactor* AnswerApi::EraseAnswerTexts(grpc::CallbackServerContext* call,
                                                      const v1::EraseAnswerTextsRequest* request,
                                                      v1::Answer* reply) {
  return decide_alone(call, logs_, request, reply);
}

grpc::ServerUnaryReactor* AnswerApi::RecordTreatment(grpc::CallbackServerContext* call,
                                                     const v1::RecordTreatmentRequest* request,
                                                     v1::Answer* reply) {
  return decide_with_files(call, logs_, request, reply, {request->treatment().extract_sha256()});
}

}  // namespace kkr::consultation
