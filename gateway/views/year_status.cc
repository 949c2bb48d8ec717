#include <charconv>
#include <map>

#include "gateway/views/fetch.h"
#include "gateway/views/financing_rows.h"
#include "gateway/views/view_caller.h"
#include "kkr/financing/v1/invoices.pb.h"
#include "kkr/registry/v1/region.pb.h"

namespace kkr::gateway {
namespace {

namespace financing = kkr::financing::v1;
namespace registry = kkr::registry::v1;
using platform::Money;

constexpr int kInvoicesMax = 1000;

financing::ListInvoicesRequest invoices_of(const AgreementYear& year) {
  financing::ListInvoicesRequest list;
  list.set_parent(region_name_of(year.agreement));
  list.set_agreement(year.agreement);
  int number = 0;
  std::from_chars(year.year.data(), year.year.data() + year.year.size(), number);
  list.set_charged_year(number);
  list.set_page_size(kInvoicesMax);
  return list;
}

// One row per municipality that has a share or an invoice, and their sum.
void add_rows(const financing::Split* split, const financing::ListInvoicesResponse* invoices,
              v1::YearStatus& view) {
  std::map<std::string, v1::YearStatusRow> rows;
  std::map<std::string, FinancingFigures> figures;
  Money shares;
  if (split != nullptr) {
    for (const financing::SplitRow& member : split->rows()) {
      v1::YearStatusRow& row = rows[member.code()];
      row.set_display_name(member.display_name());
      row.set_share(member.share());
      shares += platform::parse_money(member.share()).value_or(Money{});
    }
    view.mutable_total()->set_share(platform::format_money(shares));
  }
  if (invoices != nullptr) {
    for (const financing::Invoice& invoice : invoices->invoices()) {
      v1::YearStatusRow& row = rows[invoice.buyer().code()];
      if (row.display_name().empty()) row.set_display_name(invoice.buyer().official_name());
      figures[invoice.buyer().code()].add(invoice);
    }
  }
  FinancingFigures total;
  for (auto& [code, row] : rows) {
    row.set_code(code);
    figures[code].write(row);
    total.add(figures[code]);
    *view.add_rows() = std::move(row);
  }
  total.write(*view.mutable_total());
  view.mutable_total()->clear_invoices();
}

}  // namespace

boost::asio::awaitable<CallReply> view_year_status(GrpcCaller& services,
                                                   const v1::GetYearStatusRequest& request,
                                                   const CallContext& context) {
  const AgreementYear year = agreement_year_of(request.name());
  registry::GetRegionRequest get_region;
  get_region.set_name(region_name_of(request.name()));
  financing::GetBudgetRequest get_budget;
  get_budget.set_name(year.budget);

  Fetch fetch(services, context);
  const auto region = fetch.add("kkr.registry.v1.RegionService.GetRegion", get_region);
  const auto budget = fetch.add("kkr.financing.v1.BudgetService.GetBudget", get_budget);
  const auto charges = add_charges(fetch, year);
  const auto listed = fetch.add("kkr.financing.v1.InvoiceService.ListInvoices", invoices_of(year));
  co_await fetch.run();
  if (auto failure = fetch.failure()) co_return CallReply{*std::move(failure), nullptr, {}, ""};

  auto view = std::make_unique<v1::YearStatus>();
  view->set_name(request.name());
  if (const auto* got = fetch.reply<registry::Region>(region)) *view->mutable_region() = *got;
  if (const auto* got = fetch.reply<financing::Budget>(budget)) *view->mutable_budget() = *got;
  if (const auto* got = charge_of(fetch, charges, year)) *view->mutable_charge() = *got;
  financing::GetSplitRequest get_split;
  get_split.set_name(view->charge().split().empty() ? view->budget().split()
                                                    : view->charge().split());
  const financing::Split* split = nullptr;
  if (!get_split.name().empty()) {
    const auto call = fetch.add("kkr.financing.v1.SplitService.GetSplit", get_split);
    co_await fetch.run();
    if (auto failure = fetch.failure()) co_return CallReply{*std::move(failure), nullptr, {}, ""};
    split = fetch.reply<financing::Split>(call);
  }
  const auto* invoices = fetch.reply<financing::ListInvoicesResponse>(listed);
  add_rows(split, invoices, *view);
  std::optional<std::chrono::system_clock::time_point> next_change;
  if (invoices != nullptr && invoices->has_next_change_time()) {
    *view->mutable_next_change_time() = invoices->next_change_time();
    next_change = to_chrono(invoices->next_change_time());
  }
  *view->mutable_parts() = fetch.parts();
  co_return fetch.finish(std::move(view), next_change);
}

}  // namespace kkr::gateway
