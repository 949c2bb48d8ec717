// Whether a notice still holds, by what its owner says at this moment. Pure: who is asked, and what
// no reply means, is for others.
#pragma once

#include <string_view>

#include "services/notification/sending/letter_writer.h"
#include "services/platform/time/local_date.h"

namespace kkr::notification {

// `circumstances` holds what the occasion is about: round and invitee, or invoice. A municipality
// that is no longer invited has no invitee, and nothing holds for it.
bool holds(const Circumstances& circumstances, platform::LocalDate today);

}  // namespace kkr::notification
