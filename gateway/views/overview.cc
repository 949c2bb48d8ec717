#include "gateway/views/fetch.h"
#include "gateway/views/view_caller.h"
#include "kkr/consultation/v1/papers.pb.h"
#include "kkr/consultation/v1/rounds.pb.h"
#include "kkr/registry/v1/municipality.pb.h"
#include "kkr/registry/v1/region.pb.h"

namespace kkr::gateway {
namespace {

namespace consultation = kkr::consultation::v1;
namespace registry = kkr::registry::v1;

constexpr int kListedMax = 1000;

}  // namespace

boost::asio::awaitable<CallReply> view_overview(GrpcCaller& services,
                                                const v1::GetOverviewRequest& request,
                                                const CallContext& context) {
  registry::GetRegionRequest get_region;
  get_region.set_name(request.name());
  registry::ListRegionMunicipalitiesRequest list_municipalities;
  list_municipalities.set_parent(request.name());
  list_municipalities.set_page_size(kListedMax);
  consultation::ListPapersRequest list_papers;
  list_papers.set_parent(request.name());
  list_papers.set_page_size(kListedMax);
  consultation::ListRoundsRequest list_rounds;
  list_rounds.set_parent(request.name());
  list_rounds.set_page_size(kListedMax);

  Fetch fetch(services, context);
  const auto region = fetch.add("kkr.registry.v1.RegionService.GetRegion", get_region);
  const auto municipalities = fetch.add(
      "kkr.registry.v1.MunicipalityService.ListRegionMunicipalities", list_municipalities);
  const auto papers = fetch.add("kkr.consultation.v1.PaperService.ListPapers", list_papers);
  const auto rounds = fetch.add("kkr.consultation.v1.RoundService.ListRounds", list_rounds);
  co_await fetch.run();
  if (auto failure = fetch.failure()) co_return CallReply{*std::move(failure), nullptr, {}, ""};

  auto view = std::make_unique<v1::Overview>();
  view->set_name(request.name());
  if (const auto* got = fetch.reply<registry::Region>(region)) *view->mutable_region() = *got;
  if (const auto* got = fetch.reply<registry::ListRegionMunicipalitiesResponse>(municipalities))
    *view->mutable_municipalities() = got->municipalities();
  if (const auto* got = fetch.reply<consultation::ListPapersResponse>(papers))
    *view->mutable_papers() = got->papers();
  if (const auto* got = fetch.reply<consultation::ListRoundsResponse>(rounds))
    *view->mutable_rounds() = got->rounds();
  for (auto& round : *view->mutable_rounds()) round.clear_state_reason();
  *view->mutable_parts() = fetch.parts();
  co_return fetch.finish(std::move(view), std::nullopt);
}

}  // namespace kkr::gateway
