#include "services/platform/postgres/postgres_schema.h"

#include <chrono>

#include "services/platform/postgres/postgres_migrations.h"
#include "services/platform/postgres/postgres_set_up.h"

namespace kkr::platform {
namespace {

// A migration may rewrite a table, and may wait for another one.
constexpr auto kMigrationMax = std::chrono::hours(4);

constexpr char kFormat[] = "SELECT coalesce(max(version), 0) FROM migrations WHERE part = $1::text";

std::string prepare_schema(const std::string& schema) {
  return "SET statement_timeout = 0;"
         "SELECT pg_advisory_lock(hashtext('kkr migrate'), hashtext('" +
         schema +
         "'));"
         "CREATE SCHEMA IF NOT EXISTS " +
         quoted_name(schema) + ";SET search_path = " + quoted_name(schema) +
         ";CREATE TABLE IF NOT EXISTS migrations (part text NOT NULL, version bigint NOT NULL,"
         " applied_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (part, version))";
}

}  // namespace

std::string postgres_schema_of(const std::string& service) { return "kkr_" + service; }

const PostgresMigrations& platform_migrations() {
  static const PostgresMigrations kMigrations{"event_log", postgres_migrations()};
  return kMigrations;
}

std::optional<PostgresError> migrate(PostgresConnection& connection, const std::string& schema,
                                     const PostgresMigrations& migrations) {
  connection.set_deadline(kMigrationMax);
  if (auto error = connection.execute(prepare_schema(schema))) return error;
  auto found = postgres_format(connection, migrations.part);
  if (auto* error = std::get_if<PostgresError>(&found)) return std::move(*error);
  for (auto format = static_cast<std::size_t>(std::get<int>(found));
       format < migrations.steps.size(); ++format) {
    auto error =
        connection.execute(std::string("BEGIN;") + migrations.steps[format] +
                           ";INSERT INTO migrations (part, version) VALUES ('" + migrations.part +
                           "', " + std::to_string(format + 1) + ");COMMIT");
    if (!error) continue;
    connection.execute("ROLLBACK");
    return error;
  }
  return connection.execute("SELECT pg_advisory_unlock_all()");
}

std::variant<int, PostgresError> postgres_format(PostgresConnection& connection,
                                                 const std::string& part) {
  auto found = connection.run(kFormat, PostgresParameters().text(part));
  if (const auto* rows = std::get_if<PostgresRows>(&found))
    return static_cast<int>(rows->number(0, 0));
  auto& error = std::get<PostgresError>(found);
  if (error.sqlstate == "42P01") return 0;
  return std::move(error);
}

std::optional<PostgresError> not_migrated(PostgresConnection& connection,
                                          const std::string& service,
                                          const PostgresMigrations& migrations) {
  auto format = postgres_format(connection, migrations.part);
  if (auto* error = std::get_if<PostgresError>(&format)) return std::move(*error);
  const int found = std::get<int>(format);
  if (found >= static_cast<int>(migrations.steps.size())) return std::nullopt;
  return PostgresError{"3F000", "the schema of " + service + " has format " +
                                    std::to_string(found) + ", and this program needs format " +
                                    std::to_string(migrations.steps.size()) + ": run `kkr-" +
                                    service + " migrate`"};
}

}  // namespace kkr::platform
