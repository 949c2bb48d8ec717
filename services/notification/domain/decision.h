// The words in which this service's rules speak: why a command is refused, and what a decision is.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "kkr/notification/v1/events.pb.h"
#include "services/platform/appender/command.h"
#include "services/platform/decision/decision.h"

namespace kkr::notification {

// In order of precedence: when several reasons apply, the first one listed is returned.
// `api/rejection_status.cc` says how each one leaves the service.
enum class Rejection {
  // Is there such a thing?
  kRoundUnknown,
  kReminderUnknown,
  kTemplateUnknown,
  kFeedUnknown,
  kFeedExists,
  kWebhookUnknown,
  kWebhookExists,
  // Has the caller seen its present state?
  kEtagStale,
  // May it be done now, and to this one?
  kRoundNotOpen,
  kReminderPassed,
  kPersonErased,
  kTooManyFeeds,     // Details: `max`.
  kTooManyWebhooks,  // Details: `max`.
  // Is the command itself whole?
  kReasonMissing,
  kArgumentInvalid,    // Details: `field`, `rule`.
  kTemplateInvalid,    // Details: `field`, `line`, `fault`.
  kOccasionMandatory,  // Details: `occasion`.
  kDateNotInFuture,    // Details: `field`.
  kDateNotWorkingDay,  // Details: `field`.
  kDateAfterDeadline,  // Details: `field`.
};

using platform::Context;
using Recorded = platform::Recorded<v1::Event>;
using Effects = platform::Effects<v1::Event>;
using Refusal = platform::Refusal<Rejection>;
using Decision = platform::DecisionOf<v1::Event, Rejection>;

inline Refusal refusal(Rejection rejection, std::map<std::string, std::string> details = {}) {
  return Refusal{rejection, std::move(details)};
}

}  // namespace kkr::notification
