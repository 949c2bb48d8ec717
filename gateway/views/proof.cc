#include "gateway/views/fetch.h"
#include "gateway/views/financing_rows.h"
#include "gateway/views/view_caller.h"
#include "kkr/registry/v1/region.pb.h"

namespace kkr::gateway {
namespace {

namespace financing = kkr::financing::v1;
namespace registry = kkr::registry::v1;

}  // namespace

boost::asio::awaitable<CallReply> view_proof(GrpcCaller& services,
                                             const v1::GetProofRequest& request,
                                             const CallContext& context) {
  const AgreementYear year = agreement_year_of(request.name());
  registry::GetRegionRequest get_region;
  get_region.set_name(region_name_of(request.name()));
  financing::GetAgreementRequest get_agreement;
  get_agreement.set_name(year.agreement);
  financing::GetBudgetRequest get_budget;
  get_budget.set_name(year.budget);

  Fetch fetch(services, context);
  const auto region = fetch.add("kkr.registry.v1.RegionService.GetRegion", get_region);
  const auto agreement = fetch.add("kkr.financing.v1.AgreementService.GetAgreement", get_agreement);
  const auto budget = fetch.add("kkr.financing.v1.BudgetService.GetBudget", get_budget);
  const auto charges = add_charges(fetch, year);
  co_await fetch.run();
  if (auto failure = fetch.failure()) co_return CallReply{*std::move(failure), nullptr, {}, ""};

  auto view = std::make_unique<v1::Proof>();
  view->set_name(request.name());
  if (const auto* got = fetch.reply<registry::Region>(region)) *view->mutable_region() = *got;
  if (const auto* got = fetch.reply<financing::Agreement>(agreement)) {
    *view->mutable_agreement() = *got;
    // Contacts may name people, and a view may be kept in a cache.
    for (auto& terms : *view->mutable_agreement()->mutable_versions()) terms.clear_contact();
  }
  if (const auto* got = fetch.reply<financing::Budget>(budget)) *view->mutable_budget() = *got;
  if (const auto* got = charge_of(fetch, charges, year)) *view->mutable_charge() = *got;
  financing::GetSplitRequest get_split;
  get_split.set_name(view->charge().split().empty() ? view->budget().split()
                                                    : view->charge().split());
  if (!get_split.name().empty()) {
    const auto split = fetch.add("kkr.financing.v1.SplitService.GetSplit", get_split);
    co_await fetch.run();
    if (auto failure = fetch.failure()) co_return CallReply{*std::move(failure), nullptr, {}, ""};
    if (const auto* got = fetch.reply<financing::Split>(split)) *view->mutable_split() = *got;
  }
  *view->mutable_parts() = fetch.parts();
  co_return fetch.finish(std::move(view), std::nullopt);
}

}  // namespace kkr::gateway
