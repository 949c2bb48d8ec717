// Brings a store's file to the shape this program knows: the numbered files of
// deploy/schema/sqlite, built into the program. Refuses a file of a newer program.
#pragma once

#include <optional>
#include <vector>

#include "services/platform/event_store/sqlite_connection.h"

namespace kkr::platform {

// In order; migration n takes a file from format n-1 to format n.
const std::vector<const char*>& sqlite_migrations();

// The format this program writes: the number of migrations.
int sqlite_format();

// Runs what is missing, each migration in a transaction of its own. Returns the error of the first
// one that fails, after which the file is at the format before it.
std::optional<SqliteError> migrate(SqliteConnection& connection);

// The format of the open file; 0 for a new one.
int format_of(SqliteConnection& connection);

}  // namespace kkr::platform
