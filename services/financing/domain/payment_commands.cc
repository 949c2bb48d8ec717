#include "services/financing/domain/payment_commands.h"

#include <utility>

namespace kkr::financing {
namespace {

using Allocations = google::protobuf::RepeatedPtrField<v1::AllocatedAmount>;

// Adds what a payment pays to its invoices, or takes it away again.
void allocate(Financing& state, const Allocations& allocations, bool take_away,
              const Recorded& recorded) {
  for (const v1::AllocatedAmount& allocated : allocations) {
    const auto name = parse_invoice_name(allocated.invoice());
    if (!name) continue;
    state.invoices.update(name->id, [&](Invoice& invoice) {
      const Money amount{allocated.amount_oere()};
      invoice.paid += take_away ? -amount : amount;
      invoice.etag = etag_of(recorded);
    });
  }
}

}  // namespace

void record(Financing& state, const v1::PaymentRecorded& fact, const Recorded& recorded) {
  const auto name = parse_payment_name(fact.payment());
  if (!name) return;
  state.payments.set(name->id, Payment{fact, {}, recorded.at.recorded_at, etag_of(recorded)});
  allocate(state, fact.allocations(), false, recorded);
  post(state, fact.posting(), recorded.at.recorded_at);
}

void assign(Financing& state, const v1::PaymentAssigned& fact, const Recorded& recorded) {
  const auto name = parse_payment_name(fact.payment());
  const auto present = name ? state.payments.find(name->id) : nullptr;
  if (present == nullptr) return;
  allocate(state, present->content.allocations(), true, recorded);
  state.payments.update(name->id, [&](Payment& payment) {
    *payment.content.mutable_allocations() = fact.allocations();
    payment.content.clear_candidates();
    payment.etag = etag_of(recorded);
  });
  allocate(state, fact.allocations(), false, recorded);
  post(state, fact.posting(), recorded.at.recorded_at);
}

void send_back(Financing& state, const v1::PaymentReturned& fact, const Recorded& recorded) {
  const auto name = parse_payment_name(fact.payment());
  if (!name) return;
  state.payments.update(name->id, [&](Payment& payment) {
    payment.returned += Money{fact.amount_oere()};
    payment.etag = etag_of(recorded);
  });
  post(state, fact.posting(), recorded.at.recorded_at);
}

}  // namespace kkr::financing
