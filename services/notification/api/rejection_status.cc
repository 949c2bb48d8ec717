#include "services/notification/api/rejection_status.h"

#include "services/platform/grpc/error_status.h"

namespace kkr::notification {
namespace {

using grpc::StatusCode;

platform::OutwardRefusal outward(Rejection rejection) {
  switch (rejection) {
    case Rejection::kRoundUnknown:
      return {StatusCode::NOT_FOUND, "ROUND_UNKNOWN",
              "There is no such round, or it has not been opened."};
    case Rejection::kReminderUnknown:
      return {StatusCode::NOT_FOUND, "REMINDER_UNKNOWN", "There is no such reminder to come."};
    case Rejection::kTemplateUnknown:
      return {StatusCode::NOT_FOUND, "TEMPLATE_UNKNOWN",
              "There is no such template, or no such version of it."};
    case Rejection::kFeedUnknown:
      return {StatusCode::NOT_FOUND, "FEED_UNKNOWN", "There is no such feed."};
    case Rejection::kFeedExists:
      return {StatusCode::ALREADY_EXISTS, "FEED_EXISTS", "There is a feed with this id already."};
    case Rejection::kWebhookUnknown:
      return {StatusCode::NOT_FOUND, "WEBHOOK_UNKNOWN", "There is no such webhook."};
    case Rejection::kWebhookExists:
      return {StatusCode::ALREADY_EXISTS, "WEBHOOK_EXISTS",
              "There is a webhook with this id already."};
    case Rejection::kEtagStale:
      return {StatusCode::ABORTED, "ETAG_STALE",
              "Somebody changed this since you saw it. Look again and repeat."};
    case Rejection::kRoundNotOpen:
      return {StatusCode::FAILED_PRECONDITION, "ROUND_NOT_OPEN", "The round is not open."};
    case Rejection::kReminderPassed:
      return {StatusCode::FAILED_PRECONDITION, "REMINDER_PASSED",
              "The time of the reminder has passed."};
    case Rejection::kPersonErased:
      return {StatusCode::FAILED_PRECONDITION, "PERSON_ERASED", "The person has been erased."};
    case Rejection::kTooManyFeeds:
      return {StatusCode::RESOURCE_EXHAUSTED, "TOO_MANY_FEEDS",
              "The region has as many feeds as it may have; revoke one first."};
    case Rejection::kTooManyWebhooks:
      return {StatusCode::RESOURCE_EXHAUSTED, "TOO_MANY_WEBHOOKS",
              "The region has as many webhooks as it may have; remove one first."};
    case Rejection::kReasonMissing:
      return {StatusCode::INVALID_ARGUMENT, "REASON_MISSING", "A reason must be given."};
    case Rejection::kArgumentInvalid:
      return {StatusCode::INVALID_ARGUMENT, "ARGUMENT_INVALID",
              "A field of the request holds what it may not."};
    case Rejection::kTemplateInvalid:
      return {StatusCode::INVALID_ARGUMENT, "TEMPLATE_INVALID",
              "The template cannot be taken as it is."};
    case Rejection::kOccasionMandatory:
      return {StatusCode::FAILED_PRECONDITION, "OCCASION_MANDATORY",
              "Notices of this occasion cannot be turned off."};
    case Rejection::kDateNotInFuture:
      return {StatusCode::INVALID_ARGUMENT, "DATE_NOT_IN_FUTURE",
              "The hour of sending on that day has passed."};
    case Rejection::kDateNotWorkingDay:
      return {StatusCode::INVALID_ARGUMENT, "DATE_NOT_WORKING_DAY", "That is no working day."};
    case Rejection::kDateAfterDeadline:
      return {StatusCode::INVALID_ARGUMENT, "DATE_AFTER_DEADLINE",
              "That day is after the deadline."};
  }
  return {StatusCode::INTERNAL, "REJECTION_UNKNOWN", "The command was refused."};
}

}  // namespace

grpc::Status to_status(const Refusal& refusal) {
  return platform::refusal_status(outward(refusal.rejection), refusal.details);
}

}  // namespace kkr::notification
