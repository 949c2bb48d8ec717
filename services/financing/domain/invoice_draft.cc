#include "services/financing/domain/invoice_draft.h"

#include <algorithm>
#include <memory>

#include "absl/numeric/int128.h"
#include "services/financing/domain/endpoint.h"
#include "services/financing/domain/posting.h"
#include "services/platform/field/organisation_number.h"

namespace kkr::financing {
namespace {

using platform::format_date;

constexpr int kStandardRateBasisPoints = 2'500;

v1::Party party_of(const v1::SplitMember& member, const v1::PostalAddress& address) {
  v1::Party party;
  party.set_code(member.code());
  party.set_official_name(member.official_name());
  party.set_cvr(member.cvr());
  party.set_ean(member.ean());
  if (address.ByteSizeLong() > 0) *party.mutable_address() = address;
  return party;
}

// Rounded half up; a net below zero is a fault that the plan names.
Money vat_of(Money net, int basis_points) {
  constexpr std::int64_t kWhole = 10'000;
  const absl::int128 scaled = absl::int128(std::max(net, Money{}).ore) * basis_points;
  return Money{static_cast<std::int64_t>((2 * scaled + kWhole) / (2 * kWhole))};
}

void put_totals(v1::InvoiceIssued& issued) {
  Money net;
  for (const v1::IssuedLine& line : issued.lines()) net += Money{line.amount_oere()};
  const Money vat = vat_of(net, issued.vat_rate_basis_points());
  issued.set_net_oere(net.ore);
  issued.set_vat_oere(vat.ore);
  issued.set_payable_oere((net + vat).ore);
}

void put_endpoint(const v1::SplitMember& member, const Recipient* recipient,
                  v1::InvoiceIssued& issued) {
  if (recipient != nullptr && recipient->content.has_endpoint()) {
    *issued.mutable_endpoint() = recipient->content.endpoint();
    return;
  }
  const auto endpoint = endpoint_of(member.ean(), member.cvr());
  if (!endpoint) return;
  issued.mutable_endpoint()->set_scheme(endpoint->scheme == EndpointScheme::kEan
                                            ? v1::Endpoint::SCHEME_EAN
                                            : v1::Endpoint::SCHEME_CVR);
  issued.mutable_endpoint()->set_id(endpoint->number);
}

void put_recipient(const InvoiceGround& ground, const v1::SplitMember& member,
                   v1::InvoiceIssued& issued) {
  const auto recipient =
      ground.state.recipients.find({ground.year.agreement, MunicipalityCode{member.code()}});
  *issued.mutable_buyer() =
      party_of(member, recipient == nullptr ? v1::PostalAddress() : recipient->content.address());
  if (issued.internal()) return;
  put_endpoint(member, recipient.get(), issued);
  if (recipient == nullptr) return;
  if (!recipient->buyer_reference_key.empty()) {
    issued.mutable_buyer_reference()->set_key(recipient->buyer_reference_key);
  }
  issued.set_order_reference(recipient->content.order_reference());
  issued.set_accounting_cost(recipient->content.accounting_cost());
}

// The host as a member of its own agreement; a split without it was refused.
const v1::SplitMember& host_of(const v1::BudgetSplit& split) {
  const auto found = std::find_if(
      split.shares().begin(), split.shares().end(),
      [&](const v1::SplitShare& share) { return share.member().code() == split.host(); });
  return found == split.shares().end() ? v1::SplitMember::default_instance() : found->member();
}

}  // namespace

v1::InvoiceIssued draft_invoice(const InvoiceGround& ground, const v1::SplitMember& member,
                                const std::vector<v1::IssuedLine>& lines) {
  const v1::Terms& terms = ground.terms.content;
  v1::InvoiceIssued issued;
  issued.set_kind(v1::Invoice::KIND_INVOICE);
  issued.set_internal(member.code() == ground.split.host());
  issued.set_agreement(agreement_name(ground.region, ground.year.agreement));
  issued.set_charged_year(ground.year.year);
  issued.set_split(ground.split.split());
  *issued.mutable_seller() = party_of(host_of(ground.split), terms.address());
  put_recipient(ground, member, issued);
  if (!ground.terms.contact_key.empty()) {
    issued.mutable_contact()->set_key(ground.terms.contact_key);
  }
  issued.set_case_number(ground.agreement.content.case_number());
  *issued.mutable_account() = terms.account();
  *issued.mutable_vat() = terms.vat();
  const bool taxed = terms.vat().category() == v1::VAT_CATEGORY_STANDARD;
  issued.set_vat_rate_basis_points(taxed ? kStandardRateBasisPoints : 0);
  for (const v1::IssuedLine& line : lines) *issued.add_lines() = line;
  put_totals(issued);
  issued.set_issue_date(format_date(ground.issue_date));
  issued.set_due_date(format_date(ground.issue_date + terms.payment_term_days()));
  issued.set_payment_term_days(terms.payment_term_days());
  return issued;
}

void number_invoice(v1::InvoiceIssued& issued, std::string_view region, int number) {
  const LocalDate date = platform::parse_date(issued.issue_date()).value_or(LocalDate());
  const SeriesKey series{MunicipalityCode{issued.seller().code()}, static_cast<int>(date.year())};
  issued.set_invoice(invoice_name(region, {series, number}));
  *issued.mutable_posting() = posting_of_invoice(issued);
}

int last_number(const Financing& state, const MunicipalityCode& host, LocalDate issue_date) {
  const auto last = state.last_numbers.find({host, static_cast<int>(issue_date.year())});
  return last == nullptr ? 0 : *last;
}

std::vector<v1::ChargeFault> faults_in(const v1::InvoiceIssued& issued) {
  std::vector<v1::ChargeFault> faults;
  if (!issued.internal() && issued.buyer_reference().key().empty() &&
      issued.order_reference().empty()) {
    faults.push_back(v1::CHARGE_FAULT_BUYER_REFERENCE_MISSING);
  }
  if (!issued.internal() && !issued.has_endpoint()) {
    faults.push_back(v1::CHARGE_FAULT_ENDPOINT_MISSING);
  }
  if (issued.payable_oere() <= 0) faults.push_back(v1::CHARGE_FAULT_AMOUNT_NOT_POSITIVE);
  if (!platform::is_cvr(issued.seller().cvr())) {
    faults.push_back(v1::CHARGE_FAULT_HOST_CVR_MISSING);
  }
  return faults;
}

v1::IssuedLine share_line(const Agreement& agreement, int year, Money share) {
  v1::IssuedLine line;
  line.set_purpose(v1::InvoiceLine::PURPOSE_SHARE);
  line.set_title(agreement.content.title() + ", andel " + std::to_string(year));
  line.set_year(year);
  line.set_amount_oere(share.ore);
  return line;
}

}  // namespace kkr::financing
