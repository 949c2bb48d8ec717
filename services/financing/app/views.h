// Agreements, recipients and budgets as a caller sees them: the content as it was stored, and what
// the state adds to it. Money becomes decimal strings here.
#pragma once

#include "kkr/financing/v1/budgets.pb.h"
#include "services/financing/app/texts.h"
#include "services/financing/domain/state.h"

namespace kkr::financing {

v1::Agreement shown(const Agreement& agreement, Texts& texts);
v1::Recipient shown(const Recipient& recipient, Texts& texts);
v1::Budget shown(const Financing& state, const YearKey& year, const Budget& budget);

}  // namespace kkr::financing
