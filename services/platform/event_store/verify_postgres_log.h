// Checks a whole log in PostgreSQL, served or not: every row up to the head it finds at the start,
// against its hash and against the rows it belongs to. Changes nothing.
#pragma once

#include <string>
#include <variant>

#include "services/platform/event_store/verify_log.h"
#include "services/platform/postgres/postgres_pool.h"

namespace kkr::platform {

// Memory does not grow with the log. The error is for a server that is out of reach and for a
// region without a log; whatever else is wrong is damage, the lowest position of which is reported.
std::variant<VerifyReport, PostgresError> verify_postgres_log(PostgresPool& pool,
                                                              const std::string& service,
                                                              const std::string& region);

// The same of a log that the open transaction of `connection` is making, and that nobody else sees.
std::variant<VerifyReport, PostgresError> verify_uncommitted_log(PostgresConnection& connection,
                                                                 const std::string& service,
                                                                 const std::string& region);

}  // namespace kkr::platform
