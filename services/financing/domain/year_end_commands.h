// How a year is closed. Pure.
#pragma once

#include "services/financing/domain/state.h"

namespace kkr::financing {

// Takes in the end of a year; called by `evolve`.
void close(Financing& state, const v1::YearClosed& fact, const Recorded& recorded);

}  // namespace kkr::financing
