#include "services/financing/api/split_api.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <variant>

#include "services/financing/app/split_export.h"
#include "services/financing/app/split_view.h"
#include "services/financing/domain/split_commands.h"
#include "services/platform/grpc/failure_status.h"

namespace kkr::financing {
namespace {

// The budget whose splits are meant, or why there is none.
std::variant<std::shared_ptr<const Budget>, grpc::Status> budget_of(const Financing& state,
                                                                    const YearKey& year) {
  if (!state.agreements.contains(year.agreement)) {
    return to_status(refusal(Rejection::kAgreementUnknown));
  }
  auto budget = state.budgets.find(year);
  if (budget == nullptr) return to_status(refusal(Rejection::kBudgetUnknown));
  return budget;
}

// Shows the split that the command made, or the newest when it made none.
grpc::Status show_made(const Committed& done, const std::string& parent, v1::Split& reply) {
  const Financing& state = done.state->state;
  const auto year = parse_budget_name(parent);
  const auto budget = year ? state.budgets.find(year->id) : nullptr;
  if (budget == nullptr) return to_status(refusal(Rejection::kBudgetUnknown));
  const auto made =
      std::find_if(budget->splits.begin(), budget->splits.end(), [&](const SplitPtr& split) {
        return split->position >= done.first_position && split->position <= done.last_position;
      });
  const SplitPtr split = made == budget->splits.end() ? newest_split(*budget) : *made;
  if (split == nullptr) return to_status(refusal(Rejection::kSplitUnknown));
  reply = shown(state, year->id, *split, Rows::kShown);
  return grpc::Status::OK;
}

grpc::Status show(const Financing& state, const std::string& name, v1::Split& reply) {
  const auto parsed = parse_split_name(name);
  if (!parsed) return to_status(refusal(Rejection::kSplitUnknown));
  auto budget = budget_of(state, parsed->id);
  if (auto* fault = std::get_if<grpc::Status>(&budget)) return *fault;
  const SplitPtr split = split_of(*std::get<0>(budget), parsed->number);
  if (split == nullptr) return to_status(refusal(Rejection::kSplitUnknown));
  reply = shown(state, parsed->id, *split, Rows::kShown);
  return grpc::Status::OK;
}

grpc::Status export_as(v1::ExportSplitRequest::Format format, const v1::Split& split,
                       grpc::CallbackServerContext& call, google::api::HttpBody& reply) {
  ExportedFile file = exported(split, format);
  if (file.content.empty()) {
    return platform::failure_status(platform::CommandFailure::kStorageFull);
  }
  call.AddInitialMetadata("content-disposition", "attachment; filename=\"" + file.name + "\"");
  reply.set_content_type(std::move(file.content_type));
  reply.set_data(std::move(file.content));
  return grpc::Status::OK;
}

}  // namespace

grpc::ServerUnaryReactor* SplitApi::CreateSplit(grpc::CallbackServerContext* call,
                                                const v1::CreateSplitRequest* request,
                                                v1::Split* reply) {
  grpc::ServerUnaryReactor* reactor = call->DefaultReactor();
  platform::with_log(logs_, region_of(request->parent()), reactor,
                     [this, call, reactor, request, reply](Log& log) {
                       create(call, reactor, log, request, reply);
                     });
  return reactor;
}

void SplitApi::create(grpc::CallbackServerContext* call, grpc::ServerUnaryReactor* reactor,
                      Log& log, const v1::CreateSplitRequest* request, v1::Split* reply) {
  const auto decide_with = [this, call, reactor, request, reply](SplitAnswer answer) {
    platform::run_command(
        call, reactor, logs_, region_of(request->parent()), *request, reply,
        [request, answer = std::move(answer)](const Financing& state, const Context& context) {
          return decide(state, *request, answer, context);
        },
        [request](const Committed& done, Log&, v1::Split& made) {
          return show_made(done, request->parent(), made);
        });
  };
  auto question =
      question_of(log.state()->state, request->parent(), platform::local_date_of(clock_.now()));
  if (std::holds_alternative<Refusal>(question)) return decide_with({});
  registry_.ask_members(std::get<SplitQuestion>(question), call->deadline(),
                        [reactor, decide_with](RegistryClient::Told told) {
                          if (auto* failed = std::get_if<grpc::Status>(&told)) {
                            return reactor->Finish(std::move(*failed));
                          }
                          decide_with(std::get<SplitAnswer>(std::move(told)));
                        });
}

grpc::ServerUnaryReactor* SplitApi::GetSplit(grpc::CallbackServerContext* call,
                                             const v1::GetSplitRequest* request, v1::Split* reply) {
  return look_up(call, logs_, request->name(), reply,
                 [name = request->name()](const Financing& state, Log&, v1::Split& made) {
                   return show(state, name, made);
                 });
}

grpc::ServerUnaryReactor* SplitApi::ListSplits(grpc::CallbackServerContext* call,
                                               const v1::ListSplitsRequest* request,
                                               v1::ListSplitsResponse* reply) {
  return list(call, logs_, request->parent() + "/splits", request, reply,
              [year = parse_budget_name(request->parent())](
                  const Financing& state, Log&, PageFill& page, v1::ListSplitsResponse& made) {
                if (!year) return to_status(refusal(Rejection::kBudgetUnknown));
                auto budget = budget_of(state, year->id);
                if (auto* fault = std::get_if<grpc::Status>(&budget)) return *fault;
                const int count = static_cast<int>(std::get<0>(budget)->splits.size());
                for (int number = page.after_number() + 1; number <= count; ++number) {
                  if (!page.has_room(made)) break;
                  const SplitPtr split = split_of(*std::get<0>(budget), number);
                  *made.add_splits() = shown(state, year->id, *split, Rows::kLeftOut);
                  page.put_in(std::to_string(number));
                }
                return grpc::Status::OK;
              });
}

grpc::ServerUnaryReactor* SplitApi::ExportSplit(grpc::CallbackServerContext* call,
                                                const v1::ExportSplitRequest* request,
                                                google::api::HttpBody* reply) {
  if (!v1::ExportSplitRequest::Format_IsValid(request->format())) {
    return platform::finish(call,
                            to_status(refusal(Rejection::kArgumentInvalid,
                                              {{"field", "format"}, {"rule", "CSV or XLSX"}})));
  }
  return look_up(call, logs_, request->name(), reply,
                 [call, request](const Financing& state, Log&, google::api::HttpBody& made) {
                   v1::Split split;
                   grpc::Status status = show(state, request->name(), split);
                   if (!status.ok()) return status;
                   return export_as(request->format(), split, *call, made);
                 });
}

}  // namespace kkr::financing
