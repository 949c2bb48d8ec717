// The step of an upgrade that cannot be gone back on: from then on facts may be written that the
// release before cannot read.
#pragma once

#include <ostream>
#include <string>

#include "services/platform/postgres/postgres_connection.h"

namespace kkr::platform {

// Lets whoever leads the service's logs raise them to what this program reads, and waits a while
// until they have. False, and nothing is changed, while a process that lives reads less. Says on
// `report` what was done or is in the way. Safe to repeat. Throws std::runtime_error with a
// sentence when PostgreSQL cannot be asked.
bool raise_write_version(const std::string& service, PostgresSettings settings,
                         std::ostream& report);

}  // namespace kkr::platform
