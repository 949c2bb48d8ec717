#include "services/financing/domain/state.h"

namespace kkr::financing {

bool is_stale(const std::string& seen, const std::string& present) {
  return !seen.empty() && seen != present;
}

std::string etag_of(const Recorded& recorded) {
  return std::to_string(recorded.at.position) + '-' + recorded.at.generation.substr(0, 8);
}

}  // namespace kkr::financing
