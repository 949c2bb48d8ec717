#include "services/platform/cluster/import_service.h"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <utility>
#include <variant>
#include <vector>

#include "services/platform/appender/fact_versions.h"
#include "services/platform/backup/check_log.h"
#include "services/platform/backup/restore_site.h"
#include "services/platform/postgres/postgres_schema.h"

namespace kkr::platform {
namespace {

bool is_of(const std::string& service, const std::string& log) {
  return log.starts_with(service + "/");
}

// The manifest of a backup out of which a site can come.
Manifest usable_manifest(const std::filesystem::path& backup) {
  auto read = read_manifest(backup);
  if (const auto* error = std::get_if<BackupError>(&read))
    throw std::runtime_error(error->sentence);
  auto& manifest = std::get<Manifest>(read);
  if (const auto ahead = checkpoint_ahead_of_source(manifest)) throw std::runtime_error(*ahead);
  return std::move(manifest);
}

// Whether the backup holds every log that the service had, each as it was.
bool check_all(const std::string& service, const Manifest& manifest,
               const std::vector<BackedUpLog>& logs, const std::filesystem::path& backup,
               std::ostream& report) {
  bool whole = true;
  for (const SkippedLog& skipped : manifest.skipped) {
    if (!is_of(service, skipped.log)) continue;
    report << skipped.log << ": is not in the backup: " << skipped.reason << "\n";
    whole = false;
  }
  for (const BackedUpLog& log : logs) {
    const auto checked = check_log(log, backup);
    const auto* error = std::get_if<BackupError>(&checked);
    if (error == nullptr) continue;
    report << log.log << ": " << error->sentence << "\n";
    whole = false;
  }
  return whole;
}

PostgresConnection connect_to(const ServiceProgram& program, PostgresSettings settings) {
  settings.schema = postgres_schema_of(program.service);
  settings.application_name = "kkr-" + program.service + " import";
  auto opened = PostgresConnection::open(settings);
  if (const auto* error = std::get_if<PostgresError>(&opened))
    throw std::runtime_error(error->sentence);
  auto& connection = std::get<PostgresConnection>(opened);
  std::vector<PostgresMigrations> needed{platform_migrations()};
  needed.insert(needed.end(), program.migrations.begin(), program.migrations.end());
  for (const PostgresMigrations& migrations : needed)
    if (const auto error = not_migrated(connection, program.service, migrations))
      throw std::runtime_error(error->sentence);
  return std::move(connection);
}

}  // namespace

bool import_service(const ServiceProgram& program, PostgresSettings settings,
                    const std::filesystem::path& backup, std::ostream& report) {
  const Manifest manifest = usable_manifest(backup);
  std::vector<BackedUpLog> logs;
  std::copy_if(manifest.logs.begin(), manifest.logs.end(), std::back_inserter(logs),
               [&](const BackedUpLog& log) { return is_of(program.service, log.log); });
  if (!check_all(program.service, manifest, logs, backup, report)) return false;
  if (logs.empty()) report << "The backup holds no log of the " << program.service << " service.\n";
  PostgresConnection connection = connect_to(program, std::move(settings));
  const ImportOptions options{backup, version_read(program.service), program.import_companion};
  bool whole = true;
  for (const BackedUpLog& log : logs) {
    const auto imported = import_log(connection, log, options);
    report << log.log << ": ";
    if (const auto* error = std::get_if<ImportError>(&imported)) {
      report << error->sentence << "\n";
      whole = false;
      continue;
    }
    const auto& [events, requests, attachments] = std::get<ImportedLog>(imported);
    report << events << " events, " << requests << " requests and " << attachments
           << " attachments are imported\n";
  }
  return whole;
}

}  // namespace kkr::platform
