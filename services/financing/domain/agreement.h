// A financing agreement and the terms that hold on each day. Pure.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "kkr/financing/v1/agreements.pb.h"
#include "kkr/financing/v1/recipients.pb.h"
#include "services/financing/domain/ids.h"
#include "services/platform/time/local_date.h"

namespace kkr::financing {

using platform::LocalDate;

struct TermsVersion {
  v1::Terms content;  // Less the contact.
  std::string contact_key;
  LocalDate from;
};

struct Agreement {
  v1::Agreement content;  // What a client may set, with its name, less the versions.
  LocalDate from;
  std::optional<LocalDate> to;
  std::vector<TermsVersion> versions;         // In order of first days; never empty.
  std::set<std::string> issued_contact_keys;  // Kept as long as the invoices are.
  int charged_year = 0;                       // The latest; 0 when none.
  std::optional<LocalDate> charged_on;        // When that one was issued.
  absl::Time created_at;
  std::string etag;
};

// Whether some day of the year lies within the agreement.
bool holds_in(const Agreement& agreement, int year);
// The terms in force on a day; before the first day the first ones.
const TermsVersion& terms_on(const Agreement& agreement, LocalDate date);
// The terms by which a year is split and charged on a day: those in force on it, or on the nearest
// day of the year and the agreement.
const TermsVersion& terms_for(const Agreement& agreement, int year, LocalDate today);
// The first day of the year on which the agreement holds.
LocalDate first_day_in(const Agreement& agreement, int year);
// Whether the year is the agreement's first.
bool is_first_year(const Agreement& agreement, int year);

// How a municipality wants its invoices.
struct Recipient {
  v1::Recipient content;  // What a client may set, with its name, less the buyer reference.
  std::string buyer_reference_key;
  bool issued = false;  // That an invoice was issued with that reference.
  bool erased = false;
  std::string etag;
};

}  // namespace kkr::financing
