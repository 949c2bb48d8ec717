// What exports call things in Danish.
#pragma once

#include <string>
#include <string_view>

#include "kkr/consultation/v1/collections.pb.h"

namespace kkr::consultation {

// What a municipality did: `Svar`, `Ingen bemærkninger`, `Ønsker ikke at svare`, `Trukket tilbage`,
// `Intet svar`.
std::string outcome_label(const v1::CollectedMunicipality& municipality);
std::string timeliness_label(v1::Timeliness timeliness);
// How an answer was treated, with body and date when it was decided.
std::string treatment_label(const v1::Treatment& treatment);
// Who signed: name, title. Empty when nobody did.
std::string sign_off_label(const v1::CollectedMunicipality& municipality);

// `1234.50` as `1234,50`.
std::string danish_number(std::string number);
// The heading of a table's column, with its unit.
std::string heading_label(const v1::MergedColumn& column);

}  // namespace kkr::consultation
