// What a letter can tell its reader: the variables of its template, out of what the owners of the
// matter say, written as people of the letter's language write dates and amounts. Pure.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "services/notification/sending/letter_writer.h"
#include "services/notification/templates/template_text.h"

namespace kkr::notification {

// `public_url` is where recipients reach the site, without a slash at the end. Variables about
// something that is not there are empty.
Variables variables_of(const Addressee& addressee, const Circumstances& circumstances,
                       const std::string& public_url, absl::Time site_now);

}  // namespace kkr::notification
