#include "services/consultation/api/rejection_status.h"

#include "services/consultation/api/refusal_sentence.h"
#include "services/platform/grpc/error_status.h"

namespace kkr::consultation {
namespace {

using grpc::StatusCode;

platform::OutwardRefusal outward(Rejection rejection) {
  switch (rejection) {
    case Rejection::kPaperUnknown:
      return {StatusCode::NOT_FOUND, "PAPER_UNKNOWN", "There is no such paper."};
    case Rejection::kRoundUnknown:
      return {StatusCode::NOT_FOUND, "ROUND_UNKNOWN", "There is no such round."};
    case Rejection::kPaperExists:
      return {StatusCode::ALREADY_EXISTS, "PAPER_EXISTS", "A paper has this id already."};
    case Rejection::kRoundExists:
      return {StatusCode::ALREADY_EXISTS, "ROUND_EXISTS", "A round has this id already."};
    case Rejection::kAnswerUnknown:
      return {StatusCode::NOT_FOUND, "ANSWER_UNKNOWN", "There is no such answer."};
    case Rejection::kCollectionUnknown:
      return {StatusCode::NOT_FOUND, "COLLECTION_UNKNOWN", "There is no such collection."};
    case Rejection::kEtagStale:
      return {StatusCode::ABORTED, "ETAG_STALE",
              "Somebody changed this since you saw it. Look again and repeat."};
    case Rejection::kDraftChanged:
      return {StatusCode::ABORTED, "DRAFT_CHANGED",
              "A colleague saved this since you saw it. Look again and repeat."};
    case Rejection::kRoundNotDraft:
      return {StatusCode::FAILED_PRECONDITION, "ROUND_NOT_DRAFT",
              "The round is no draft any more."};
    case Rejection::kRoundNotOpen:
      return {StatusCode::FAILED_PRECONDITION, "ROUND_NOT_OPEN", "The round is not open."};
    case Rejection::kRoundNotClosed:
      return {StatusCode::FAILED_PRECONDITION, "ROUND_NOT_CLOSED", "The round is not closed."};
    case Rejection::kRoundNotAccepting:
      return {StatusCode::FAILED_PRECONDITION, "ROUND_NOT_ACCEPTING",
              "The round takes in no answers now."};
    case Rejection::kRoundCancelled:
      return {StatusCode::FAILED_PRECONDITION, "ROUND_CANCELLED", "The round was called off."};
    case Rejection::kMunicipalityNotInvited:
      return {StatusCode::FAILED_PRECONDITION, "MUNICIPALITY_NOT_INVITED",
              "The round did not invite this municipality."};
    case Rejection::kExtensionNotAsked:
      return {StatusCode::FAILED_PRECONDITION, "EXTENSION_NOT_ASKED",
              "No extension has been asked for."};
    case Rejection::kNoExtension:
      return {StatusCode::FAILED_PRECONDITION, "NO_EXTENSION",
              "There is no extension to withdraw."};
    case Rejection::kVersionUnknown:
      return {StatusCode::FAILED_PRECONDITION, "VERSION_UNKNOWN", "The paper has no such version."};
    case Rejection::kVersionNotDraft:
      return {StatusCode::FAILED_PRECONDITION, "VERSION_NOT_DRAFT",
              "This version is no draft any more."};
    case Rejection::kDraftVersionExists:
      return {StatusCode::FAILED_PRECONDITION, "DRAFT_VERSION_EXISTS",
              "The paper has a draft version already."};
    case Rejection::kDraftEmpty:
      return {StatusCode::FAILED_PRECONDITION, "DRAFT_EMPTY", "The draft is empty."};
    case Rejection::kAnswerWithdrawn:
      return {StatusCode::FAILED_PRECONDITION, "ANSWER_WITHDRAWN",
              "The answer has been withdrawn."};
    case Rejection::kReasonMissing:
      return {StatusCode::INVALID_ARGUMENT, "REASON_MISSING", "A reason must be given."};
    case Rejection::kArgumentInvalid:
      return {StatusCode::INVALID_ARGUMENT, "ARGUMENT_INVALID",
              "A field of the request holds what it may not."};
    case Rejection::kDeadlineMissing:
      return {StatusCode::FAILED_PRECONDITION, "DEADLINE_MISSING", "The round has no deadline."};
    case Rejection::kDeadlineNotInFuture:
      return {StatusCode::INVALID_ARGUMENT, "DEADLINE_NOT_IN_FUTURE",
              "The deadline has passed already."};
    case Rejection::kDeadlineNotLater:
      return {StatusCode::FAILED_PRECONDITION, "DEADLINE_NOT_LATER",
              "The deadline is not later than the present one."};
    case Rejection::kApprovedInFuture:
      return {StatusCode::FAILED_PRECONDITION, "APPROVED_IN_FUTURE",
              "The date of approval is still to come."};
    case Rejection::kNoQuestions:
      return {StatusCode::FAILED_PRECONDITION, "NO_QUESTIONS", "The round asks nothing."};
    case Rejection::kQuestionUnknown:
      return {StatusCode::INVALID_ARGUMENT, "QUESTION_UNKNOWN", "The round has no such question."};
    case Rejection::kValueInvalid:
      return {StatusCode::INVALID_ARGUMENT, "VALUE_INVALID",
              "The value does not fit its question."};
    case Rejection::kRequiredQuestionUnanswered:
      return {StatusCode::INVALID_ARGUMENT, "REQUIRED_QUESTION_UNANSWERED",
              "A required question is unanswered."};
    case Rejection::kReceivedInFuture:
      return {StatusCode::INVALID_ARGUMENT, "RECEIVED_IN_FUTURE",
              "The date of receipt is still to come."};
    case Rejection::kLetterMissing:
      return {StatusCode::INVALID_ARGUMENT, "LETTER_MISSING", "The letter must be attached."};
    case Rejection::kExtractMissing:
      return {StatusCode::FAILED_PRECONDITION, "EXTRACT_MISSING",
              "A decision needs the extract of its minutes."};
    case Rejection::kReplacedPaperUnknown:
      return {StatusCode::FAILED_PRECONDITION, "REPLACED_PAPER_UNKNOWN",
              "There is no such paper to replace."};
    case Rejection::kPaperVersionUnknown:
      return {StatusCode::FAILED_PRECONDITION, "PAPER_VERSION_UNKNOWN",
              "There is no such version of the paper."};
    case Rejection::kAttachmentUnknown:
      return {StatusCode::FAILED_PRECONDITION, "ATTACHMENT_UNKNOWN",
              "No such file has been uploaded."};
    case Rejection::kNobodyInvited:
      return {StatusCode::FAILED_PRECONDITION, "NOBODY_INVITED",
              "The invitation means no municipality on that date."};
  }
  return {StatusCode::INTERNAL, "REJECTION_UNKNOWN", "The command was refused."};
}

}  // namespace

grpc::Status to_status(const Refusal& refusal) {
  return platform::refusal_status(outward(refusal.rejection), refusal.details,
                                  sentence_of(refusal));
}

}  // namespace kkr::consultation
