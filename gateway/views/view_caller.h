// Carries out kkr.gateway.v1.ViewService: each view fetches from the services and puts together
// what they answer. Decides nothing and keeps nothing.
#pragma once

#include "gateway/backend/grpc_caller.h"
#include "kkr/gateway/v1/views.pb.h"

namespace kkr::gateway {

class ViewCaller : public Caller {
 public:
  // `services` must outlive the caller.
  explicit ViewCaller(GrpcCaller& services) : services_(services) {}

  // `method` is one of ViewService; another is UNIMPLEMENTED.
  boost::asio::awaitable<CallReply> call(const google::protobuf::MethodDescriptor& method,
                                         const google::protobuf::Message& request,
                                         const CallContext& context) override;

  static const google::protobuf::ServiceDescriptor& service();

 private:
  GrpcCaller& services_;
};

// One view each, in a file of its own.
boost::asio::awaitable<CallReply> view_board(GrpcCaller& services,
                                             const v1::GetBoardRequest& request,
                                             const CallContext& context);
boost::asio::awaitable<CallReply> view_newest_collection(
    GrpcCaller& services, const v1::GetNewestCollectionRequest& request,
    const CallContext& context);
boost::asio::awaitable<CallReply> view_overview(GrpcCaller& services,
                                                const v1::GetOverviewRequest& request,
                                                const CallContext& context);
boost::asio::awaitable<CallReply> view_proof(GrpcCaller& services,
                                             const v1::GetProofRequest& request,
                                             const CallContext& context);
boost::asio::awaitable<CallReply> view_year_status(GrpcCaller& services,
                                                   const v1::GetYearStatusRequest& request,
                                                   const CallContext& context);
boost::asio::awaitable<CallReply> view_municipality_financing(
    GrpcCaller& services, const v1::GetMunicipalityFinancingRequest& request,
    const CallContext& context);

}  // namespace kkr::gateway
