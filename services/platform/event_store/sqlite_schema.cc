#include "services/platform/event_store/sqlite_schema.h"

#include <string>

namespace kkr::platform {

int sqlite_format() { return static_cast<int>(sqlite_migrations().size()); }

int format_of(SqliteConnection& connection) {
  auto pragma = connection.prepare("PRAGMA user_version");
  auto row = pragma();
  return row.next() ? static_cast<int>(row.number(0)) : 0;
}

std::optional<SqliteError> migrate(SqliteConnection& connection) {
  int format = format_of(connection);
  if (format > sqlite_format())
    return SqliteError{SQLITE_MISMATCH, "the store was written by a newer kkr (format " +
                                            std::to_string(format) + ", this one knows " +
                                            std::to_string(sqlite_format()) + ")"};
  for (; format < sqlite_format(); ++format) {
    const std::string sql = std::string("BEGIN IMMEDIATE;") +
                            sqlite_migrations()[static_cast<std::size_t>(format)] +
                            ";PRAGMA user_version = " + std::to_string(format + 1) + ";COMMIT;";
    const int code = connection.execute(sql);
    if (code == SQLITE_OK) continue;
    const auto error = connection.error(code);
    if (connection.in_transaction()) connection.execute("ROLLBACK");
    return error;
  }
  return std::nullopt;
}

}  // namespace kkr::platform
