// The templates the service begins with: one for each occasion, in Danish and in English.
#pragma once

#include "kkr/notification/v1/templates.pb.h"

namespace kkr::notification {

// Danish for a language that is not named. Empty for OCCASION_UNSPECIFIED.
const v1::TemplateContent& first_template(v1::Occasion occasion, v1::Language language);

}  // namespace kkr::notification
