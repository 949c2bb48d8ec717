// How a year is closed. Pure.
#pragma once

#include "kkr/financing/v1/year_ends.pb.h"
#include "services/financing/domain/state.h"

namespace kkr::financing {

Decision decide(const Financing& state, const v1::CloseYearRequest& command,
                const Context& context);

// Takes in the end of a year; called by `evolve`.
void close(Financing& state, const v1::YearClosed& fact, const Recorded& recorded);

}  // namespace kkr::financing
