// How each recorded fact changes the state: the one place that lists them all.
#include "services/financing/domain/agreement_commands.h"
#include "services/financing/domain/budget_commands.h"
#include "services/financing/domain/charge_commands.h"
#include "services/financing/domain/dunning_watch.h"
#include "services/financing/domain/invoice_commands.h"
#include "services/financing/domain/payment_commands.h"
#include "services/financing/domain/recipient_commands.h"
#include "services/financing/domain/split_commands.h"
#include "services/financing/domain/state.h"
#include "services/financing/domain/true_up_commands.h"
#include "services/financing/domain/year_end_commands.h"

namespace kkr::financing {

void evolve(Financing& state, const Recorded& recorded) {
  const v1::Event& event = recorded.event;
  switch (event.fact_case()) {
    case v1::Event::kAgreementCreated: return create(state, event.agreement_created(), recorded);
    case v1::Event::kAgreementAmended: return amend(state, event.agreement_amended(), recorded);
    case v1::Event::kAgreementEnded: return end(state, event.agreement_ended(), recorded);
    case v1::Event::kContactsErased: return erase(state, event.contacts_erased(), recorded);
    case v1::Event::kRecipientUpdated: return update(state, event.recipient_updated(), recorded);
    case v1::Event::kBuyerReferenceErased:
      return erase(state, event.buyer_reference_erased(), recorded);
    case v1::Event::kBudgetUpdated: return update(state, event.budget_updated(), recorded);
    case v1::Event::kBudgetApproved: return approve(state, event.budget_approved(), recorded);
    case v1::Event::kBudgetSplit: return keep(state, event.budget_split(), recorded);
    case v1::Event::kTrueUpOffered: return offer(state, event.true_up_offered(), recorded);
    case v1::Event::kTrueUpSettled: return settle(state, event.true_up_settled(), recorded);
    case v1::Event::kChargePrepared: return prepare(state, event.charge_prepared(), recorded);
    case v1::Event::kChargeRun: return run(state, event.charge_run(), recorded);
    case v1::Event::kInvoiceIssued: return issue(state, event.invoice_issued(), recorded);
    case v1::Event::kInvoiceDelivered: return deliver(state, event.invoice_delivered(), recorded);
    case v1::Event::kInvoiceDisputed: return dispute(state, event.invoice_disputed(), recorded);
    case v1::Event::kDisputeResolved: return resolve(state, event.dispute_resolved(), recorded);
    case v1::Event::kPaymentRecorded: return record(state, event.payment_recorded(), recorded);
    case v1::Event::kPaymentAssigned: return assign(state, event.payment_assigned(), recorded);
    case v1::Event::kPaymentReturned: return send_back(state, event.payment_returned(), recorded);
    case v1::Event::kPaymentConfirmed: return confirm(state, event.payment_confirmed(), recorded);
    case v1::Event::kInvoiceDunned: return dun(state, event.invoice_dunned(), recorded);
    case v1::Event::kYearClosed: return close(state, event.year_closed(), recorded);
    case v1::Event::FACT_NOT_SET: return;  // Unreachable: the log refuses a fact it cannot read.
  }
}

}  // namespace kkr::financing
