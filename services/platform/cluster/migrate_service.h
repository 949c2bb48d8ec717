// What is done to a service's PostgreSQL beside serving from it: bringing its schema up to date,
// and looking at how safe it is.
#pragma once

#include <string>
#include <vector>

#include "services/platform/cluster/run_service.h"
#include "services/platform/postgres/postgres_connection.h"

namespace kkr::platform {

// Safe to run by several processes at once and again. Throws std::runtime_error with a sentence
// when a migration fails; what was done before it stays.
void migrate_service(const ServiceProgram& program, PostgresSettings settings);

// What an operator should know before trusting this PostgreSQL with a site, as sentences.
std::vector<std::string> warnings_about(PostgresSettings settings);

}  // namespace kkr::platform
