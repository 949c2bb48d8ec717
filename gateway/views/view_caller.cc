#include "gateway/views/view_caller.h"

namespace kkr::gateway {

const google::protobuf::ServiceDescriptor& ViewCaller::service() {
  return *v1::Board::descriptor()->file()->FindServiceByName("ViewService");
}

boost::asio::awaitable<CallReply> ViewCaller::call(const google::protobuf::MethodDescriptor&,
                                                   const google::protobuf::Message& request,
                                                   const CallContext& context) {
  if (const auto* board = dynamic_cast<const v1::GetBoardRequest*>(&request))
    co_return co_await view_board(services_, *board, context);
  if (const auto* newest = dynamic_cast<const v1::GetNewestCollectionRequest*>(&request))
    co_return co_await view_newest_collection(services_, *newest, context);
  if (const auto* overview = dynamic_cast<const v1::GetOverviewRequest*>(&request))
    co_return co_await view_overview(services_, *overview, context);
  if (const auto* proof = dynamic_cast<const v1::GetProofRequest*>(&request))
    co_return co_await view_proof(services_, *proof, context);
  if (const auto* year = dynamic_cast<const v1::GetYearStatusRequest*>(&request))
    co_return co_await view_year_status(services_, *year, context);
  if (const auto* one = dynamic_cast<const v1::GetMunicipalityFinancingRequest*>(&request))
    co_return co_await view_municipality_financing(services_, *one, context);
  CallReply reply;
  reply.status = grpc::Status(grpc::StatusCode::UNIMPLEMENTED, "There is no such view.");
  co_return reply;
}

}  // namespace kkr::gateway
