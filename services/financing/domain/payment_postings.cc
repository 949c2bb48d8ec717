#include "services/financing/domain/payment_postings.h"

namespace kkr::financing {
namespace {

std::string buyer_of(const Financing& state, const std::string& invoice) {
  const auto name = parse_invoice_name(invoice);
  const auto found = name ? state.invoices.find(name->id) : nullptr;
  return found == nullptr ? "" : found->content->buyer().code();
}

PaymentParts parts_of(const Financing& state, const AllocatedAmounts& allocations,
                      const std::string& payer, Money amount) {
  PaymentParts parts;
  parts.payer = MunicipalityCode{payer};
  parts.unallocated = amount;
  for (const v1::AllocatedAmount& part : allocations) {
    const Money paid{part.amount_oere()};
    parts.allocated.push_back({MunicipalityCode{buyer_of(state, part.invoice())}, paid});
    parts.unallocated -= paid;
  }
  return parts;
}

PostingGround ground_of(const v1::PaymentRecorded& payment, LocalDate date) {
  return {payment.agreement(), static_cast<int>(date.year()), date, payment.payment()};
}

// What is held for one municipality is held for another from now on.
v1::LedgerPosting posting_of_move(const PostingGround& ground, const std::string& from,
                                  const std::string& to, Money amount) {
  v1::LedgerPosting posting = empty_posting(ground);
  if (from == to) return posting;
  add_entry(posting, v1::ACCOUNT_UNALLOCATED, from, amount);
  add_entry(posting, v1::ACCOUNT_UNALLOCATED, to, -amount);
  return posting;
}

LocalDate date_of(const std::string& text) {
  return platform::parse_date(text).value_or(LocalDate(1900, 1, 1));
}

}  // namespace

std::string buyer_of(const Financing& state, const AllocatedAmounts& allocations) {
  std::string buyer;
  for (const v1::AllocatedAmount& part : allocations) {
    const std::string one = buyer_of(state, part.invoice());
    if (!buyer.empty() && one != buyer) return "";
    buyer = one;
  }
  return buyer;
}

v1::LedgerPosting posting_of(const Financing& state, const v1::PaymentRecorded& fact) {
  return posting_of_payment(
      ground_of(fact, date_of(fact.booked_date())),
      parts_of(state, fact.allocations(), fact.payer(), Money{fact.amount_oere()}));
}

v1::LedgerPosting posting_of(const Financing& state, const Payment& payment,
                             const v1::PaymentAssigned& fact, LocalDate today) {
  const v1::PaymentRecorded& before = payment.content;
  const Money amount{before.amount_oere()};
  return posting_of_assignment(ground_of(before, today),
                               parts_of(state, before.allocations(), before.payer(), amount),
                               parts_of(state, fact.allocations(), fact.payer(), amount));
}

v1::LedgerPosting posting_of(const Financing& state, const Payment& payment,
                             const v1::PaymentReturned& fact) {
  const PostingGround ground = ground_of(payment.content, date_of(fact.booked_date()));
  const Money amount{fact.amount_oere()};
  const MunicipalityCode payer{payment.content.payer()};
  const auto name = parse_payment_name(fact.outgoing());
  const auto outgoing = name ? state.payments.find(name->id) : nullptr;
  if (outgoing == nullptr) return posting_of_return(ground, payer, amount);
  return posting_of_move(ground, payer.text, outgoing->content.payer(), amount);
}

}  // namespace kkr::financing
