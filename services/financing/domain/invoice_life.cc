#include "services/financing/domain/invoice_life.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "services/financing/domain/arguments.h"

namespace kkr::financing {
namespace {

// The invoice a command names, or why it may not have it.
struct Target {
  InvoiceId id;
  std::shared_ptr<const Invoice> invoice;
  std::optional<Refusal> fault;
};

template <class Command>
Target target_of(const Financing& state, const Command& command) {
  Target target;
  const auto name = parse_invoice_name(command.name());
  if (name) target.invoice = state.invoices.find(name->id);
  if (target.invoice == nullptr) {
    target.fault = refusal(Rejection::kInvoiceUnknown);
  } else if (is_stale(command.etag(), target.invoice->etag)) {
    target.fault = refusal(Rejection::kEtagStale);
  } else {
    target.id = name->id;
  }
  return target;
}

std::string reason_key(const InvoiceId& invoice, const Context& context) {
  return "invoice/" + printed_number(invoice) + "/reason/" + context.new_id;
}

// One fact, and the reason it names beside the log.
Effects with_reason(const InvoiceId& invoice, v1::Event event, const std::string& key,
                    const std::string& reason) {
  Effects effects;
  effects.private_writes.push_back({key, reason});
  effects.facts.push_back({stream_of(invoice), std::move(event)});
  return effects;
}

}  // namespace

Decision decide(const Financing& state, const v1::MarkDeliveredRequest& command,
                const Context& context) {
  const Target target = target_of(state, command);
  if (target.fault) return *target.fault;
  const Invoice& invoice = *target.invoice;
  const LocalDate today = platform::local_date_of(context.now);
  Arguments arguments;
  const LocalDate delivered =
      arguments.optional_date("delivered_date", command.delivered_date()).value_or(today);
  if (invoice.content->internal()) return refusal(Rejection::kInvoiceInternal);
  if (!invoice.credited_by.empty()) return refusal(Rejection::kInvoiceCredited);
  if (!arguments.fault() && invoice.delivered) {
    if (*invoice.delivered == delivered) return Effects{};
    return refusal(Rejection::kInvoiceDelivered);
  }
  if (arguments.fault()) return *arguments.fault();
  if (delivered < platform::parse_date(invoice.content->issue_date())) {
    return refusal(Rejection::kDeliveredBeforeIssue);
  }
  if (delivered > today) return refusal(Rejection::kDeliveredInFuture);
  v1::Event event;
  event.mutable_invoice_delivered()->set_invoice(command.name());
  event.mutable_invoice_delivered()->set_delivered_date(platform::format_date(delivered));
  Effects effects;
  effects.facts.push_back({stream_of(target.id), std::move(event)});
  return effects;
}

Decision decide(const Financing& state, const v1::DisputeInvoiceRequest& command,
                const Context& context) {
  const Target target = target_of(state, command);
  if (target.fault) return *target.fault;
  const Invoice& invoice = *target.invoice;
  if (is_credit_note(invoice)) return refusal(Rejection::kCreditNote);
  if (invoice.content->internal()) return refusal(Rejection::kInvoiceInternal);
  if (!invoice.credited_by.empty()) return refusal(Rejection::kInvoiceCredited);
  if (outstanding_of(invoice) == Money{}) return refusal(Rejection::kInvoicePaid);
  if (invoice.disputed_from) return refusal(Rejection::kInvoiceDisputed);
  if (auto fault = fault_in_reason(command.reason())) return *std::move(fault);
  v1::Event event;
  v1::InvoiceDisputed& fact = *event.mutable_invoice_disputed();
  fact.set_invoice(command.name());
  fact.set_from_date(platform::format_date(platform::local_date_of(context.now)));
  fact.mutable_reason()->set_key(reason_key(target.id, context));
  const std::string key = fact.reason().key();
  return with_reason(target.id, std::move(event), key, command.reason());
}

Decision decide(const Financing& state, const v1::ResolveDisputeRequest& command,
                const Context& context) {
  const Target target = target_of(state, command);
  if (target.fault) return *target.fault;
  const Invoice& invoice = *target.invoice;
  if (!invoice.disputed_from) return refusal(Rejection::kInvoiceNotDisputed);
  if (auto fault = fault_in_reason(command.reason())) return *std::move(fault);
  const LocalDate today = platform::local_date_of(context.now);
  v1::Event event;
  v1::DisputeResolved& fact = *event.mutable_dispute_resolved();
  fact.set_invoice(command.name());
  fact.set_to_date(platform::format_date(today));
  fact.set_days(static_cast<int>(today - *invoice.disputed_from));
  fact.mutable_reason()->set_key(reason_key(target.id, context));
  const std::string key = fact.reason().key();
  return with_reason(target.id, std::move(event), key, command.reason());
}

}  // namespace kkr::financing
