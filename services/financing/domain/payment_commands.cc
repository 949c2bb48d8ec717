#include "services/financing/domain/payment_commands.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "services/financing/domain/arguments.h"
#include "services/financing/domain/payment_import.h"
#include "services/financing/domain/payment_postings.h"

namespace kkr::financing {
namespace {

constexpr std::size_t kBankReferenceMax = 100;

// The invoices that an assignment names, with the amount of each, in order of id.
using Wanted = std::map<InvoiceId, Money>;

bool is_on_record(const Financing& state, const std::string& agreement,
                  const std::string& bank_reference) {
  bool found = false;
  state.payments.for_each([&](const PaymentId&, const Payment& payment) {
    found = found || (payment.content.bank_reference() == bank_reference &&
                      payment.content.agreement() == agreement);
  });
  return found;
}

// What a registered payment may say by itself.
std::optional<Refusal> fault_in(const v1::RegisterPaymentRequest& command, LocalDate today) {
  const v1::Payment& payment = command.payment();
  Arguments arguments;
  arguments.must(command.payment_id().empty() || is_wishable_id(command.payment_id()), "payment_id",
                 "a letter and at most 62 letters, digits and hyphens");
  const LocalDate booked = arguments.date("payment.booked_date", payment.booked_date());
  arguments.must(booked <= today, "payment.booked_date", "not in the future");
  const Money amount = arguments.money("payment.amount", payment.amount());
  arguments.must(amount != Money{}, "payment.amount", "not zero");
  arguments.must(payment.invoice().empty() || amount > Money{}, "payment.amount",
                 "above zero for what pays an invoice");
  arguments.text("payment.bank_reference", payment.bank_reference(), 0, kBankReferenceMax);
  return arguments.fault();
}

// What an assignment asks for; `fault` when it cannot be had.
struct Assignment {
  Wanted wanted;
  std::optional<Refusal> fault;
};

std::optional<Refusal> add_wanted(const Financing& state, const Payment& payment,
                                  const v1::Allocation& allocation, Wanted& wanted) {
  const auto name = parse_invoice_name(allocation.invoice());
  const auto invoice = name ? state.invoices.find(name->id) : nullptr;
  if (invoice == nullptr) return refusal(Rejection::kInvoiceUnknown);
  if (is_credit_note(*invoice)) return refusal(Rejection::kCreditNote);
  if (invoice->content->internal()) return refusal(Rejection::kInvoiceInternal);
  if (!invoice->credited_by.empty()) return refusal(Rejection::kInvoiceCredited);
  if (invoice->content->agreement() != payment.content.agreement()) {
    return refusal(Rejection::kAgreementDiffers);
  }
  Arguments arguments;
  const Money amount = arguments.money("allocations.amount", allocation.amount());
  arguments.must(amount > Money{}, "allocations.amount", "above zero");
  arguments.must(!wanted.contains(name->id), "allocations.invoice", "each invoice once");
  if (!arguments.fault()) wanted.emplace(name->id, amount);
  return arguments.fault();
}

// What the payment pays of the invoice now.
Money paid_by(const Payment& payment, const std::string& invoice) {
  for (const v1::AllocatedAmount& part : payment.content.allocations()) {
    if (part.invoice() == invoice) return Money{part.amount_oere()};
  }
  return Money{};
}

Assignment read_assignment(const Financing& state, const Payment& payment,
                           const v1::AssignPaymentRequest& command) {
  Assignment assignment;
  Money sum;
  for (const v1::Allocation& allocation : command.allocations()) {
    assignment.fault = add_wanted(state, payment, allocation, assignment.wanted);
    if (assignment.fault) return assignment;
  }
  for (const auto& [id, amount] : assignment.wanted) {
    sum += amount;
    const auto invoice = state.invoices.find(id);
    const Money most = outstanding_of(*invoice) + paid_by(payment, invoice->content->invoice());
    if (amount > most) assignment.fault = refusal(Rejection::kAllocationTooLarge);
  }
  if (sum > std::max(Money{}, Money{payment.content.amount_oere()})) {
    assignment.fault = refusal(Rejection::kAllocationTooLarge);
  }
  return assignment;
}

bool is_as_wanted(const v1::PaymentRecorded& present, const Wanted& wanted,
                  std::string_view region) {
  const bool same_size = static_cast<std::size_t>(present.allocations_size()) == wanted.size();
  return same_size && std::all_of(wanted.begin(), wanted.end(), [&](const auto& want) {
           return std::any_of(present.allocations().begin(), present.allocations().end(),
                              [&](const v1::AllocatedAmount& part) {
                                return part.invoice() == invoice_name(region, want.first) &&
                                       part.amount_oere() == want.second.ore;
                              });
         });
}

// Adds to or takes from what the invoices of a payment have been paid.
void count_paid(Financing& state,
                const google::protobuf::RepeatedPtrField<v1::AllocatedAmount>& parts, int sign,
                const Recorded& recorded) {
  for (const v1::AllocatedAmount& part : parts) {
    const auto name = parse_invoice_name(part.invoice());
    if (!name || !state.invoices.contains(name->id)) continue;
    state.invoices.update(name->id, [&](Invoice& invoice) {
      invoice.paid += Money{sign * part.amount_oere()};
      invoice.etag = etag_of(recorded);
    });
  }
}

template <class Change>
void change_payment(Financing& state, const std::string& payment, const Recorded& recorded,
                    Change&& apply) {
  const auto name = parse_payment_name(payment);
  if (!name || !state.payments.contains(name->id)) return;
  state.payments.update(name->id, [&](Payment& present) {
    std::forward<Change>(apply)(present);
    present.etag = etag_of(recorded);
  });
}

// The money that went out by which a return was made, when the bank's file came before the return
// was recorded. An empty payment when `command` names none; nullopt when it names a wrong one.
std::optional<std::string> outgoing_of(const Financing& state, const Payment& payment,
                                       const v1::ReturnPaymentRequest& command) {
  if (command.outgoing().empty()) return "";
  const auto name = parse_payment_name(command.outgoing());
  const auto outgoing = name ? state.payments.find(name->id) : nullptr;
  const bool fits = outgoing != nullptr &&
                    outgoing->content.agreement() == payment.content.agreement() &&
                    unallocated_of(*outgoing) == -unallocated_of(payment);
  return fits ? std::optional(command.outgoing()) : std::nullopt;
}

}  // namespace

Decision decide(const Financing& state, const v1::RegisterPaymentRequest& command,
                const Context& context) {
  const v1::Payment& sent = command.payment();
  const auto agreement = parse_agreement_name(sent.agreement());
  const bool own = agreement && parse_region_name(command.parent()) == agreement->region;
  if (!own || !state.agreements.contains(agreement->id)) {
    return refusal(Rejection::kAgreementUnknown);
  }
  const auto invoice = parse_invoice_name(sent.invoice());
  if (!sent.invoice().empty() && (!invoice || !state.invoices.contains(invoice->id))) {
    return refusal(Rejection::kInvoiceUnknown);
  }
  const PaymentId id{command.payment_id().empty() ? context.new_id : command.payment_id()};
  const bool exists =
      state.payments.contains(id) || (!sent.bank_reference().empty() &&
                                      is_on_record(state, sent.agreement(), sent.bank_reference()));
  if (exists) return refusal(Rejection::kPaymentExists);
  if (auto fault = fault_in(command, platform::local_date_of(context.now)))
    return *std::move(fault);

  v1::Event event;
  v1::PaymentRecorded& fact = *event.mutable_payment_recorded();
  fact.set_payment(payment_name(agreement->region, id));
  fact.set_agreement(sent.agreement());
  fact.set_booked_date(sent.booked_date());
  const Money amount = platform::parse_money(sent.amount()).value_or(Money{});
  fact.set_amount_oere(amount.ore);
  fact.set_bank_reference(sent.bank_reference());
  const bool named = !sent.invoice().empty();
  settle_match(state,
               match_payment(amount, named ? printed_number(invoice->id) : "",
                             outstanding_invoices(state, named ? "" : sent.agreement())),
               fact);
  Effects effects;
  effects.facts.push_back({stream_of(id), std::move(event)});
  return effects;
}

Decision decide(const Financing& state, const v1::AssignPaymentRequest& command,
                const Context& context) {
  const auto name = parse_payment_name(command.name());
  const auto payment = name ? state.payments.find(name->id) : nullptr;
  if (payment == nullptr) return refusal(Rejection::kPaymentUnknown);
  if (is_stale(command.etag(), payment->etag)) return refusal(Rejection::kEtagStale);
  if (payment->returned != Money{}) return refusal(Rejection::kPaymentReturned);
  const Assignment assignment = read_assignment(state, *payment, command);
  if (assignment.fault) return *assignment.fault;
  if (is_as_wanted(payment->content, assignment.wanted, name->region)) return Effects{};

  v1::Event event;
  v1::PaymentAssigned& fact = *event.mutable_payment_assigned();
  fact.set_payment(command.name());
  for (const auto& [invoice, amount] : assignment.wanted) {
    v1::AllocatedAmount& part = *fact.add_allocations();
    part.set_invoice(invoice_name(name->region, invoice));
    part.set_amount_oere(amount.ore);
  }
  const std::string payer = buyer_of(state, fact.allocations());
  fact.set_payer(payer.empty() ? payment->content.payer() : payer);
  *fact.mutable_posting() = posting_of(state, *payment, fact, platform::local_date_of(context.now));
  Effects effects;
  effects.facts.push_back({stream_of(name->id), std::move(event)});
  return effects;
}

Decision decide(const Financing& state, const v1::ReturnPaymentRequest& command,
                const Context& context) {
  const auto name = parse_payment_name(command.name());
  const auto payment = name ? state.payments.find(name->id) : nullptr;
  if (payment == nullptr) return refusal(Rejection::kPaymentUnknown);
  if (is_stale(command.etag(), payment->etag)) return refusal(Rejection::kEtagStale);
  const Money amount = unallocated_of(*payment);
  if (amount <= Money{}) return refusal(Rejection::kNothingToReturn);
  const auto outgoing = outgoing_of(state, *payment, command);
  if (!outgoing) return refusal(Rejection::kPaymentUnknown);
  Arguments arguments;
  const LocalDate booked = arguments.date("booked_date", command.booked_date());
  arguments.must(booked <= platform::local_date_of(context.now), "booked_date",
                 "not in the future");
  if (arguments.fault()) return *arguments.fault();

  v1::Event event;
  v1::PaymentReturned& fact = *event.mutable_payment_returned();
  fact.set_payment(command.name());
  fact.set_booked_date(command.booked_date());
  fact.set_amount_oere(amount.ore);
  fact.set_outgoing(*outgoing);
  *fact.mutable_posting() = posting_of(state, *payment, fact);
  Effects effects;
  effects.facts.push_back({stream_of(name->id), std::move(event)});
  return effects;
}

void release_payments(const Financing& state, std::string_view region, const InvoiceId& invoice,
                      LocalDate today, Effects& effects) {
  const std::string invoice_paid = invoice_name(region, invoice);
  state.payments.for_each([&](const PaymentId& id, const Payment& payment) {
    if (paid_by(payment, invoice_paid) == Money{}) return;
    v1::Event event;
    v1::PaymentAssigned& fact = *event.mutable_payment_assigned();
    fact.set_payment(payment.content.payment());
    for (const v1::AllocatedAmount& part : payment.content.allocations()) {
      if (part.invoice() != invoice_paid) *fact.add_allocations() = part;
    }
    fact.set_payer(payment.content.payer());
    *fact.mutable_posting() = posting_of(state, payment, fact, today);
    effects.facts.push_back({stream_of(id), std::move(event)});
  });
}

void record(Financing& state, const v1::PaymentRecorded& fact, const Recorded& recorded) {
  const auto name = parse_payment_name(fact.payment());
  if (!name) return;
  Payment payment;
  payment.content = fact;
  payment.content.clear_posting();
  payment.position = recorded.at.position;
  payment.created_at = recorded.at.recorded_at;
  payment.etag = etag_of(recorded);
  state.payments.set(name->id, std::move(payment));
  count_paid(state, fact.allocations(), 1, recorded);
  post(state, fact.posting(), recorded.at.recorded_at);
}

void assign(Financing& state, const v1::PaymentAssigned& fact, const Recorded& recorded) {
  change_payment(state, fact.payment(), recorded, [&](Payment& payment) {
    count_paid(state, payment.content.allocations(), -1, recorded);
    *payment.content.mutable_allocations() = fact.allocations();
    payment.content.set_payer(fact.payer());
    payment.content.clear_candidates();
  });
  count_paid(state, fact.allocations(), 1, recorded);
  post(state, fact.posting(), recorded.at.recorded_at);
}

void send_back(Financing& state, const v1::PaymentReturned& fact, const Recorded& recorded) {
  const Money amount{fact.amount_oere()};
  change_payment(state, fact.payment(), recorded, [&](Payment& payment) {
    payment.returned += amount;
    if (fact.outgoing().empty()) payment.unseen_return += amount;
  });
  change_payment(state, fact.outgoing(), recorded,
                 [&](Payment& outgoing) { outgoing.returned = -amount; });
  post(state, fact.posting(), recorded.at.recorded_at);
}

void confirm(Financing& state, const v1::PaymentConfirmed& fact, const Recorded& recorded) {
  change_payment(state, fact.payment(), recorded, [&](Payment& payment) {
    if (fact.returned()) {
      payment.return_movements.push_back(fact.movement());
      payment.unseen_return = Money{};
    } else {
      payment.content.set_movement(fact.movement());
    }
  });
}

}  // namespace kkr::financing
