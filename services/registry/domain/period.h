// A stretch of local days, both ends included; without a last day it has no known end.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "services/platform/time/local_date.h"
#include "services/registry/domain/rejection.h"

namespace kkr::registry {

using platform::LocalDate;

struct Period {
  LocalDate from;
  std::optional<LocalDate> to;

  bool contains(LocalDate date) const { return from <= date && (!to || date <= *to); }
  // Its first day as well as its last: an inner period may be reversed, when its end was taken over
  // from somewhere else.
  bool contains(const Period& inner) const {
    return contains(inner.from) && (!to || (inner.to && *inner.to <= *to));
  }
  bool overlaps(const Period& other) const {
    return (!other.to || from <= *other.to) && (!to || other.from <= *to);
  }
  bool outlasts(LocalDate date) const { return !to || *to > date; }
  friend bool operator==(const Period&, const Period&) = default;
};

// The date, or kDateInvalid naming `field`.
std::variant<LocalDate, Refusal> read_date(std::string_view text, std::string_view field);

// The period of an API message: `to` may be empty. Refuses with kDateInvalid naming `from_date`
// or `to_date`, then with kPeriodReversed.
std::variant<Period, Refusal> read_period(std::string_view from, std::string_view to);

// The period of a stored event, which was valid when it was written.
Period stored_period(std::string_view from, std::string_view to);

// ISO 8601, empty for no known end.
std::string format_end(const std::optional<LocalDate>& to);

// Writes `from_date` and `to_date` of an API message or an event.
template <class Message>
void write_period(const Period& period, Message& message) {
  message.set_from_date(platform::format_date(period.from));
  message.set_to_date(format_end(period.to));
}

// The details `from_date` and `to_date` of a refusal.
std::map<std::string, std::string> period_details(const Period& period);

// The first of `entries`, each of which has a `period`, that lies in force on `date`; null for
// none.
template <class Entries>
auto* in_force(Entries& entries, LocalDate date) {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const auto& entry) { return entry.period.contains(date); });
  return found == entries.end() ? nullptr : &*found;
}

}  // namespace kkr::registry
