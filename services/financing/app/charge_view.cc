#include "services/financing/app/charge_view.h"

#include <memory>

#include "services/financing/domain/document.h"
#include "services/platform/time/timestamp.h"

namespace kkr::financing {
namespace {

using platform::format_money;

// What share and what earlier years' lines make up an invoice.
void put_amounts(const v1::InvoiceIssued& issued, v1::ChargePreviewRow& row) {
  Money share;
  Money carried;
  for (const v1::IssuedLine& line : issued.lines()) {
    const bool is_share = line.purpose() == v1::InvoiceLine::PURPOSE_SHARE;
    (is_share ? share : carried) += Money{line.amount_oere()};
  }
  row.set_code(issued.buyer().code());
  row.set_share(format_money(share));
  row.set_carried(format_money(carried));
  row.set_vat(format_money(Money{issued.vat_oere()}));
  row.set_payable(format_money(Money{issued.payable_oere()}));
  if (issued.has_endpoint()) *row.mutable_endpoint() = issued.endpoint();
  row.set_internal(issued.internal());
}

}  // namespace

v1::Charge shown(const Charge& charge) {
  v1::Charge reply;
  reply.set_name(charge.name);
  reply.set_state(charge.run ? v1::Charge::STATE_RUN : v1::Charge::STATE_PREPARED);
  if (charge.prepared_at)
    *reply.mutable_prepare_time() = platform::timestamp_of(*charge.prepared_at);
  if (charge.run_at) *reply.mutable_run_time() = platform::timestamp_of(*charge.run_at);
  if (charge.run) {
    reply.set_split(charge.run->split());
    reply.set_host(municipality_name(MunicipalityCode{charge.run->host()}));
    reply.set_net_total(format_money(Money{charge.run->net_total_oere()}));
    reply.set_payable_total(format_money(Money{charge.run->payable_total_oere()}));
    *reply.mutable_invoices() = charge.run->invoices();
  }
  reply.set_etag(charge.etag);
  return reply;
}

v1::ChargePreview shown(const ChargePlan& plan) {
  v1::ChargePreview reply;
  reply.set_name(charge_name(plan.year.region, plan.year.id));
  reply.set_split(plan.split->content.split());
  for (const v1::ChargeFault fault : plan.faults) reply.add_faults(fault);
  bool documents_hold = true;
  Money net;
  Money payable;
  for (const PlannedInvoice& invoice : plan.invoices) {
    v1::ChargePreviewRow& row = *reply.add_rows();
    put_amounts(invoice.issued, row);
    row.set_display_name(invoice.display_name);
    for (const v1::ChargeFault fault : invoice.faults) row.add_faults(fault);
    net += Money{invoice.issued.net_oere()};
    payable += Money{invoice.issued.payable_oere()};
    if (!invoice.faults.empty()) continue;  // They say it already, in fewer words.
    if (const auto fault = fault_in_document(invoice.issued, nullptr)) {
      documents_hold = false;
      for (const auto& [rule, sentence] : fault->details) row.add_document_faults(sentence);
    }
  }
  reply.set_runnable(documents_hold && is_runnable(plan));
  reply.set_net_total(format_money(net));
  reply.set_payable_total(format_money(payable));
  reply.set_issue_date(platform::format_date(plan.issue_date));
  if (!plan.invoices.empty()) reply.set_due_date(plan.invoices.front().issued.due_date());
  return reply;
}

v1::ChargePreview preview_of_run(const Financing& state, const Charge& charge) {
  v1::ChargePreview reply;
  reply.set_name(charge.name);
  reply.set_already_run(true);
  if (!charge.run) return reply;
  reply.set_split(charge.run->split());
  for (const std::string& issued : charge.run->invoices()) {
    const auto name = parse_invoice_name(issued);
    const auto invoice = name ? state.invoices.find(name->id) : nullptr;
    if (invoice == nullptr) continue;
    v1::ChargePreviewRow& row = *reply.add_rows();
    put_amounts(*invoice->content, row);
    row.set_display_name(invoice->content->buyer().official_name());
    reply.set_issue_date(invoice->content->issue_date());
    reply.set_due_date(invoice->content->due_date());
  }
  reply.set_net_total(format_money(Money{charge.run->net_total_oere()}));
  reply.set_payable_total(format_money(Money{charge.run->payable_total_oere()}));
  return reply;
}

}  // namespace kkr::financing
