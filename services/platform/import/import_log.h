// Takes a log out of an embedded site's backup into PostgreSQL, with all that belongs to it: whole,
// or not at all. Never touches a log that is there already, nor a service that runs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "services/platform/backup/manifest.h"
#include "services/platform/event_store/stored_rows.h"
#include "services/platform/postgres/postgres_connection.h"

namespace kkr::platform {

// Takes the rows of a log's companion (see backup/companion.h), which nobody has open, into tables
// of the service's own, in the transaction that is open on the connection. What went wrong, or
// nullopt.
using ImportCompanion = std::function<std::optional<std::string>(
    const std::filesystem::path& file, const StoreMeta& log, PostgresConnection& connection)>;

struct ImportOptions {
  std::filesystem::path backup;
  std::uint64_t version_read = 1;      // The newest version of facts that this program reads.
  ImportCompanion import_companion{};  // Empty: the service keeps nothing beside its logs.
};

struct ImportedLog {
  std::uint64_t events = 0;
  std::uint64_t requests = 0;
  std::size_t attachments = 0;
};

struct ImportError {
  std::string sentence;
};

// Copies the rows as they are, erased texts and all, but for the snapshot, which is a cache. The
// log goes on under a new generation, as after a restore. It is verified in PostgreSQL, row by row,
// before it is committed. `connection` works in the migrated schema of the log's service, and has
// no time-outs of the server afterwards. After a failure nothing of the log is in PostgreSQL, and
// the call may be repeated; only when the connection is lost in the COMMIT, all of it may be.
std::variant<ImportedLog, ImportError> import_log(PostgresConnection& connection,
                                                  const BackedUpLog& log,
                                                  const ImportOptions& options);

}  // namespace kkr::platform
