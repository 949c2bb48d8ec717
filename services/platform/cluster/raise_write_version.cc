#include "services/platform/cluster/raise_write_version.h"

#include <chrono>
#include <stdexcept>
#include <thread>
#include <utility>
#include <variant>

#include "services/platform/appender/fact_versions.h"
#include "services/platform/postgres/postgres_schema.h"

namespace kkr::platform {
namespace {

// Whoever leads a log looks twice a second.
constexpr auto kRaisedWithin = std::chrono::seconds(10);
constexpr auto kLookAgainAfter = std::chrono::milliseconds(100);

constexpr char kWant[] = "SELECT name, version_read FROM want_write_version($1::bigint)";
constexpr char kNotRaised[] =
    "SELECT region FROM logs WHERE write_version < $1::bigint ORDER BY region";

PostgresRows ask(PostgresConnection& connection, const char* statement, std::uint64_t version) {
  auto result = connection.run(statement, PostgresParameters().number(version));
  if (const auto* error = std::get_if<PostgresError>(&result))
    throw std::runtime_error(error->sentence);
  return std::get<PostgresRows>(std::move(result));
}

PostgresRows await_raise(PostgresConnection& connection, std::uint64_t version) {
  const auto deadline = std::chrono::steady_clock::now() + kRaisedWithin;
  for (;;) {
    PostgresRows left = ask(connection, kNotRaised, version);
    if (left.empty() || std::chrono::steady_clock::now() >= deadline) return left;
    std::this_thread::sleep_for(kLookAgainAfter);
  }
}

}  // namespace

bool raise_write_version(const std::string& service, PostgresSettings settings,
                         std::ostream& report) {
  settings.schema = postgres_schema_of(service);
  settings.application_name = "kkr-" + service + " raise-write-version";
  auto opened = PostgresConnection::open(settings);
  if (const auto* error = std::get_if<PostgresError>(&opened))
    throw std::runtime_error(error->sentence);
  auto& connection = std::get<PostgresConnection>(opened);
  const std::uint64_t version = version_read(service);
  const std::string wanted = "version " + std::to_string(version);
  const PostgresRows behind = ask(connection, kWant, version);
  for (int row = 0; row < behind.size(); ++row) {
    report << "The replica " << behind.text(row, 0) << " reads facts up to version "
           << behind.number(row, 1) << ", not " << wanted << ": upgrade it first.\n";
  }
  if (!behind.empty()) return false;
  const PostgresRows left = await_raise(connection, version);
  for (int row = 0; row < left.size(); ++row) {
    report << "Nobody leads the log " << service << "/" << left.text(row, 0)
           << ": it is raised by whoever leads it next.\n";
  }
  report << "Facts up to " << wanted << " may be written to the logs of the " << service
         << " service. Who cannot read them does not start any more.\n";
  return true;
}

}  // namespace kkr::platform
