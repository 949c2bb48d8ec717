// Names of resources, `regions/{region}/rounds/{round}`, and the ids in them. Pure; domains may use
// it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kkr::platform {

// True for 1 to 63 of `a-z0-9-`: what may stand between the slashes of a name.
bool is_resource_id(std::string_view text);

// True for a UUID of 36 characters in either case.
bool is_uuid(std::string_view text);

// True for the id of somebody who acts, such as `secretariat` or `persons/{id}`:
// `[a-z0-9][a-z0-9/_-]{0,99}`. Never a name or an address, because actors stand in events for ever.
bool is_actor_id(std::string_view text);

// The ids in `name` in the order of the pattern's variables. nullopt when the name does not follow
// the pattern or one of them is not an id.
//   match_name("regions/{region}/rounds/{round}", "regions/danmark/rounds/r1") → {"danmark", "r1"}
std::optional<std::vector<std::string>> match_name(std::string_view pattern, std::string_view name);

// The region of any name `regions/{region}/…`, empty for another, which no log has.
std::string_view region_of(std::string_view name);

}  // namespace kkr::platform
