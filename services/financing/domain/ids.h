// The ids of this service. What an id stands for may be unknown.
#pragma once

#include <compare>
#include <string>

namespace kkr::financing {

// Such as `165`.
struct MunicipalityCode {
  std::string text;
  auto operator<=>(const MunicipalityCode&) const = default;
};

}  // namespace kkr::financing
