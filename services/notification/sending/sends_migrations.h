// The files of deploy/schema/postgres/notification, as built into the program.
#pragma once

#include <vector>

namespace kkr::notification {

// In order; see platform's postgres_schema.
const std::vector<const char*>& sends_steps();

}  // namespace kkr::notification
