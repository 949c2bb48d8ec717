#include "services/platform/cluster/verify_service.h"

#include <stdexcept>
#include <utility>
#include <variant>
#include <vector>

#include "services/platform/event_store/postgres_event_store.h"
#include "services/platform/event_store/verify_postgres_log.h"
#include "services/platform/postgres/postgres_schema.h"

namespace kkr::platform {

bool verify_service(const std::string& service, PostgresSettings settings, std::ostream& report) {
  constexpr std::size_t kConnectionsMax = 1;
  settings.schema = postgres_schema_of(service);
  settings.application_name = "kkr-" + service + " verify";
  PostgresPool pool(std::move(settings), kConnectionsMax);
  const auto regions = postgres_regions(pool);
  if (const auto* error = std::get_if<PostgresError>(&regions))
    throw std::runtime_error(error->sentence);
  bool sound = true;
  for (const std::string& region : std::get<std::vector<std::string>>(regions)) {
    const auto verified = verify_postgres_log(pool, service, region);
    if (const auto* error = std::get_if<PostgresError>(&verified))
      throw std::runtime_error(error->sentence);
    const auto& found = std::get<VerifyReport>(verified);
    report << sentence_for(found) << "\n";
    sound = sound && !found.damage;
  }
  return sound;
}

}  // namespace kkr::platform
