#include "services/financing/domain/payment_import.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "services/financing/domain/arguments.h"
#include "services/financing/domain/payment_postings.h"

namespace kkr::financing {
namespace {

constexpr std::string_view kPaymentOfMovement = "bank-";

// A payment on record that no bank's file has shown yet: registered by hand, or sent back.
struct Unseen {
  PaymentId payment;
  Money amount;  // As the bank will show it.
  std::string booked_date;
  std::string bank_reference;
  bool returned = false;
};

// Takes the movements of one file, each on top of those before.
class Import {
 public:
  Import(const Financing& state, const Named<AgreementId>& agreement, const Context& context)
      : state_(state),
        region_(agreement.region),
        agreement_(agreement_name(agreement.region, agreement.id)),
        context_(context),
        outstanding_(outstanding_invoices(state, "")),
        own_(outstanding_invoices(state, agreement_)) {
    state.payments.for_each(
        [this](const PaymentId& id, const Payment& payment) { know(id, payment); });
  }

  void take(const BankMovement& movement) {
    if (!known_.insert(movement.identity).second) return;
    if (confirm_unseen(movement)) return;
    v1::Event event;
    v1::PaymentRecorded& fact = *event.mutable_payment_recorded();
    const PaymentId id = payment_of_movement(movement.identity);
    fact.set_payment(payment_name(region_, id));
    fact.set_agreement(agreement_);
    fact.set_booked_date(platform::format_date(movement.booked_on));
    fact.set_amount_oere(movement.amount.ore);
    fact.set_bank_reference(movement.bank_reference);
    fact.set_movement(movement.identity);
    keep_text(movement, id, fact);
    const Match match = match_of(movement);
    for (const Allocated& part : match.allocations) take_from(part);
    settle_match(state_, match, fact);
    effects_.facts.push_back({stream_of(id), std::move(event)});
  }

  Effects taken() { return std::move(effects_); }

 private:
  void know(const PaymentId& id, const Payment& payment) {
    const v1::PaymentRecorded& content = payment.content;
    if (!content.movement().empty()) known_.insert(content.movement());
    known_.insert(payment.return_movements.begin(), payment.return_movements.end());
    if (content.agreement() != agreement_) return;
    if (content.movement().empty()) {
      unseen_.push_back({id, Money{content.amount_oere()}, content.booked_date(),
                         content.bank_reference(), false});
    }
    if (payment.unseen_return > Money{}) {
      unseen_.push_back({id, -payment.unseen_return, "", "", true});
    }
  }

  // Registered by hand: the same bank's number, or where none was given the same day and amount.
  // Sent back: the same amount.
  static bool is_shown_by(const Unseen& unseen, const BankMovement& movement) {
    if (unseen.amount != movement.amount) return false;
    if (unseen.returned) return true;
    if (!unseen.bank_reference.empty()) return unseen.bank_reference == movement.bank_reference;
    return unseen.booked_date == platform::format_date(movement.booked_on);
  }

  bool confirm_unseen(const BankMovement& movement) {
    const auto shown = std::find_if(unseen_.begin(), unseen_.end(), [&](const Unseen& unseen) {
      return is_shown_by(unseen, movement);
    });
    if (shown == unseen_.end()) return false;
    v1::Event event;
    v1::PaymentConfirmed& fact = *event.mutable_payment_confirmed();
    fact.set_payment(payment_name(region_, shown->payment));
    fact.set_movement(movement.identity);
    fact.set_returned(shown->returned);
    effects_.facts.push_back({stream_of(shown->payment), std::move(event)});
    unseen_.erase(shown);
    return true;
  }

  // Who paid and what they wrote may name people.
  void keep_text(const BankMovement& movement, const PaymentId& id, v1::PaymentRecorded& fact) {
    std::string text = movement.payer;
    for (const std::string& more : {movement.reference, movement.text}) {
      if (!more.empty()) text += (text.empty() ? "" : "\n") + more;
    }
    if (text.empty()) return;
    const std::string key = "payment/" + id.text + "/text/" + context_.new_id;
    fact.mutable_payer_text()->set_key(key);
    effects_.private_writes.push_back({key, std::move(text)});
  }

