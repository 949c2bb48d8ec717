// Which notices are recorded, so that none is recorded twice, and when reminders fall due. Pure.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "absl/time/time.h"
#include "services/notification/domain/decision.h"
#include "services/notification/domain/ids.h"

namespace kkr::notification {

struct Notification;

// An invoice of which notice was given.
struct FollowedInvoice {
  MunicipalityCode municipality;
  std::set<std::string> dunnings;  // The steps noticed.
};

// The next instant at which somebody is to be reminded; it may lie in the past. nullopt: nobody is
// unless something happens first.
std::optional<absl::Time> next_due(const Notification& state);

// Records every reminder whose time has come.
Effects record_due(const Notification& state, const Context& context);

void evolve(Notification& state, const v1::NoticeDue& fact, const Recorded& recorded);

}  // namespace kkr::notification
