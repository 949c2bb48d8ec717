#include "services/financing/domain/state.h"

namespace kkr::financing {

bool is_to_be_carried(const TrueUp& true_up) {
  return true_up.settlement == v1::SETTLEMENT_NEXT_YEAR && true_up.carried_by.empty();
}

bool is_to_be_carried(const YearEnd& end) {
  return end.content.treatment() == v1::RESULT_TREATMENT_CARRY && end.carried_by.empty();
}

bool is_stale(const std::string& seen, const std::string& present) {
  return !seen.empty() && seen != present;
}

std::string etag_of(const Recorded& recorded) {
  return std::to_string(recorded.at.position) + '-' + recorded.at.generation.substr(0, 8);
}

}  // namespace kkr::financing
