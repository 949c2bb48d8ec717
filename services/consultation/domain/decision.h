// The words in which this service's rules speak: why a command is refused, and what a decision is.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "kkr/consultation/v1/events.pb.h"
#include "services/platform/appender/command.h"
#include "services/platform/decision/decision.h"

namespace kkr::consultation {

// In order of precedence: when several reasons apply, the first one listed is returned.
// `api/rejection_status.cc` says how each one leaves the service.
enum class Rejection {
  // Is there such a thing?
  kPaperUnknown,
  kRoundUnknown,
  kPaperExists,
  kRoundExists,
  kAnswerUnknown,
  kCollectionUnknown,
  // Has the caller seen its present state?
  kEtagStale,
  kDraftChanged,  // Details: `question`, `changed_by`, `changed_at`, `etag`.
  // May it be done now, and to this one?
  kRoundNotDraft,
  kRoundNotOpen,
  kRoundNotClosed,
  kRoundNotAccepting,  // Details: `state`.
  kRoundCancelled,
  kMunicipalityNotInvited,
  kExtensionNotAsked,
  kNoExtension,
  kVersionUnknown,
  kVersionNotDraft,
  kDraftVersionExists,
  kDraftEmpty,
  kAnswerWithdrawn,
  // Is the command itself whole?
  kReasonMissing,
  kArgumentInvalid,  // Details: `field`, `rule`.
  kDeadlineMissing,
  kDeadlineNotInFuture,
  kDeadlineNotLater,
  kApprovedInFuture,
  kNoQuestions,
  kQuestionUnknown,             // Details: `question`.
  kValueInvalid,                // Details: `question`, `place`, `rule`.
  kRequiredQuestionUnanswered,  // Details: `question`.
  kReceivedInFuture,
  kLetterMissing,
  kExtractMissing,
  // Does what it refers to stand?
  kReplacedPaperUnknown,
  kPaperVersionUnknown,
  kAttachmentUnknown,
  kNobodyInvited,
};

using platform::Context;
using Recorded = platform::Recorded<v1::Event>;
using Effects = platform::Effects<v1::Event>;
using Refusal = platform::Refusal<Rejection>;
using Decision = platform::DecisionOf<v1::Event, Rejection>;

inline Refusal refusal(Rejection rejection, std::map<std::string, std::string> details = {}) {
  return Refusal{rejection, std::move(details)};
}

}  // namespace kkr::consultation
