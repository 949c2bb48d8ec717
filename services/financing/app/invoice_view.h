// An invoice as a caller sees it: what was issued, and what the state adds to it.
#pragma once

#include "kkr/financing/v1/invoice.pb.h"
#include "services/financing/app/texts.h"
#include "services/financing/domain/state.h"

namespace kkr::financing {

v1::Invoice shown(const Financing& state, const Invoice& invoice, LocalDate today, Texts& texts);

}  // namespace kkr::financing
