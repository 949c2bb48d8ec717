#include "services/financing/domain/invoice_commands.h"

#include <algorithm>
#include <memory>

namespace kkr::financing {
namespace {

template <class Change>
void change_invoice(Financing& state, const std::string& name, const Recorded& recorded,
                    Change&& apply) {
  const auto parsed = parse_invoice_name(name);
  if (!parsed) return;
  state.invoices.update(parsed->id, [&](Invoice& invoice) {
    std::forward<Change>(apply)(invoice);
    invoice.etag = etag_of(recorded);
  });
}

// What an invoice was issued with is kept as long as the invoice is.
void mark_references(Financing& state, const v1::InvoiceIssued& fact) {
  const auto agreement = parse_agreement_name(fact.agreement());
  if (!agreement) return;
  if (!fact.contact().key().empty()) {
    state.agreements.update(agreement->id, [&](Agreement& with) {
      with.issued_contact_keys.insert(fact.contact().key());
    });
  }
  const RecipientKey key{agreement->id, MunicipalityCode{fact.buyer().code()}};
  const auto recipient = state.recipients.find(key);
  if (recipient == nullptr || recipient->issued || fact.buyer_reference().key().empty() ||
      recipient->buyer_reference_key != fact.buyer_reference().key()) {
    return;
  }
  state.recipients.update(key, [](Recipient& with) { with.issued = true; });
}

}  // namespace

void issue(Financing& state, const v1::InvoiceIssued& fact, const Recorded& recorded) {
  const auto name = parse_invoice_name(fact.invoice());
  if (!name) return;
  change_invoice(state, fact.invoice(), recorded, [&](Invoice& invoice) {
    invoice.content = std::make_shared<const v1::InvoiceIssued>(fact);
    invoice.issued_at = recorded.at.recorded_at;
  });
  state.last_numbers.update(name->id.series,
                            [&](int& last) { last = std::max(last, name->id.number); });
  if (!fact.credits().empty()) {
    change_invoice(state, fact.credits(), recorded, [&](Invoice& credited) {
      credited.credited_by = fact.invoice();
      credited.disputed_from.reset();
    });
  }
  mark_references(state, fact);
  post(state, fact.posting(), recorded.at.recorded_at);
}

void deliver(Financing& state, const v1::InvoiceDelivered& fact, const Recorded& recorded) {
  change_invoice(state, fact.invoice(), recorded, [&](Invoice& invoice) {
    invoice.delivered = platform::parse_date(fact.delivered_date());
  });
}

void dispute(Financing& state, const v1::InvoiceDisputed& fact, const Recorded& recorded) {
  change_invoice(state, fact.invoice(), recorded, [&](Invoice& invoice) {
    invoice.disputed_from = platform::parse_date(fact.from_date());
    invoice.dispute_reason_key = fact.reason().key();
  });
}

void resolve(Financing& state, const v1::DisputeResolved& fact, const Recorded& recorded) {
  change_invoice(state, fact.invoice(), recorded, [&](Invoice& invoice) {
    invoice.disputed_from.reset();
    invoice.disputed_days += fact.days();
    invoice.dispute_reason_key = fact.reason().key();
  });
}

}  // namespace kkr::financing
