#include "services/financing/app/payment_view.h"

#include "services/platform/time/timestamp.h"

namespace kkr::financing {

v1::Payment shown(const Payment& payment, Texts& texts) {
  const v1::PaymentRecorded& content = payment.content;
  v1::Payment reply;
  reply.set_name(content.payment());
  reply.set_agreement(content.agreement());
  reply.set_booked_date(content.booked_date());
  reply.set_amount(platform::format_money(Money{content.amount_oere()}));
  reply.set_bank_reference(content.bank_reference());
  if (content.has_payer_text())
    *reply.mutable_payer_text() = texts.read(content.payer_text().key());
  reply.set_state(state_of(payment));
  reply.set_finding(content.finding());
  for (const v1::AllocatedAmount& part : content.allocations()) {
    v1::Allocation& allocation = *reply.add_allocations();
    allocation.set_invoice(part.invoice());
    allocation.set_amount(platform::format_money(Money{part.amount_oere()}));
  }
  reply.set_unallocated(platform::format_money(unallocated_of(payment)));
  if (state_of(payment) == v1::Payment::STATE_AMBIGUOUS) {
    *reply.mutable_candidates() = content.candidates();
  }
  reply.set_confirmed(!content.movement().empty() && payment.unseen_return == Money{});
  *reply.mutable_create_time() = platform::timestamp_of(payment.created_at);
  reply.set_etag(payment.etag);
  return reply;
}

}  // namespace kkr::financing
