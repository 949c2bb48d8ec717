#include "tests/contract/postgres_test_schema.h"

#include <cstdio>
#include <cstdlib>

#include "services/platform/postgres/postgres_schema.h"

namespace kkr::platform {
namespace {

constexpr std::size_t kConnectionsMax = 8;

void must_not_fail(const std::optional<PostgresError>& error) {
  if (!error) return;
  std::fprintf(stderr, "%s %s\n", error->sqlstate.c_str(), error->sentence.c_str());
  std::abort();
}

}  // namespace

PostgresTestSchema::PostgresTestSchema(const std::string& service, PostgresServer& server)
    : pool_({.conninfo = server.new_database(), .schema = postgres_schema_of(service)},
            kConnectionsMax) {
  auto connection = std::get<PostgresConnection>(PostgresConnection::open(settings()));
  must_not_fail(migrate(connection, settings().schema, platform_migrations()));
}

void PostgresTestSchema::execute(const std::string& sql) {
  auto connection = std::get<PostgresConnection>(PostgresConnection::open(settings()));
  must_not_fail(connection.execute(sql));
}

std::string PostgresTestSchema::ask(const std::string& sql) {
  auto connection = std::get<PostgresConnection>(PostgresConnection::open(settings()));
  auto result = connection.run(sql.c_str());
  if (const auto* error = std::get_if<PostgresError>(&result)) must_not_fail(*error);
  return std::string(std::get<PostgresRows>(result).text(0, 0));
}

}  // namespace kkr::platform
