// Why the registry refuses a command, and the shapes of its decisions. The sentence and the status
// each rejection becomes stand in api/rejection_status.cc.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "kkr/registry/v1/events.pb.h"
#include "services/platform/decision/decision.h"

namespace kkr::registry {

// In order of precedence: when several reasons apply, the first one listed is returned.
enum class Rejection {
  kNameInvalid,    // {field}
  kIdInvalid,      // {field}
  kRegionUnknown,  // {name}, as are the following
  kClusterUnknown,
  kBodyUnknown,
  kMunicipalityUnknown,
  kOfficeUnknown,
  kPersonUnknown,
  kAlreadyExists,
  kEtagStale,     // {etag}: the present one
  kMaskInvalid,   // {path}
  kTextTooShort,  // {field}
  kTextTooLong,   // {field, length_max}
  kTextInvalid,   // {field}
  kCvrInvalid,
  kEanInvalid,
  kEmailInvalid,
  kTelephoneInvalid,
  kBodyKindMissing,
  kDateInvalid,            // {field}
  kPeriodReversed,         // {from_date, to_date}
  kReferenceDateInFuture,  // {reference_date}
  kCountOutOfRange,        // {count_max}
  kInstantInvalid,
  kMembershipUnknown,  // {municipality, to_date}
  kTenureUnknown,      // {to_date}
  kPersonErased,       // {name}
  kOutsidePeriod,  // {from_date, to_date} of what it must lie within; none when it is in nothing
  kMembershipOverlaps,     // {from_date, to_date} of the other
  kMemberOfAnotherRegion,  // {region, from_date, to_date}
  kMemberStartsLater,      // {name, from_date}
  kTenureStartsLater,      // {from_date}
  kTenureOverlaps,         // {from_date, to_date} of the other
  kNotADemoSite,
  kClockNotForward,  // {now}
  kImportInvalid,    // {line, column, reason}
};

using Context = platform::Context;
using Fact = platform::Fact<v1::Event>;
using Effects = platform::Effects<v1::Event>;
using Refusal = platform::Refusal<Rejection>;
using Decision = platform::DecisionOf<v1::Event, Rejection>;

inline Refusal refuse(Rejection rejection, std::map<std::string, std::string> details = {}) {
  return Refusal{rejection, std::move(details)};
}

// One fact, appended to `stream`.
inline Effects record(std::string stream, v1::Event event) {
  Effects effects;
  effects.facts.push_back(Fact{std::move(stream), std::move(event)});
  return effects;
}

}  // namespace kkr::registry
