// The files of deploy/schema/postgres, as built into the program.
#pragma once

#include <vector>

namespace kkr::platform {

// In order; migration n takes a schema from format n-1 to format n.
const std::vector<const char*>& postgres_migrations();

}  // namespace kkr::platform
