#include "services/consultation/app/danish_labels.h"

#include <algorithm>

#include "services/platform/time/danish_date.h"

namespace kkr::consultation {

std::string outcome_label(const v1::CollectedMunicipality& municipality) {
  if (municipality.withdrawn()) return "Trukket tilbage";
  if (municipality.values_erased()) return "Svar (slettet)";
  switch (municipality.kind()) {
    case v1::ANSWER_KIND_ANSWER: return "Svar";
    case v1::ANSWER_KIND_NO_COMMENTS: return "Ingen bemærkninger";
    case v1::ANSWER_KIND_DECLINES: return "Ønsker ikke at svare";
    default: return "Intet svar";
  }
}

std::string timeliness_label(v1::Timeliness timeliness) {
  switch (timeliness) {
    case v1::TIMELINESS_ON_TIME: return "Til tiden";
    case v1::TIMELINESS_WITHIN_EXTENSION: return "Inden for forlænget frist";
    case v1::TIMELINESS_LATE: return "For sent";
    default: return "";
  }
}

std::string treatment_label(const v1::Treatment& treatment) {
  switch (treatment.kind()) {
    case v1::TREATMENT_KIND_ADMINISTRATIVE: return "Administrativt";
    case v1::TREATMENT_KIND_SUBJECT_TO_APPROVAL: return "Forbehold for politisk godkendelse";
    case v1::TREATMENT_KIND_DECIDED: break;
    default: return "";
  }
  const std::string& body = treatment.deciding_body();
  return "Besluttet" + (body.empty() ? body : " af " + body) + " " +
         platform::danish_date(treatment.decision_date());
}

std::string sign_off_label(const v1::CollectedMunicipality& municipality) {
  if (municipality.sign_off_erased()) return "(slettet)";
  const v1::SignOff& sign_off = municipality.sign_off();
  return sign_off.title().empty() ? sign_off.signer() : sign_off.signer() + ", " + sign_off.title();
}

std::string danish_number(std::string number) {
  std::replace(number.begin(), number.end(), '.', ',');
  return number;
}

std::string heading_label(const v1::MergedColumn& column) {
  return column.unit().empty() ? column.heading() : column.heading() + " (" + column.unit() + ")";
}

}  // namespace kkr::consultation
