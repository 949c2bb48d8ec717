#include <optional>
#include <string>
#include <utility>

#include "services/consultation/api/answer_api.h"
#include "services/consultation/app/answer_view.h"
#include "services/consultation/app/diff_answers.h"
#include "services/platform/grpc/request_fields.h"

namespace kkr::consultation {
namespace {

// What a query about one answer looks at; nullopt and `refused` when the round is unknown or did
// not ask the municipality.
std::optional<AnswerInState> asked(const Consultation& state, const Log& log,
                                   const std::string& name, grpc::Status& refused) {
  AnswerInState in = answer_in(state, log.region(), round_member_of(name, "answers"));
  if (in.round == nullptr) {
    refused = to_status(refusal(Rejection::kRoundUnknown));
    return std::nullopt;
  }
  if (invitee_of(*in.round, in.key.municipality) == nullptr) {
    refused = to_status(
        refusal(Rejection::kMunicipalityNotInvited, {{"municipality", in.key.municipality.text}}));
    return std::nullopt;
  }
  return in;
}

// Null when there is no such version; 0 means the newest.
std::shared_ptr<const AnswerVersion> version_of(const AnswerInState& in, int number) {
  if (in.answer == nullptr) return nullptr;
  return number == 0 ? newest_version(*in.answer) : in.answer->versions.find(number);
}

grpc::Status get(const Consultation& state, Log& log, const v1::GetAnswerRequest& request,
                 v1::Answer& reply) {
  grpc::Status refused;
  const auto in = asked(state, log, request.name(), refused);
  if (!in) return refused;
  const auto version = version_of(*in, request.version());
  if (version == nullptr) return to_status(refusal(Rejection::kAnswerUnknown));
  Texts texts(log.store());
  reply = shown(*in, *version, AnswerDetail::kFull, texts);
  return status_of(texts);
}

grpc::Status get_draft(const Consultation& state, Log& log, std::string name, v1::Draft& reply) {
  constexpr std::string_view kDraft = "/draft";
  if (!name.ends_with(kDraft)) return to_status(refusal(Rejection::kRoundUnknown));
  name.resize(name.size() - kDraft.size());
  grpc::Status refused;
  const auto in = asked(state, log, name, refused);
  if (!in) return refused;
  Texts texts(log.store());
  reply = shown_draft(*in, texts);
  return status_of(texts);
}

grpc::Status list(const Consultation& state, Log& log, const std::string& parent,
                  const std::string& scope, const platform::Page& page,
                  v1::ListAnswersResponse& reply) {
  const RoundId id = round_of(parent);
  const auto round = state.rounds.find(id);
  if (round == nullptr) return to_status(refusal(Rejection::kRoundUnknown));
  Texts texts(log.store());
  std::string last;
  // The invited are few; answers of other rounds are never looked at.
  for (auto invited = round->invited->upper_bound(MunicipalityCode{page.after});
       invited != round->invited->end(); ++invited) {
    const AnswerInState in = answer_in(state, log.region(), {id, invited->first});
    const auto version = version_of(in, 0);
    if (version == nullptr) continue;
    if (static_cast<std::size_t>(reply.answers_size()) == page.size) {
      reply.set_next_page_token(platform::make_page_token(scope, last));
      break;
    }
    *reply.add_answers() = shown(in, *version, AnswerDetail::kSummary, texts);
    last = invited->first.text;
  }
  return status_of(texts);
}

grpc::Status list_versions(const Consultation& state, Log& log, const std::string& name,
                           const std::string& scope, const platform::Page& page,
                           v1::ListAnswerVersionsResponse& reply) {
  grpc::Status refused;
  const auto in = asked(state, log, name, refused);
  if (!in) return refused;
  if (in->answer == nullptr) return grpc::Status::OK;
  Texts texts(log.store());
  const int after = number_in(page.after);
  in->answer->versions.visit_after(&after, [&](int number, const AnswerVersion& version) {
    if (static_cast<std::size_t>(reply.versions_size()) == page.size) {
      reply.set_next_page_token(platform::make_page_token(scope, std::to_string(number - 1)));
      return false;
    }
    *reply.add_versions() = shown(*in, version, AnswerDetail::kSummary, texts);
    return true;
  });
  return status_of(texts);
}

grpc::Status compare(const Consultation& state, Log& log,
                     const v1::CompareAnswerVersionsRequest& request, v1::AnswerComparison& reply) {
  grpc::Status refused;
  const auto in = asked(state, log, request.name(), refused);
  if (!in) return refused;
  const auto to = version_of(*in, request.to_version());
  const int before = to == nullptr ? 0 : to->content.number() - 1;
  const auto from = to == nullptr
                        ? nullptr
                        : in->answer->versions.find(
                              request.from_version() == 0 ? before : request.from_version());
  if (from == nullptr) return to_status(refusal(Rejection::kAnswerUnknown));
  Texts texts(log.store());
  v1::AnswerBody old_body;
  v1::AnswerBody new_body;
  texts.read(from->content.body().key(), old_body);
  texts.read(to->content.body().key(), new_body);
  reply.set_name(request.name());
  reply.set_from_version(from->content.number());
  reply.set_to_version(to->content.number());
  reply.set_from_kind(from->content.kind());
  reply.set_to_kind(to->content.kind());
  for (v1::QuestionChange& change : changes_between(*in->round, old_body, new_body)) {
    *reply.add_changes() = std::move(change);
  }
  return status_of(texts);
}

}  // namespace

grpc::ServerUnaryReactor* AnswerApi::GetDraft(grpc::CallbackServerContext* call,
                                              const v1::GetDraftRequest* request,
                                              v1::Draft* reply) {
  return look_up(call, logs_, request->name(), reply,
                 [request](const Consultation& state, Log& log, v1::Draft& made) {
                   return get_draft(state, log, request->name(), made);
                 });
}

grpc::ServerUnaryReactor* AnswerApi::GetAnswer(grpc::CallbackServerContext* call,
                                               const v1::GetAnswerRequest* request,
                                               v1::Answer* reply) {
  return look_up(call, logs_, request->name(), reply,
                 [request](const Consultation& state, Log& log, v1::Answer& made) {
                   return get(state, log, *request, made);
                 });
}

grpc::ServerUnaryReactor* AnswerApi::ListAnswers(grpc::CallbackServerContext* call,
                                                 const v1::ListAnswersRequest* request,
                                                 v1::ListAnswersResponse* reply) {
  const std::string scope = request->parent() + "/answers";
  platform::RequestFields fields;
  const platform::Page page = fields.page(scope, request->page_size(), request->page_token());
  if (!fields.ok()) return platform::finish(call, fields.status());
  return look_up(
      call, logs_, request->parent(), reply,
      [request, scope, page](const Consultation& state, Log& log, v1::ListAnswersResponse& made) {
        return list(state, log, request->parent(), scope, page, made);
      });
}

grpc::ServerUnaryReactor* AnswerApi::ListAnswerVersions(
    grpc::CallbackServerContext* call, const v1::ListAnswerVersionsRequest* request,
    v1::ListAnswerVersionsResponse* reply) {
  const std::string scope = request->parent() + "/versions";
  platform::RequestFields fields;
  const platform::Page page = fields.page(scope, request->page_size(), request->page_token());
  if (!fields.ok()) return platform::finish(call, fields.status());
  return look_up(call, logs_, request->parent(), reply,
                 [request, scope, page](const Consultation& state, Log& log,
                                        v1::ListAnswerVersionsResponse& made) {
                   return list_versions(state, log, request->parent(), scope, page, made);
                 });
}

grpc::ServerUnaryReactor* AnswerApi::CompareAnswerVersions(
    grpc::CallbackServerContext* call, const v1::CompareAnswerVersionsRequest* request,
    v1::AnswerComparison* reply) {
  return look_up(call, logs_, request->name(), reply,
                 [request](const Consultation& state, Log& log, v1::AnswerComparison& made) {
                   return compare(state, log, *request, made);
                 });
}

}  // namespace kkr::consultation
