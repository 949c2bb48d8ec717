#include "services/registry/api/rejection_status.h"

#include <string>
#include <string_view>
#include <vector>

#include "services/platform/grpc/error_status.h"

namespace kkr::registry {
namespace {

using enum grpc::StatusCode;

struct Row {
  grpc::StatusCode code;
  std::string_view reason;
  std::string_view sentence;  // `{key}` is replaced by the detail of that key.
};

Row row_of(Rejection rejection) {
  switch (rejection) {
    case Rejection::kNameInvalid:
      return {INVALID_ARGUMENT, "NAME_INVALID", "The field {field} is not the name of a resource."};
    case Rejection::kIdInvalid:
      return {INVALID_ARGUMENT, "ID_INVALID", "The field {field} is not a valid id."};
    case Rejection::kRegionUnknown: return {NOT_FOUND, "REGION_UNKNOWN", "There is no {name}."};
    case Rejection::kClusterUnknown: return {NOT_FOUND, "CLUSTER_UNKNOWN", "There is no {name}."};
    case Rejection::kBodyUnknown: return {NOT_FOUND, "BODY_UNKNOWN", "There is no {name}."};
    case Rejection::kMunicipalityUnknown:
      return {NOT_FOUND, "MUNICIPALITY_UNKNOWN", "There is no {name}."};
    case Rejection::kOfficeUnknown: return {NOT_FOUND, "OFFICE_UNKNOWN", "There is no {name}."};
    case Rejection::kPersonUnknown: return {NOT_FOUND, "PERSON_UNKNOWN", "There is no {name}."};
    case Rejection::kAlreadyExists:
      return {ALREADY_EXISTS, "ALREADY_EXISTS", "There is a {name} already."};
    case Rejection::kEtagStale:
      return {ABORTED, "ETAG_STALE", "It has changed since; its etag is now {etag}."};
    case Rejection::kMaskInvalid:
      return {INVALID_ARGUMENT, "MASK_INVALID", "The field {path} cannot be updated."};
    case Rejection::kTextTooShort:
      return {INVALID_ARGUMENT, "TEXT_TOO_SHORT", "The field {field} is empty."};
    case Rejection::kTextTooLong:
      return {INVALID_ARGUMENT, "TEXT_TOO_LONG",
              "The field {field} has more than {length_max} characters."};
    case Rejection::kTextInvalid:
      return {INVALID_ARGUMENT, "TEXT_INVALID", "The field {field} holds control characters."};
    case Rejection::kCvrInvalid:
      return {INVALID_ARGUMENT, "CVR_INVALID",
              "A CVR number has eight digits, of which the last checks the others."};
    case Rejection::kEanInvalid:
      return {INVALID_ARGUMENT, "EAN_INVALID",
              "An EAN has thirteen digits, of which the last checks the others."};
    case Rejection::kEmailInvalid:
      return {INVALID_ARGUMENT, "EMAIL_INVALID", "This is not an e-mail address."};
    case Rejection::kTelephoneInvalid:
      return {INVALID_ARGUMENT, "TELEPHONE_INVALID",
              "A telephone number holds digits and spaces after an optional plus."};
    case Rejection::kBodyKindMissing:
      return {INVALID_ARGUMENT, "BODY_KIND_MISSING", "It is not said what kind of body it is."};
    case Rejection::kDateInvalid:
      return {INVALID_ARGUMENT, "DATE_INVALID", "The field {field} is not a date YYYY-MM-DD."};
    case Rejection::kPeriodReversed:
      return {INVALID_ARGUMENT, "PERIOD_REVERSED", "{to_date} is before {from_date}."};
    case Rejection::kReferenceDateInFuture:
      return {INVALID_ARGUMENT, "REFERENCE_DATE_IN_FUTURE",
              "On {reference_date} nobody can have been counted yet."};
    case Rejection::kCountOutOfRange:
      return {INVALID_ARGUMENT, "COUNT_OUT_OF_RANGE",
              "A population is a number from 0 to {count_max}."};
    case Rejection::kInstantInvalid:
      return {INVALID_ARGUMENT, "INSTANT_INVALID", "The field {field} is not an instant."};
    case Rejection::kMembershipUnknown:
      return {NOT_FOUND, "MEMBERSHIP_UNKNOWN", "{municipality} is not a member on {to_date}."};
    case Rejection::kTenureUnknown:
      return {NOT_FOUND, "TENURE_UNKNOWN", "Nobody holds the office on {to_date}."};
    case Rejection::kPersonErased:
      return {FAILED_PRECONDITION, "PERSON_ERASED", "What was kept of {name} has been erased."};
    case Rejection::kOutsidePeriod:
      return {FAILED_PRECONDITION, "OUTSIDE_PERIOD",
              "The period reaches beyond what it belongs to."};
    case Rejection::kMembershipOverlaps:
      return {FAILED_PRECONDITION, "MEMBERSHIP_OVERLAPS",
              "It is a member from {from_date} already."};
    case Rejection::kMemberOfAnotherRegion:
      return {
          FAILED_PRECONDITION, "MEMBER_OF_ANOTHER_REGION",
          "It belongs to {region} from {from_date}; a municipality is in one region at a time."};
    case Rejection::kMemberStartsLater:
      return {FAILED_PRECONDITION, "MEMBER_STARTS_LATER",
              "Something in {name} begins on {from_date}, after that day."};
    case Rejection::kTenureStartsLater:
      return {FAILED_PRECONDITION, "TENURE_STARTS_LATER",
              "A tenure begins on {from_date}, after that day."};
    case Rejection::kTenureOverlaps:
      return {FAILED_PRECONDITION, "TENURE_OVERLAPS",
              "Somebody holds the office from {from_date} already."};
    case Rejection::kNotADemoSite:
      return {FAILED_PRECONDITION, "NOT_A_DEMO_SITE",
              "Only the clock of a demo site can be moved."};
    case Rejection::kClockNotForward:
      return {FAILED_PRECONDITION, "CLOCK_NOT_FORWARD",
              "The clock stands at {now} and moves forward only."};
    case Rejection::kImportInvalid:
      return {INVALID_ARGUMENT, "IMPORT_INVALID", "Line {line}, column {column}: {reason}."};
  }
  return {INTERNAL, "REJECTION_UNKNOWN", "The command was refused."};
}

std::string filled(std::string_view sentence, const std::map<std::string, std::string>& details) {
  std::string text(sentence);
  for (const auto& [key, value] : details) {
    const std::string placeholder = "{" + key + "}";
    const std::size_t at = text.find(placeholder);
    if (at != std::string::npos) text.replace(at, placeholder.size(), value);
  }
  return text;
}

}  // namespace

grpc::Status to_status(const platform::Refusal<Rejection>& refusal) {
  const Row row = row_of(refusal.rejection);
  const std::string sentence = filled(row.sentence, refusal.details);
  std::vector<platform::FieldViolation> violations;
  const auto field = refusal.details.find("field");
  if (field != refusal.details.end()) violations.push_back({field->second, sentence});
  return platform::error_status(row.code, row.reason, sentence, refusal.details, violations);
}

}  // namespace kkr::registry
