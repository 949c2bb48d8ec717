// Checks the logs of a service in PostgreSQL row by row, whether they are served or not.
#pragma once

#include <ostream>
#include <string>

#include "services/platform/postgres/postgres_connection.h"

namespace kkr::platform {

// Writes a sentence for each region to `report`. False when one cannot be vouched for. Throws
// std::runtime_error with a sentence when PostgreSQL cannot be reached.
bool verify_service(const std::string& service, PostgresSettings settings, std::ostream& report);

}  // namespace kkr::platform
