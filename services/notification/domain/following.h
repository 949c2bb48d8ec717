// What follows from a fact of another service: that it is known here, and a notice of it. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/notification/domain/decision.h"
#include "services/notification/domain/ids.h"

namespace kkr::notification {

struct Notification;

// Something of which notice is to be given at once.
struct Happening {
  v1::Occasion occasion = v1::OCCASION_UNSPECIFIED;
  std::string subject;
  std::string step;
  absl::Time at;
  std::vector<MunicipalityCode> municipalities;  // Whom it concerns; empty: all the round invited.
  std::string round;                             // Empty for an invoice.
};

// Each yields nothing for a fact that the state holds already, and nothing about a round that is
// not followed.
Effects follow(const Notification& state, v1::RoundFollowed fact, const Context& context);
// The version counts from 1 for an answer that came; nullopt for one that was withdrawn.
Effects follow(const Notification& state, v1::AnswerFollowed fact, std::optional<int> version,
               const Context& context);
// An empty `deadline_date` is the round's own: the extension was withdrawn. The version of the
// deadline is filled in here.
Effects follow(const Notification& state, v1::DeadlineFollowed fact, const Context& context);
Effects follow(const Notification& state, v1::RoundPhaseFollowed fact, const Context& context);

// Gives notice of what needs no fact of its own: a collection, an invoice, a dunning.
Effects follow(const Notification& state, const Happening& happening, const Context& context);
// The invoice was asked for again; nothing when it is not known here.
Effects follow_dunning(const Notification& state, const std::string& invoice, int step,
                       absl::Time at, const Context& context);

// The consultation service was restored to an earlier state.
Effects roll_back(const Notification& state, const std::string& source,
                  std::uint64_t common_position);

}  // namespace kkr::notification
