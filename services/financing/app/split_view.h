// Splits as a caller sees them, with the whole proof.
#pragma once

#include "kkr/financing/v1/splits.pb.h"
#include "services/financing/domain/state.h"

namespace kkr::financing {

enum class Rows { kShown, kLeftOut };

// Each row says how the share differs from that of the year before, as it was charged, or else as
// it was last split.
v1::Split shown(const Financing& state, const YearKey& year, const Split& split, Rows rows);

}  // namespace kkr::financing
