// How a session is begun: what libpq and PostgreSQL are told, so that no statement, silence or cut
// network holds anything up for long, and so that a COMMIT means what it says.
#pragma once

#include <libpq-fe.h>

#include <string>
#include <variant>

#include "services/platform/postgres/postgres_connection.h"

namespace kkr::platform {

// Blocks until connected; the caller owns the connection.
std::variant<PGconn*, PostgresError> connect(const PostgresSettings& settings);

// What a session runs first.
std::string session_settings(const PostgresSettings& settings);

// As an identifier of SQL.
std::string quoted_name(const std::string& name);

}  // namespace kkr::platform
