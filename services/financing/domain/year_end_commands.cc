#include "services/financing/domain/year_end_commands.h"

namespace kkr::financing {

void close(Financing& state, const v1::YearClosed& fact, const Recorded& recorded) {
  const auto name = parse_year_end_name(fact.year_end());
  if (!name) return;
  state.year_ends.set(name->id, YearEnd{fact, recorded.at.recorded_at, {}});
  post(state, fact.posting(), recorded.at.recorded_at);
}

}  // namespace kkr::financing
