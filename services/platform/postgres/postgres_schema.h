// Brings a schema of PostgreSQL to the shape this program knows: the numbered files of
// deploy/schema/postgres, built into the program. One schema is one service.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "services/platform/postgres/postgres_connection.h"

namespace kkr::platform {

// The schema of a service: `kkr_consultation`.
std::string postgres_schema_of(const std::string& service);

// A row of tables that is migrated by itself, and all its migrations in order.
struct PostgresMigrations {
  std::string part;  // `event_log`
  std::vector<const char*> steps;
};

// Of everything the platform keeps in PostgreSQL.
const PostgresMigrations& platform_migrations();

// Creates the schema when it is missing and runs what is missing, each migration in a transaction
// of its own. Of several that migrate at once, one does it and the others wait. Returns the error
// of the first one that fails, after which the schema is as it was before it. A schema that a newer
// program brought further is left alone: what it added does not matter here. The connection works
// in the schema from now on, and without time-outs: it is not one to serve with.
std::optional<PostgresError> migrate(PostgresConnection& connection, const std::string& schema,
                                     const PostgresMigrations& migrations);

// How many migrations of the part the schema has seen; 0 for none, also without a schema.
std::variant<int, PostgresError> postgres_format(PostgresConnection& connection,
                                                 const std::string& part);

// The error when a program needs more of the part than the schema of the service has.
std::optional<PostgresError> not_migrated(PostgresConnection& connection,
                                          const std::string& service,
                                          const PostgresMigrations& migrations);

}  // namespace kkr::platform
