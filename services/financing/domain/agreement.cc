#include "services/financing/domain/agreement.h"

#include <algorithm>

namespace kkr::financing {

bool holds_in(const Agreement& agreement, int year) {
  return agreement.from.year() <= year && (!agreement.to || agreement.to->year() >= year);
}

const TermsVersion& terms_on(const Agreement& agreement, LocalDate date) {
  const auto next =
      std::find_if(agreement.versions.begin(), agreement.versions.end(),
                   [date](const TermsVersion& version) { return version.from > date; });
  return next == agreement.versions.begin() ? agreement.versions.front() : *std::prev(next);
}

const TermsVersion& terms_for(const Agreement& agreement, int year, LocalDate today) {
  LocalDate last(year, 12, 31);
  if (agreement.to) last = std::min(last, *agreement.to);
  const LocalDate first = first_day_in(agreement, year);
  return terms_on(agreement, std::max(first, std::min(today, last)));
}

LocalDate first_day_in(const Agreement& agreement, int year) {
  return std::max(agreement.from, LocalDate(year, 1, 1));
}

bool is_first_year(const Agreement& agreement, int year) { return agreement.from.year() == year; }

}  // namespace kkr::financing
