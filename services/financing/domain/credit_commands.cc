#include "services/financing/domain/credit_commands.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "services/financing/domain/arguments.h"
#include "services/financing/domain/document.h"
#include "services/financing/domain/payment_commands.h"
#include "services/financing/domain/posting.h"

namespace kkr::financing {
namespace {

// The next number of whoever issued the invoice, in the series of the year it is used in.
InvoiceId next_number(const Financing& state, const Invoice& invoice, LocalDate today, int ahead) {
  const SeriesKey series{MunicipalityCode{invoice.content->seller().code()},
                         static_cast<int>(today.year())};
  const auto last = state.last_numbers.find(series);
  return {series, (last == nullptr ? 0 : *last) + ahead};
}

// Takes over how the buyer wants its invoices by now; false when an electronic one could not be
// addressed.
bool readdress(const Financing& state, v1::InvoiceIssued& issued) {
  const auto agreement = parse_agreement_name(issued.agreement());
  const auto recipient =
      state.recipients.find({agreement->id, MunicipalityCode{issued.buyer().code()}});
  if (recipient != nullptr) {
    const v1::Recipient& wish = recipient->content;
    issued.mutable_buyer_reference()->set_key(recipient->buyer_reference_key);
    issued.set_order_reference(wish.order_reference());
    issued.set_accounting_cost(wish.accounting_cost());
    if (wish.has_endpoint()) *issued.mutable_endpoint() = wish.endpoint();
    if (wish.has_address()) *issued.mutable_buyer()->mutable_address() = wish.address();
  }
  const bool referenced =
      !issued.buyer_reference().key().empty() || !issued.order_reference().empty();
  return issued.internal() || (referenced && issued.has_endpoint());
}

v1::InvoiceIssued reissue_of(const Invoice& invoice, std::string_view region, const InvoiceId& id,
                             LocalDate today) {
  v1::InvoiceIssued issued = *invoice.content;
  issued.set_invoice(invoice_name(region, id));
  issued.set_issue_date(platform::format_date(today));
  issued.set_due_date(platform::format_date(today + issued.payment_term_days()));
  issued.set_replaces(invoice.content->invoice());
  issued.clear_posting();
  return issued;
}

void add_issue(const InvoiceId& id, v1::InvoiceIssued issued, Effects& effects) {
  v1::Event event;
  *event.mutable_invoice_issued() = std::move(issued);
  effects.facts.push_back({stream_of(id), std::move(event)});
}

}  // namespace

v1::InvoiceIssued credit_note_of(const Invoice& invoice, std::string_view region,
                                 const InvoiceId& id, LocalDate today) {
  v1::InvoiceIssued note = *invoice.content;
  note.set_invoice(invoice_name(region, id));
  note.set_kind(v1::Invoice::KIND_CREDIT_NOTE);
  note.set_issue_date(platform::format_date(today));
  note.set_due_date(platform::format_date(today));
  note.set_credits(invoice.content->invoice());
  note.clear_replaces();
  note.clear_posting();
  return note;
}

Decision decide(const Financing& state, const v1::CreditInvoiceRequest& command,
                const Context& context) {
  const auto name = parse_invoice_name(command.name());
  const auto invoice = name ? state.invoices.find(name->id) : nullptr;
  if (invoice == nullptr) return refusal(Rejection::kInvoiceUnknown);
  if (is_stale(command.etag(), invoice->etag)) return refusal(Rejection::kEtagStale);
  if (is_credit_note(*invoice)) return refusal(Rejection::kCreditNote);
  if (!invoice->credited_by.empty()) return refusal(Rejection::kInvoiceCredited);
  if (auto fault = fault_in_reason(command.reason())) return *std::move(fault);

  const LocalDate today = platform::local_date_of(context.now);
  Effects effects;
  release_payments(state, name->region, name->id, today, effects);
  const InvoiceId note_id = next_number(state, *invoice, today, 1);
  v1::InvoiceIssued note = credit_note_of(*invoice, name->region, note_id, today);
  note.mutable_credit_reason()->set_key("invoice/" + printed_number(note_id) + "/reason/" +
                                        context.new_id);
  effects.private_writes.push_back({note.credit_reason().key(), command.reason()});
  *note.mutable_posting() = posting_of_credit_note(note, Money{});
  if (auto fault = fault_in_document(note, invoice->content.get())) return *std::move(fault);
  add_issue(note_id, std::move(note), effects);
  if (!command.reissue()) return effects;

  const InvoiceId id = next_number(state, *invoice, today, 2);
  v1::InvoiceIssued issued = reissue_of(*invoice, name->region, id, today);
  if (!readdress(state, issued)) {
    return refusal(Rejection::kRecipientIncomplete,
                   {{issued.buyer().code(), "buyer reference or endpoint"}});
  }
  if (auto fault = fault_in_document(issued, invoice->content.get())) return *std::move(fault);
  *issued.mutable_posting() = posting_of_invoice(issued);
  add_issue(id, std::move(issued), effects);
  return effects;
}

}  // namespace kkr::financing
