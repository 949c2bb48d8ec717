// Saves and loads the whole state. What can be derived is derived again: dates from their texts,
// numbers from invoices, what is paid from payments, balances from postings.
#include <algorithm>
#include <memory>
#include <utility>

#include "kkr/financing/v1/snapshot.pb.h"
#include "services/financing/domain/state.h"
#include "services/platform/time/timestamp.h"

namespace kkr::financing {
namespace {

using platform::format_date;
using platform::parse_date;

void save(const Agreement& agreement, v1::AgreementSnapshot& saved) {
  *saved.mutable_content() = agreement.content;
  for (const TermsVersion& version : agreement.versions) {
    *saved.mutable_content()->add_versions() = version.content;
    saved.add_contact_keys(version.contact_key);
  }
  for (const std::string& key : agreement.issued_contact_keys) saved.add_issued_contact_keys(key);
  *saved.mutable_created_at() = platform::timestamp_of(agreement.created_at);
  saved.set_etag(agreement.etag);
}

Agreement loaded(v1::AgreementSnapshot& saved) {
  Agreement agreement;
  for (int i = 0; i < saved.content().versions_size() && i < saved.contact_keys_size(); ++i) {
    const v1::Terms& terms = saved.content().versions(i);
    agreement.versions.push_back({terms, saved.contact_keys(i), *parse_date(terms.from_date())});
  }
  agreement.content.Swap(saved.mutable_content());
  agreement.content.clear_versions();
  agreement.from = *parse_date(agreement.content.from_date());
  agreement.to = parse_date(agreement.content.to_date());
  agreement.issued_contact_keys.insert(saved.issued_contact_keys().begin(),
                                       saved.issued_contact_keys().end());
  agreement.created_at = platform::instant_of(saved.created_at());
  agreement.etag = saved.etag();
  return agreement;
}

void save(const Recipient& recipient, v1::RecipientSnapshot& saved) {
  *saved.mutable_content() = recipient.content;
  saved.set_buyer_reference_key(recipient.buyer_reference_key);
  saved.set_issued(recipient.issued);
  saved.set_erased(recipient.erased);
  saved.set_etag(recipient.etag);
}

void save(const Budget& budget, v1::BudgetSnapshot& saved) {
  *saved.mutable_content() = budget.content;
  if (budget.approval) *saved.mutable_approval() = *budget.approval;
  for (const SplitPtr& split : budget.splits) {
    v1::SplitSnapshot& one = *saved.add_splits();
    *one.mutable_content() = split->content;
    *one.mutable_created_at() = platform::timestamp_of(split->created_at);
    one.set_position(split->position);
  }
  for (const TrueUp& true_up : budget.true_ups) {
    v1::TrueUpSnapshot& one = *saved.add_true_ups();
    *one.mutable_content() = true_up.content;
    one.set_state(true_up.state);
    one.set_settlement(true_up.settlement);
    one.set_carried_by(true_up.carried_by);
  }
  saved.set_etag(budget.etag);
}

Budget loaded(v1::BudgetSnapshot& saved) {
  Budget budget;
  budget.content.Swap(saved.mutable_content());
  if (saved.has_approval()) budget.approval = saved.approval();
  for (const v1::SplitSnapshot& split : saved.splits()) {
    budget.splits.push_back(std::make_shared<const Split>(
        Split{split.content(), platform::instant_of(split.created_at()), split.position()}));
  }
  for (const v1::TrueUpSnapshot& true_up : saved.true_ups()) {
    budget.true_ups.push_back(
        {true_up.content(), true_up.state(), true_up.settlement(), true_up.carried_by()});
  }
  budget.etag = saved.etag();
  return budget;
}

void save(const Charge& charge, v1::ChargeSnapshot& saved) {
  saved.set_name(charge.name);
  if (charge.run) *saved.mutable_run() = *charge.run;
  if (charge.prepared_at)
    *saved.mutable_prepared_at() = platform::timestamp_of(*charge.prepared_at);
  if (charge.run_at) *saved.mutable_run_at() = platform::timestamp_of(*charge.run_at);
  saved.set_etag(charge.etag);
}

Charge loaded(const v1::ChargeSnapshot& saved) {
  Charge charge;
  charge.name = saved.name();
  if (saved.has_run()) charge.run = saved.run();
  if (saved.has_prepared_at()) charge.prepared_at = platform::instant_of(saved.prepared_at());
  if (saved.has_run_at()) charge.run_at = platform::instant_of(saved.run_at());
  charge.etag = saved.etag();
  return charge;
}

void save(const Invoice& invoice, v1::InvoiceSnapshot& saved) {
  *saved.mutable_content() = *invoice.content;
  *saved.mutable_issued_at() = platform::timestamp_of(invoice.issued_at);
  if (invoice.delivered) saved.set_delivered_date(format_date(*invoice.delivered));
  if (invoice.disputed_from) saved.set_disputed_date(format_date(*invoice.disputed_from));
  saved.set_dispute_reason_key(invoice.dispute_reason_key);
  saved.set_disputed_days(invoice.disputed_days);
  saved.set_credited_by(invoice.credited_by);
  for (const Dunning& dunning : invoice.dunnings) {
    v1::DunningSnapshot& one = *saved.add_dunnings();
    *one.mutable_content() = dunning.content;
    *one.mutable_created_at() = platform::timestamp_of(dunning.created_at);
  }
  saved.set_etag(invoice.etag);
}

Invoice loaded(v1::InvoiceSnapshot& saved) {
  Invoice invoice;
  invoice.content = std::make_shared<const v1::InvoiceIssued>(std::move(*saved.mutable_content()));
  invoice.issued_at = platform::instant_of(saved.issued_at());
  invoice.delivered = parse_date(saved.delivered_date());
  invoice.disputed_from = parse_date(saved.disputed_date());
  invoice.dispute_reason_key = saved.dispute_reason_key();
  invoice.disputed_days = saved.disputed_days();
  invoice.credited_by = saved.credited_by();
  for (const v1::DunningSnapshot& dunning : saved.dunnings()) {
    invoice.dunnings.push_back({dunning.content(), platform::instant_of(dunning.created_at())});
  }
  invoice.etag = saved.etag();
  return invoice;
}

void save_payments(const Financing& state, v1::FinancingSnapshot& saved) {
  state.payments.for_each([&](const PaymentId&, const Payment& payment) {
    v1::PaymentSnapshot& one = *saved.add_payments();
    *one.mutable_content() = payment.content;
    one.set_returned_oere(payment.returned.ore);
    one.set_unseen_return_oere(payment.unseen_return.ore);
    one.mutable_return_movements()->Add(payment.return_movements.begin(),
                                        payment.return_movements.end());
    one.set_position(payment.position);
    *one.mutable_created_at() = platform::timestamp_of(payment.created_at);
    one.set_etag(payment.etag);
  });
}

void save_books(const Financing& state, v1::FinancingSnapshot& saved) {
  state.books.for_each([&](const AgreementId&, const Books& books) {
    books.postings.for_each([&](int, const Posted& posted) {
      v1::PostingSnapshot& one = *saved.add_postings();
      *one.mutable_content() = posted.content;
      *one.mutable_created_at() = platform::timestamp_of(posted.created_at);
    });
  });
  state.year_ends.for_each([&](const YearKey&, const YearEnd& end) {
    v1::YearEndSnapshot& one = *saved.add_year_ends();
    *one.mutable_content() = end.content;
    *one.mutable_created_at() = platform::timestamp_of(end.created_at);
    one.set_carried_by(end.carried_by);
  });
}

bool load_agreements(v1::FinancingSnapshot& saved, Financing& state) {
  for (v1::AgreementSnapshot& agreement : *saved.mutable_agreements()) {
    const auto name = parse_agreement_name(agreement.content().name());
    if (!name || agreement.content().versions().empty()) return false;
    state.agreements.set(name->id, loaded(agreement));
  }
  for (v1::RecipientSnapshot& recipient : *saved.mutable_recipients()) {
    const auto name = parse_recipient_name(recipient.content().name());
    if (!name) return false;
    state.recipients.set(name->id,
                         Recipient{recipient.content(), recipient.buyer_reference_key(),
                                   recipient.issued(), recipient.erased(), recipient.etag()});
  }
  for (v1::BudgetSnapshot& budget : *saved.mutable_budgets()) {
    const auto name = parse_budget_name(budget.content().budget());
    if (!name) return false;
    state.budgets.set(name->id, loaded(budget));
  }
  return true;
}

bool load_charges(v1::FinancingSnapshot& saved, Financing& state) {
  for (const v1::ChargeSnapshot& one : saved.charges()) {
    const auto name = parse_charge_name(one.name());
    if (!name) return false;
    Charge charge = loaded(one);
    if (charge.run_at) {
      state.agreements.update(name->id.agreement, [&](Agreement& agreement) {
        agreement.charged_year = std::max(agreement.charged_year, name->id.year);
        const LocalDate day = platform::local_date_of(*charge.run_at);
        agreement.charged_on = agreement.charged_on ? std::max(*agreement.charged_on, day) : day;
      });
    }
    state.charges.set(name->id, std::move(charge));
  }
  for (v1::InvoiceSnapshot& invoice : *saved.mutable_invoices()) {
    const auto name = parse_invoice_name(invoice.content().invoice());
    if (!name) return false;
    state.invoices.set(name->id, loaded(invoice));
    state.last_numbers.update(name->id.series,
                              [&](int& last) { last = std::max(last, name->id.number); });
  }
  return true;
}

bool load_payments(v1::FinancingSnapshot& saved, Financing& state) {
  for (v1::PaymentSnapshot& payment : *saved.mutable_payments()) {
    const auto name = parse_payment_name(payment.content().payment());
    if (!name) return false;
    for (const v1::AllocatedAmount& allocated : payment.content().allocations()) {
      const auto invoice = parse_invoice_name(allocated.invoice());
      if (!invoice || !state.invoices.contains(invoice->id)) return false;
      state.invoices.update(invoice->id,
                            [&](Invoice& paid) { paid.paid += Money{allocated.amount_oere()}; });
    }
    state.payments.set(
        name->id, Payment{payment.content(),
                          Money{payment.returned_oere()},
                          Money{payment.unseen_return_oere()},
                          {payment.return_movements().begin(), payment.return_movements().end()},
                          payment.position(),
                          platform::instant_of(payment.created_at()),
                          payment.etag()});
  }
  for (const v1::PostingSnapshot& posting : saved.postings()) {
    post(state, posting.content(), platform::instant_of(posting.created_at()));
  }
  for (const v1::YearEndSnapshot& end : saved.year_ends()) {
    const auto name = parse_year_end_name(end.content().year_end());
    if (!name) return false;
    state.year_ends.set(
        name->id, YearEnd{end.content(), platform::instant_of(end.created_at()), end.carried_by()});
  }
  return true;
}

}  // namespace

std::string save_state(const Financing& state) {
  v1::FinancingSnapshot saved;
  state.agreements.for_each([&](const AgreementId&, const Agreement& agreement) {
    save(agreement, *saved.add_agreements());
  });
  state.recipients.for_each([&](const RecipientKey&, const Recipient& recipient) {
    save(recipient, *saved.add_recipients());
  });
  state.budgets.for_each(
      [&](const YearKey&, const Budget& budget) { save(budget, *saved.add_budgets()); });
  state.charges.for_each(
      [&](const YearKey&, const Charge& charge) { save(charge, *saved.add_charges()); });
  state.invoices.for_each(
      [&](const InvoiceId&, const Invoice& invoice) { save(invoice, *saved.add_invoices()); });
  save_payments(state, saved);
  save_books(state, saved);
  return saved.SerializeAsString();
}

bool load_state(std::string_view saved_text, Financing& state) {
  v1::FinancingSnapshot saved;
  if (!saved.ParseFromArray(saved_text.data(), static_cast<int>(saved_text.size()))) return false;
  return load_agreements(saved, state) && load_charges(saved, state) && load_payments(saved, state);
}

}  // namespace kkr::financing
