#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "gateway/views/fetch.h"
#include "gateway/views/financing_rows.h"
#include "gateway/views/view_caller.h"
#include "kkr/financing/v1/invoices.pb.h"
#include "kkr/registry/v1/municipality.pb.h"
#include "services/platform/time/local_date.h"

namespace kkr::gateway {
namespace {

namespace financing = kkr::financing::v1;
namespace registry = kkr::registry::v1;

constexpr int kInvoicesMax = 1000;
constexpr int kFirstYear = 2007;  // The first memberships begin with the municipalities of today.

// Asks for the municipality today and on every 1 January so far: its invoices lie with the region
// it belonged to at the time.
std::vector<std::size_t> ask_regions(Fetch& fetch, const std::string& name) {
  std::vector<std::size_t> calls;
  const auto ask = [&](const std::string& as_of) {
    registry::GetMunicipalityRequest get;
    get.set_name(name);
    get.set_as_of(as_of);
    calls.push_back(fetch.add("kkr.registry.v1.MunicipalityService.GetMunicipality", get));
  };
  ask("");
  const auto today = platform::local_date_of(absl::Now());
  for (auto year = platform::LocalDate(kFirstYear, 1, 1); year <= today;
       year = platform::LocalDate(year.year() + 1, 1, 1)) {
    ask(platform::format_date(year));
  }
  return calls;
}

// One row per agreement and year.
void add_years(const std::vector<const financing::ListInvoicesResponse*>& lists,
               v1::MunicipalityFinancing& view) {
  std::map<std::pair<std::string, int>, FinancingFigures> years;
  for (const financing::ListInvoicesResponse* list : lists)
    for (const financing::Invoice& invoice : list->invoices())
      years[{invoice.agreement(), invoice.charged_year()}].add(invoice);
  for (const auto& [key, figures] : years) {
    v1::MunicipalityYear& year = *view.add_years();
    year.set_agreement(key.first);
    year.set_year(key.second);
    year.mutable_figures()->set_code(view.municipality().code());
    year.mutable_figures()->set_display_name(view.municipality().display_name());
    figures.write(*year.mutable_figures());
  }
}

}  // namespace

boost::asio::awaitable<CallReply> view_municipality_financing(
    GrpcCaller& services, const v1::GetMunicipalityFinancingRequest& request,
    const CallContext& context) {
  Fetch fetch(services, context);
  const std::vector<std::size_t> asked = ask_regions(fetch, request.name());
  co_await fetch.run();
  if (auto failure = fetch.failure()) co_return CallReply{*std::move(failure), nullptr, {}, ""};

  auto view = std::make_unique<v1::MunicipalityFinancing>();
  view->set_name(request.name());
  std::set<std::string> regions;
  for (const std::size_t call : asked) {
    const auto* got = fetch.reply<registry::Municipality>(call);
    if (got == nullptr) continue;
    if (call == asked.front()) *view->mutable_municipality() = *got;
    if (!got->region().empty()) regions.insert(got->region());
  }
  std::vector<std::size_t> listing;
  for (const std::string& region : regions) {
    financing::ListInvoicesRequest list;
    list.set_parent(region);
    list.set_municipality(request.name().substr(request.name().rfind('/') + 1));
    list.set_page_size(kInvoicesMax);
    listing.push_back(fetch.add("kkr.financing.v1.InvoiceService.ListInvoices", list));
  }
  co_await fetch.run();
  if (auto failure = fetch.failure()) co_return CallReply{*std::move(failure), nullptr, {}, ""};

  std::vector<const financing::ListInvoicesResponse*> lists;
  std::optional<std::chrono::system_clock::time_point> next_change;
  for (const std::size_t call : listing) {
    const auto* got = fetch.reply<financing::ListInvoicesResponse>(call);
    if (got == nullptr) continue;
    lists.push_back(got);
    if (!got->has_next_change_time()) continue;
    const auto change = to_chrono(got->next_change_time());
    if (next_change && *next_change <= change) continue;
    next_change = change;
    *view->mutable_next_change_time() = got->next_change_time();
  }
  add_years(lists, *view);
  *view->mutable_parts() = fetch.parts();
  co_return fetch.finish(std::move(view), next_change);
}

}  // namespace kkr::gateway
