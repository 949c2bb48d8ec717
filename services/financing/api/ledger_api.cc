#include "services/financing/api/ledger_api.h"

#include "services/financing/app/books_view.h"

namespace kkr::financing {
namespace {

grpc::Status agreement_unknown() { return to_status(refusal(Rejection::kAgreementUnknown)); }

// The books of an agreement, empty ones while nothing has been posted; null when there is no such
// agreement.
std::shared_ptr<const Books> books_of(const Financing& state, const AgreementId& agreement) {
  if (!state.agreements.contains(agreement)) return nullptr;
  const auto books = state.books.find(agreement);
  return books == nullptr ? std::make_shared<const Books>() : books;
}

}  // namespace

grpc::ServerUnaryReactor* LedgerApi::GetTrialBalance(grpc::CallbackServerContext* call,
                                                     const v1::GetTrialBalanceRequest* request,
                                                     v1::TrialBalance* reply) {
  return look_up(call, logs_, request->name(), reply,
                 [name = request->name(), year = request->year()](const Financing& state, Log&,
                                                                  v1::TrialBalance& made) {
                   const auto parsed = parse_agreement_name(name);
                   const auto books = parsed ? books_of(state, parsed->id) : nullptr;
                   if (books == nullptr) return agreement_unknown();
                   made = shown_trial_balance(*books, name, year);
                   return grpc::Status::OK;
                 });
}

grpc::ServerUnaryReactor* LedgerApi::GetStatement(grpc::CallbackServerContext* call,
                                                  const v1::GetStatementRequest* request,
                                                  v1::Statement* reply) {
  return look_up(call, logs_, request->name(), reply,
                 [name = request->name()](const Financing& state, Log&, v1::Statement& made) {
                   const auto id = parse_statement_name(name);
                   const auto books = id ? books_of(state, id->agreement) : nullptr;
                   if (books == nullptr) return agreement_unknown();
                   auto statement = shown_statement(*books, name, *id);
                   if (!statement) return to_status(refusal(Rejection::kStatementUnknown));
                   made = *std::move(statement);
                   return grpc::Status::OK;
                 });
}

grpc::ServerUnaryReactor* LedgerApi::ListPostings(grpc::CallbackServerContext* call,
                                                  const v1::ListPostingsRequest* request,
                                                  v1::ListPostingsResponse* reply) {
  return list(call, logs_, request->parent() + "/postings", request, reply,
              [agreement = parse_agreement_name(request->parent())](
                  const Financing& state, Log&, PageFill& page, v1::ListPostingsResponse& made) {
                const auto books = agreement ? books_of(state, agreement->id) : nullptr;
                if (books == nullptr) return agreement_unknown();
                const int after = page.after_number();
                books->postings.visit_after(&after, [&](int number, const Posted& posted) {
                  if (!page.has_room(made)) return false;
                  *made.add_postings() = shown(posted, number);
                  page.put_in(std::to_string(number));
                  return true;
                });
                return grpc::Status::OK;
              });
}

}  // namespace kkr::financing
