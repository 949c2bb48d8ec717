#include "services/financing/api/rejection_status.h"

#include "services/platform/grpc/error_status.h"

namespace kkr::financing {
namespace {

using grpc::StatusCode;

platform::OutwardRefusal outward(Rejection rejection) {
  switch (rejection) {
    case Rejection::kAgreementUnknown:
      return {StatusCode::NOT_FOUND, "AGREEMENT_UNKNOWN", "There is no such agreement."};
    case Rejection::kRecipientUnknown:
      return {StatusCode::NOT_FOUND, "RECIPIENT_UNKNOWN",
              "This municipality has not said how it wants its invoices."};
    case Rejection::kBudgetUnknown:
      return {StatusCode::NOT_FOUND, "BUDGET_UNKNOWN", "There is no budget for this year."};
    case Rejection::kSplitUnknown:
      return {StatusCode::NOT_FOUND, "SPLIT_UNKNOWN", "There is no such split."};
    case Rejection::kTrueUpUnknown:
      return {StatusCode::NOT_FOUND, "TRUE_UP_UNKNOWN", "There is no such true-up."};
    case Rejection::kChargeUnknown:
      return {StatusCode::NOT_FOUND, "CHARGE_UNKNOWN", "There is no such charge."};
    case Rejection::kInvoiceUnknown:
      return {StatusCode::NOT_FOUND, "INVOICE_UNKNOWN", "There is no such invoice."};
    case Rejection::kDunningUnknown:
      return {StatusCode::NOT_FOUND, "DUNNING_UNKNOWN", "There is no such dunning."};
    case Rejection::kPaymentUnknown:
      return {StatusCode::NOT_FOUND, "PAYMENT_UNKNOWN", "There is no such payment."};
    case Rejection::kStatementUnknown:
      return {StatusCode::NOT_FOUND, "STATEMENT_UNKNOWN",
              "Nothing is known of this municipality and year."};
    case Rejection::kYearEndUnknown:
      return {StatusCode::NOT_FOUND, "YEAR_END_UNKNOWN", "This year has not been closed."};
    case Rejection::kAgreementExists:
      return {StatusCode::ALREADY_EXISTS, "AGREEMENT_EXISTS", "An agreement has this id already."};
    case Rejection::kPaymentExists:
      return {StatusCode::ALREADY_EXISTS, "PAYMENT_EXISTS", "This payment is on record already."};
    case Rejection::kEtagStale:
      return {StatusCode::ABORTED, "ETAG_STALE",
              "Somebody changed this since you saw it. Look again and repeat."};
    case Rejection::kOutsideAgreement:
      return {StatusCode::FAILED_PRECONDITION, "OUTSIDE_AGREEMENT",
              "The agreement does not hold then."};
    case Rejection::kYearCharged:
      return {StatusCode::FAILED_PRECONDITION, "YEAR_CHARGED",
              "The year has been charged already."};
    case Rejection::kYearNotCharged:
      return {StatusCode::FAILED_PRECONDITION, "YEAR_NOT_CHARGED",
              "The year has not been charged."};
    case Rejection::kYearNotOver:
      return {StatusCode::FAILED_PRECONDITION, "YEAR_NOT_OVER", "The year is not over."};
    case Rejection::kYearClosed:
      return {StatusCode::FAILED_PRECONDITION, "YEAR_CLOSED", "The year has been closed."};
    case Rejection::kTrueUpOpen:
      return {StatusCode::FAILED_PRECONDITION, "TRUE_UP_OPEN",
              "A true-up of the year has not been settled."};
    case Rejection::kTrueUpNotOffered:
      return {StatusCode::FAILED_PRECONDITION, "TRUE_UP_NOT_OFFERED",
              "The true-up is not offered any more."};
    case Rejection::kBudgetNotDraft:
      return {StatusCode::FAILED_PRECONDITION, "BUDGET_NOT_DRAFT",
              "The budget has been approved as it stands."};
    case Rejection::kBudgetNotApproved:
      return {StatusCode::FAILED_PRECONDITION, "BUDGET_NOT_APPROVED",
              "The budget has not been approved as it stands."};
    case Rejection::kBudgetNotSplit:
      return {StatusCode::FAILED_PRECONDITION, "BUDGET_NOT_SPLIT",
              "The budget has not been split."};
    case Rejection::kSplitStale:
      return {StatusCode::FAILED_PRECONDITION, "SPLIT_STALE",
              "Budget, host or terms changed since the split. Split again."};
    case Rejection::kCreditNote:
      return {StatusCode::FAILED_PRECONDITION, "CREDIT_NOTE", "This is a credit note."};
    case Rejection::kInvoiceInternal:
      return {StatusCode::FAILED_PRECONDITION, "INVOICE_INTERNAL",
              "This is the host's own voucher, which is sent to nobody."};
    case Rejection::kInvoiceCredited:
      return {StatusCode::FAILED_PRECONDITION, "INVOICE_CREDITED",
              "The invoice has been credited."};
    case Rejection::kInvoicePaid:
      return {StatusCode::FAILED_PRECONDITION, "INVOICE_PAID", "The invoice has been paid."};
    case Rejection::kInvoiceDelivered:
      return {StatusCode::FAILED_PRECONDITION, "INVOICE_DELIVERED",
              "The invoice was delivered on another day."};
    case Rejection::kInvoiceDisputed:
      return {StatusCode::FAILED_PRECONDITION, "INVOICE_DISPUTED",
              "The invoice is disputed already."};
    case Rejection::kInvoiceNotDisputed:
      return {StatusCode::FAILED_PRECONDITION, "INVOICE_NOT_DISPUTED",
              "The invoice is not disputed."};
    case Rejection::kPaymentReturned:
      return {StatusCode::FAILED_PRECONDITION, "PAYMENT_RETURNED",
              "The payment has been sent back."};
    case Rejection::kNothingToReturn:
      return {StatusCode::FAILED_PRECONDITION, "NOTHING_TO_RETURN",
              "Nothing of the payment is unallocated."};
    case Rejection::kAgreementDiffers:
      return {StatusCode::FAILED_PRECONDITION, "AGREEMENT_DIFFERS",
              "Payment and invoice belong to different agreements."};
    case Rejection::kReasonMissing:
      return {StatusCode::INVALID_ARGUMENT, "REASON_MISSING", "A reason must be given."};
    case Rejection::kArgumentInvalid:
      return {StatusCode::INVALID_ARGUMENT, "ARGUMENT_INVALID",
              "A field of the request holds what it may not."};
    case Rejection::kEndpointInvalid:
      return {StatusCode::INVALID_ARGUMENT, "ENDPOINT_INVALID",
              "The check digit of the endpoint does not fit."};
    case Rejection::kCostKindNotAgreed:
      return {StatusCode::INVALID_ARGUMENT, "COST_KIND_NOT_AGREED",
              "The agreement knows no such kind of cost; overhead is reckoned from its terms."};
    case Rejection::kBudgetEmpty:
      return {StatusCode::INVALID_ARGUMENT, "BUDGET_EMPTY", "The budget has no lines."};
    case Rejection::kApprovedInFuture:
      return {StatusCode::FAILED_PRECONDITION, "APPROVED_IN_FUTURE",
              "The date of approval is still to come."};
    case Rejection::kDeliveredBeforeIssue:
      return {StatusCode::FAILED_PRECONDITION, "DELIVERED_BEFORE_ISSUE",
              "The invoice was not issued yet on that day."};
    case Rejection::kDeliveredInFuture:
      return {StatusCode::FAILED_PRECONDITION, "DELIVERED_IN_FUTURE",
              "The date of delivery is still to come."};
    case Rejection::kAllocationTooLarge:
      return {StatusCode::FAILED_PRECONDITION, "ALLOCATION_TOO_LARGE",
              "More is assigned than there is, or than is owed."};
    case Rejection::kStatementInvalid:
      return {StatusCode::INVALID_ARGUMENT, "STATEMENT_INVALID", "The bank's file cannot be read."};
    case Rejection::kNoMembers:
      return {StatusCode::FAILED_PRECONDITION, "NO_MEMBERS",
              "The agreement means no municipality on that date."};
    case Rejection::kHostNotMember:
      return {StatusCode::FAILED_PRECONDITION, "HOST_NOT_MEMBER",
              "The host is not one of the members."};
    case Rejection::kPopulationUnknown:
      return {StatusCode::FAILED_PRECONDITION, "POPULATION_UNKNOWN",
              "A population of the reference date is not on record."};
    case Rejection::kRecipientIncomplete:
      return {StatusCode::FAILED_PRECONDITION, "RECIPIENT_INCOMPLETE",
              "A recipient lacks what an invoice needs; nothing was issued."};
    case Rejection::kDocumentInvalid:
      return {StatusCode::FAILED_PRECONDITION, "DOCUMENT_INVALID",
              "The document breaks a rule, so it does not leave."};
  }
  return {StatusCode::INTERNAL, "REJECTION_UNKNOWN", "The command was refused."};
}

}  // namespace

grpc::Status to_status(const Refusal& refusal) {
  return platform::refusal_status(outward(refusal.rejection), refusal.details);
}

}  // namespace kkr::financing
