#include "services/platform/event_store/sqlite_schema.h"

#include <string>
#include <string_view>

#include "services/platform/event_store/hash_chain.h"

namespace kkr::platform {
namespace {

void fingerprint_of_text(sqlite3_context* call, int, sqlite3_value** arguments) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(arguments[0]));
  const auto size = static_cast<std::size_t>(sqlite3_value_bytes(arguments[0]));
  const std::string_view id = text == nullptr ? std::string_view() : std::string_view(text, size);
  sqlite3_result_int64(call, static_cast<sqlite3_int64>(request_fingerprint(id)));
}

// What migrations compute and SQL cannot.
int add_functions(sqlite3* connection) {
  return sqlite3_create_function_v2(connection, "request_fingerprint", 1,
                                    SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, nullptr,
                                    fingerprint_of_text, nullptr, nullptr, nullptr);
}

}  // namespace

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
  if (format == sqlite_format()) return std::nullopt;
  if (const int code = add_functions(connection.raw()); code != SQLITE_OK)
    return connection.error(code);
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
