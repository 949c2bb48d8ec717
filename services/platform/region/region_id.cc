#include "services/platform/region/region_id.h"

#include <algorithm>

namespace kkr::platform {

bool is_region_id(std::string_view region) {
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return !region.empty() && region.size() <= 63 && is_letter(region.front()) &&
         std::all_of(region.begin(), region.end(),
                     [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-'; });
}

}  // namespace kkr::platform
