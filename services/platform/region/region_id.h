// What a region's id looks like. Says nothing of whether there is such a region.
#pragma once

#include <string_view>

namespace kkr::platform {

// True for `[a-z][a-z0-9-]*` of at most 63 characters: what may become part of a file's name.
bool is_region_id(std::string_view region);

}  // namespace kkr::platform
