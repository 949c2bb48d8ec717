#include "services/notification/embedded/sqlite_send_tables.h"

#include <utility>
#include <variant>

#include "services/notification/sending/sqlite_send_table.h"
#include "services/platform/log/log.h"

namespace kkr::notification {

std::unique_ptr<SendTable> SqliteSendTables::open(const std::string& region) {
  const platform::LogPlace place{"notification", region};
  const auto file = place.companions() / "sends.db";
  auto opened = SqliteSendTable::open({.path = (ports_.folder().path() / file).string(),
                                       .log = place.log(),
                                       .demo = ports_.demo_clock() != nullptr});
  if (const auto* error = std::get_if<platform::SqliteError>(&opened)) {
    platform::log(platform::LogLevel::kError, error->sentence, {{"log", place.log()}});
    return nullptr;
  }
  auto table = std::get<std::unique_ptr<SqliteSendTable>>(std::move(opened));
  ports_.add_companion(place.log(),
                       {file.string(), [&kept = *table](const std::filesystem::path& to) {
                          return kept.copy_to(to.string());
                        }});
  return table;
}

}  // namespace kkr::notification
