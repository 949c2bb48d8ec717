#include "gateway/views/fetch.h"
#include "gateway/views/view_caller.h"
#include "kkr/consultation/v1/collections.pb.h"
#include "kkr/consultation/v1/rounds.pb.h"
#include "kkr/registry/v1/region.pb.h"

namespace kkr::gateway {
namespace {

namespace consultation = kkr::consultation::v1;
namespace registry = kkr::registry::v1;

constexpr int kPageSize = 1000;

}  // namespace

// Not kept in any cache: it holds what people wrote, which may have to be erased.
boost::asio::awaitable<CallReply> view_newest_collection(
    GrpcCaller& services, const v1::GetNewestCollectionRequest& request,
    const CallContext& context) {
  registry::GetRegionRequest get_region;
  get_region.set_name(region_name_of(request.name()));
  consultation::GetRoundRequest get_round;
  get_round.set_name(request.name());
  consultation::ListCollectionsRequest list;
  list.set_parent(request.name());
  list.set_page_size(kPageSize);

  Fetch fetch(services, context);
  const auto round = fetch.add("kkr.consultation.v1.RoundService.GetRound", get_round);
  const auto region = fetch.add("kkr.registry.v1.RegionService.GetRegion", get_region);
  auto page = fetch.add("kkr.consultation.v1.CollectionService.ListCollections", list);
  co_await fetch.run();
  if (auto failure = fetch.failure()) co_return CallReply{*std::move(failure), nullptr, {}, ""};

  auto view = std::make_unique<v1::NewestCollection>();
  view->set_name(request.name());
  if (const auto* got = fetch.reply<registry::Region>(region)) *view->mutable_region() = *got;
  if (const auto* got = fetch.reply<consultation::Round>(round)) {
    *view->mutable_round() = *got;
    view->mutable_round()->clear_state_reason();
  }
  const auto* listed = fetch.reply<consultation::ListCollectionsResponse>(page);
  if (listed != nullptr && !listed->collections().empty()) {
    consultation::GetCollectionRequest get;
    get.set_name(listed->collections().rbegin()->name());
    const auto newest = fetch.add("kkr.consultation.v1.CollectionService.GetCollection", get);
    co_await fetch.run();
    if (auto failure = fetch.failure()) co_return CallReply{*std::move(failure), nullptr, {}, ""};
    if (const auto* got = fetch.reply<consultation::Collection>(newest))
      *view->mutable_collection() = *got;
  }
  *view->mutable_parts() = fetch.parts();
  CallReply reply = fetch.finish(std::move(view), std::nullopt);
  reply.freshness.is_complete = false;
  co_return reply;
}

}  // namespace kkr::gateway
