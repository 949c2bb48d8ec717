// Papers, rounds and extensions as a caller sees them: the content as it was stored, and what the
// state and the day add to it.
#pragma once

#include "services/consultation/app/texts.h"
#include "services/consultation/domain/state.h"

namespace kkr::consultation {

v1::Paper shown(const Paper& paper);
// Warnings reckon from `today` in a draft without an opening date.
v1::Round shown(const Round& round, LocalDate today, Texts& texts);
v1::Extension shown(const Extension& extension, Texts& texts);

}  // namespace kkr::consultation
