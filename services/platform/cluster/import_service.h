// From one machine to the cluster: takes the logs of a service out of an embedded site's backup
// into its PostgreSQL, before the service is started there.
#pragma once

#include <filesystem>
#include <ostream>

#include "services/platform/cluster/run_service.h"
#include "services/platform/postgres/postgres_connection.h"

namespace kkr::platform {

// Checks all that the backup holds of the service, then imports its logs one by one. Says of each
// on `report` what was taken in, or why it was not. False when one was not; none is when one of
// them is damaged; a service that the site never used has none. What is there already is left
// alone, so a repeated call imports what is missing.
// Throws std::runtime_error with a sentence when the backup or PostgreSQL cannot be used.
bool import_service(const ServiceProgram& program, PostgresSettings settings,
                    const std::filesystem::path& backup, std::ostream& report);

}  // namespace kkr::platform
