#include "services/financing/app/invoice_view.h"

#include "absl/strings/str_format.h"
#include "services/financing/domain/invoice_clock.h"
#include "services/platform/time/timestamp.h"

namespace kkr::financing {
namespace {

using platform::format_date;
using platform::format_money;

void show_parties(const v1::InvoiceIssued& issued, Texts& texts, v1::Invoice& reply) {
  *reply.mutable_seller() = issued.seller();
  *reply.mutable_buyer() = issued.buyer();
  if (issued.has_endpoint()) *reply.mutable_endpoint() = issued.endpoint();
  if (!issued.buyer_reference().key().empty()) {
    *reply.mutable_buyer_reference() = texts.read(issued.buyer_reference().key());
  }
  reply.set_order_reference(issued.order_reference());
  reply.set_accounting_cost(issued.accounting_cost());
  if (!issued.contact().key().empty()) {
    *reply.mutable_contact() = texts.read_contact(issued.contact().key());
  }
  reply.set_case_number(issued.case_number());
  *reply.mutable_account() = issued.account();
}

void show_amounts(const v1::InvoiceIssued& issued, v1::Invoice& reply) {
  *reply.mutable_vat() = issued.vat();
  reply.set_vat_rate_percent(absl::StrFormat("%d.%02d", issued.vat_rate_basis_points() / 100,
                                             issued.vat_rate_basis_points() % 100));
  for (const v1::IssuedLine& line : issued.lines()) {
    v1::InvoiceLine& one = *reply.add_lines();
    one.set_purpose(line.purpose());
    one.set_title(line.title());
    one.set_year(line.year());
    one.set_amount(format_money(Money{line.amount_oere()}));
  }
  reply.set_net_total(format_money(Money{issued.net_oere()}));
  reply.set_vat_total(format_money(Money{issued.vat_oere()}));
  reply.set_payable(format_money(Money{issued.payable_oere()}));
}

void show_state(const Invoice& invoice, LocalDate today, Texts& texts, v1::Invoice& reply) {
  reply.set_state(state_of(invoice));
  reply.set_paid(format_money(invoice.paid));
  reply.set_outstanding(format_money(outstanding_of(invoice)));
  if (invoice.delivered) reply.set_delivered_date(format_date(*invoice.delivered));
  if (const auto due = dunning_due_date_of(invoice)) {
    reply.set_dunning_due_date(format_date(*due));
  }
  reply.set_overdue(is_overdue(invoice, today));
  reply.set_dunning_steps(static_cast<int>(invoice.dunnings.size()));
  if (!invoice.dispute_reason_key.empty()) {
    *reply.mutable_dispute_reason() = texts.read(invoice.dispute_reason_key);
  }
  reply.set_credited_by(invoice.credited_by);
  *reply.mutable_issue_time() = platform::timestamp_of(invoice.issued_at);
  reply.set_etag(invoice.etag);
}

// The reason stands on the credit note and on what it takes back.
std::string credit_reason_key(const Financing& state, const Invoice& invoice) {
  if (invoice.credited_by.empty()) return invoice.content->credit_reason().key();
  const auto name = parse_invoice_name(invoice.credited_by);
  const auto note = name ? state.invoices.find(name->id) : nullptr;
  return note == nullptr ? "" : note->content->credit_reason().key();
}

}  // namespace

v1::Invoice shown(const Financing& state, const Invoice& invoice, LocalDate today, Texts& texts) {
  const v1::InvoiceIssued& issued = *invoice.content;
  v1::Invoice reply;
  reply.set_name(issued.invoice());
  reply.set_kind(issued.kind());
  reply.set_internal(issued.internal());
  if (const auto name = parse_invoice_name(issued.invoice())) {
    reply.set_number(printed_number(name->id));
  }
  reply.set_agreement(issued.agreement());
  reply.set_charged_year(issued.charged_year());
  reply.set_split(issued.split());
  show_parties(issued, texts, reply);
  show_amounts(issued, reply);
  reply.set_issue_date(issued.issue_date());
  reply.set_due_date(issued.due_date());
  show_state(invoice, today, texts, reply);
  reply.set_credits(issued.credits());
  const std::string reason = credit_reason_key(state, invoice);
  if (!reason.empty()) *reply.mutable_credit_reason() = texts.read(reason);
  reply.set_replaces(issued.replaces());
  return reply;
}

}  // namespace kkr::financing
