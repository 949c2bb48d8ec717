#include "services/financing/api/year_end_api.h"

#include "services/financing/app/books_view.h"
#include "services/financing/domain/year_end_commands.h"

namespace kkr::financing {
namespace {

auto showing_year_end(const std::string& name) {
  return [name = parse_year_end_name(name)](const Financing& state, Log&, v1::YearEnd& reply) {
    if (!name || !state.agreements.contains(name->id.agreement)) {
      return to_status(refusal(Rejection::kAgreementUnknown));
    }
    const auto year_end = state.year_ends.find(name->id);
    if (year_end == nullptr) return to_status(refusal(Rejection::kYearEndUnknown));
    reply = shown(*year_end);
    return grpc::Status::OK;
  };
}

}  // namespace

grpc::ServerUnaryReactor* YearEndApi::CloseYear(grpc::CallbackServerContext* call,
                                                const v1::CloseYearRequest* request,
                                                v1::YearEnd* reply) {
  return carry_out(call, logs_, request->name(), request, reply, showing_year_end(request->name()));
}

grpc::ServerUnaryReactor* YearEndApi::GetYearEnd(grpc::CallbackServerContext* call,
                                                 const v1::GetYearEndRequest* request,
                                                 v1::YearEnd* reply) {
  return look_up(call, logs_, request->name(), reply, showing_year_end(request->name()));
}

}  // namespace kkr::financing