  // A number may name an invoice of any agreement of the region; an amount is compared with those
  // of the agreement whose account it is.
  Match match_of(const BankMovement& movement) const {
    const std::string text = movement.reference + "\n" + movement.text;
    const std::vector<InvoiceId> named = named_invoices(text, outstanding_);
    Match match = match_payment(movement.amount, text, named.empty() ? own_ : outstanding_);
    // One payment stands in the books of one agreement.
    const auto agreement = [&](const Allocated& part) {
      return state_.invoices.find(part.invoice)->content->agreement();
    };
    for (const Allocated& part : match.allocations) {
      if (agreement(part) != agreement(match.allocations.front())) {
        return {Finding::kAmbiguous, {}, movement.amount, named};
      }
    }
    return match;
  }

  void take_from(const Allocated& part) {
    outstanding_[part.invoice] -= part.amount;
    const auto own = own_.find(part.invoice);
    if (own != own_.end()) own->second -= part.amount;
  }

  const Financing& state_;
  const std::string region_;
  const std::string agreement_;
  const Context& context_;
  OutstandingByInvoice outstanding_;
  OutstandingByInvoice own_;
  std::set<std::string> known_;
  std::vector<Unseen> unseen_;
  Effects effects_;
};

// The agreement of all of the invoices; empty when they are of several, or there are none.
std::string agreement_of(const Financing& state, const AllocatedAmounts& invoices) {
  std::string agreement;
  for (const v1::AllocatedAmount& one : invoices) {
    const auto name = parse_invoice_name(one.invoice());
    const std::string& its = state.invoices.find(name->id)->content->agreement();
    if (!agreement.empty() && its != agreement) return "";
    agreement = its;
  }
  return agreement;
}

v1::Payment::Finding shown(Finding finding) {
  switch (finding) {
    case Finding::kMatched: return v1::Payment::FINDING_MATCHED;
    case Finding::kPart: return v1::Payment::FINDING_PART;
    case Finding::kOver: return v1::Payment::FINDING_OVER;
    case Finding::kDouble: return v1::Payment::FINDING_DOUBLE;
    case Finding::kWrongWay: return v1::Payment::FINDING_WRONG_WAY;
    case Finding::kAmbiguous: return v1::Payment::FINDING_AMBIGUOUS;
    case Finding::kUnknown: return v1::Payment::FINDING_UNKNOWN;
  }
  return v1::Payment::FINDING_UNSPECIFIED;
}

}  // namespace

PaymentId payment_of_movement(std::string_view identity) {
  return {std::string(kPaymentOfMovement) + std::string(identity)};
}

OutstandingByInvoice outstanding_invoices(const Financing& state, std::string_view agreement) {
  OutstandingByInvoice outstanding;
  state.invoices.for_each([&](const InvoiceId& id, const Invoice& invoice) {
    const bool own = agreement.empty() || invoice.content->agreement() == agreement;
    if (!own || is_credit_note(invoice) || invoice.content->internal()) return;
    outstanding.emplace(id, outstanding_of(invoice));
  });
  return outstanding;
}

void settle_match(const Financing& state, const Match& match, v1::PaymentRecorded& fact) {
  const std::string_view region = region_of(fact.payment());
  fact.set_finding(shown(match.finding));
  for (const Allocated& part : match.allocations) {
    v1::AllocatedAmount& allocated = *fact.add_allocations();
    allocated.set_invoice(invoice_name(region, part.invoice));
    allocated.set_amount_oere(part.amount.ore);
  }
  AllocatedAmounts named = fact.allocations();
  for (const InvoiceId& candidate : match.candidates) {
    fact.add_candidates(invoice_name(region, candidate));
    named.Add()->set_invoice(invoice_name(region, candidate));
  }
  const bool by_amount = match.finding == Finding::kAmbiguous;
  if (!named.empty() && !by_amount) {
    const std::string agreement = agreement_of(state, named);
    if (!agreement.empty()) fact.set_agreement(agreement);
    fact.set_payer(buyer_of(state, named));
  }
  *fact.mutable_posting() = posting_of(state, fact);
}

Decision decide(const Financing& state, const v1::ImportPaymentsRequest& command,
                const std::vector<BankMovement>& movements, const Context& context) {
  const auto agreement = parse_agreement_name(command.agreement());
  const bool own = agreement && parse_region_name(command.parent()) == agreement->region;
  if (!own || !state.agreements.contains(agreement->id)) {
    return refusal(Rejection::kAgreementUnknown);
  }
  Arguments arguments;
  arguments.must(movements.size() <= kMovementsMax, "file", "at most 10000 movements");
  if (arguments.fault()) return *arguments.fault();
  Import import(state, *agreement, context);
  for (const BankMovement& movement : movements) import.take(movement);
  return import.taken();
}

}  // namespace kkr::financing
