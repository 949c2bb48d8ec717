#include "gateway/views/financing_rows.h"

#include <algorithm>

namespace kkr::gateway {
namespace {

using financing::v1::Invoice;
using platform::format_money;
using platform::Money;

Money amount_of(const std::string& text) { return platform::parse_money(text).value_or(Money{}); }

}  // namespace

AgreementYear agreement_year_of(const std::string& name) {
  constexpr std::string_view kYears = "/years/";
  const std::size_t years = name.rfind(kYears);
  if (years == std::string::npos) return {name, "", name};
  const std::string agreement = name.substr(0, years);
  const std::string year = name.substr(years + kYears.size());
  return {agreement, year, agreement + "/budgets/" + year};
}

std::size_t add_charges(Fetch& fetch, const AgreementYear& year) {
  constexpr int kChargesMax = 1000;
  financing::v1::ListChargesRequest list;
  list.set_parent(year.agreement);
  list.set_page_size(kChargesMax);
  return fetch.add("kkr.financing.v1.ChargeService.ListCharges", list);
}

const financing::v1::Charge* charge_of(const Fetch& fetch, std::size_t call,
                                       const AgreementYear& year) {
  const auto* list = fetch.reply<financing::v1::ListChargesResponse>(call);
  if (list == nullptr) return nullptr;
  const std::string name = year.agreement + "/charges/" + year.year + "-annual";
  for (const financing::v1::Charge& charge : list->charges())
    if (charge.name() == name) return &charge;
  return nullptr;
}

void FinancingFigures::add(const Invoice& invoice) {
  names_.push_back(invoice.name());
  const bool counts =
      invoice.kind() == Invoice::KIND_INVOICE && invoice.state() != Invoice::STATE_CREDITED;
  if (!counts) return;
  const Money outstanding = amount_of(invoice.outstanding());
  invoiced_ += amount_of(invoice.payable());
  paid_ += amount_of(invoice.paid());
  outstanding_ += outstanding;
  if (invoice.overdue()) overdue_ += outstanding;
  // ISO dates stand in order of time.
  if (outstanding > Money{}) due_date_ = std::max(due_date_, invoice.due_date());
}

void FinancingFigures::add(const FinancingFigures& other) {
  names_.insert(names_.end(), other.names_.begin(), other.names_.end());
  due_date_ = std::max(due_date_, other.due_date_);
  invoiced_ += other.invoiced_;
  paid_ += other.paid_;
  outstanding_ += other.outstanding_;
  overdue_ += other.overdue_;
}

void FinancingFigures::write(v1::YearStatusRow& row) const {
  for (const std::string& name : names_) row.add_invoices(name);
  row.set_due_date(due_date_);
  row.set_invoiced(format_money(invoiced_));
  row.set_paid(format_money(paid_));
  row.set_outstanding(format_money(outstanding_));
  row.set_overdue(format_money(overdue_));
}

}  // namespace kkr::gateway
