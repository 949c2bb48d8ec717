#include "services/platform/cluster/migrate_service.h"

#include <stdexcept>
#include <utility>
#include <variant>

#include "services/platform/appender/fact_versions.h"

namespace kkr::platform {
namespace {

constexpr char kStandbys[] =
    "SELECT current_setting('synchronous_standby_names'), "
    "(SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum'))";

constexpr char kWantWhereThereIsNoLog[] =
    "SELECT want_write_version($1::bigint) WHERE NOT EXISTS (SELECT FROM logs)";

std::variant<PostgresConnection, std::string> connect_to(const PostgresSettings& settings) {
  auto opened = PostgresConnection::open(settings);
  if (auto* error = std::get_if<PostgresError>(&opened)) return std::move(error->sentence);
  return std::get<PostgresConnection>(std::move(opened));
}

}  // namespace

void migrate_service(const ServiceProgram& program, PostgresSettings settings) {
  settings.application_name = "kkr-" + program.service + " migrate";
  auto opened = connect_to(settings);
  if (auto* sentence = std::get_if<std::string>(&opened)) throw std::runtime_error(*sentence);
  auto& connection = std::get<PostgresConnection>(opened);
  std::vector<PostgresMigrations> all{platform_migrations()};
  all.insert(all.end(), program.migrations.begin(), program.migrations.end());
  for (const PostgresMigrations& migrations : all) {
    const auto error = migrate(connection, postgres_schema_of(program.service), migrations);
    if (error) throw std::runtime_error(error->sentence);
  }
  // A new site has no release to go back to.
  const auto wanted = connection.run(kWantWhereThereIsNoLog,
                                     PostgresParameters().number(version_read(program.service)));
  if (const auto* error = std::get_if<PostgresError>(&wanted))
    throw std::runtime_error(error->sentence);
}

std::vector<std::string> warnings_about(PostgresSettings settings) {
  auto opened = connect_to(settings);
  if (auto* sentence = std::get_if<std::string>(&opened)) {
    return {"PostgreSQL cannot be looked at: " + *sentence};
  }
  const auto found = std::get<PostgresConnection>(opened).run(kStandbys);
  const auto* rows = std::get_if<PostgresRows>(&found);
  if (rows == nullptr || rows->empty()) {
    return {"PostgreSQL does not say whether it has a standby."};
  }
  if (rows->text(0, 0).empty()) {
    return {
        "PostgreSQL has no synchronous standby (synchronous_standby_names is empty): what was "
        "acknowledged is lost with its disk."};
  }
  if (rows->number(0, 1) == 0) {
    return {"No synchronous standby of PostgreSQL is connected: writes wait until one is."};
  }
  return {};
}

}  // namespace kkr::platform
