#include "services/notification/sending/import_sends.h"

#include <utility>
#include <vector>

#include "services/notification/sending/sends_schema.h"
#include "services/platform/event_store/sqlite_connection.h"
#include "services/platform/event_store/sqlite_schema.h"
#include "services/platform/postgres/postgres_copy.h"

namespace kkr::notification {
namespace {

using platform::PostgresConnection;
using platform::PostgresCopy;
using platform::PostgresParameters;
using platform::SqliteConnection;
using Wrong = std::optional<std::string>;

enum class Kind { kNumber, kText, kBytes, kFlag };

struct Column {
  const char* name;
  Kind kind;
};

// A table that is called the same in both, where it stands under the region besides.
struct Table {
  const char* name;
  const char* source;  // What SQLite selects from.
  std::vector<Column> columns;
};

std::vector<Table> tables() {
  using enum Kind;
  return {{"dispatched",
           "(SELECT *, (SELECT coalesce(max(number), 0) FROM sends) AS sends FROM dispatched)",
           {{"generation", kText}, {"position", kNumber}, {"hash", kBytes}, {"sends", kNumber}}},
          {"sends", "sends ORDER BY number", {{"number", kNumber},     {"id", kText},
                                              {"occasion", kText},     {"subject", kText},
                                              {"recipient", kText},    {"step", kText},
                                              {"municipality", kText}, {"round", kText},
                                              {"due_at", kNumber},     {"facts", kBytes},
                                              {"state", kText},        {"reason", kText},
                                              {"gap", kText},          {"changed_at", kNumber},
                                              {"attempts", kNumber},   {"holder", kText},
                                              {"ready_at", kNumber},   {"held_until", kNumber},
                                              {"untried", kFlag},      {"message_id", kText},
                                              {"channel", kText},      {"person", kText},
                                              {"address", kText},      {"name", kText},
                                              {"language", kText},     {"letter_subject", kText},
                                              {"letter_text", kText},  {"letter_html", kText},
                                              {"message", kBytes}}},
          {"erased_persons", "erased_persons", {{"person", kText}}},
          {"transitions",
           "transitions ORDER BY send, turn",
           {{"send", kNumber},
            {"turn", kNumber},
            {"state", kText},
            {"reason", kText},
            {"code", kNumber},
            {"detail", kText},
            {"at", kNumber}}}};
}

void add_value(PostgresParameters& row, const platform::Query& from, int column, Kind kind) {
  if (from.is_null(column)) {
    row.null();
    return;
  }
  switch (kind) {
    case Kind::kNumber: row.number(from.number(column)); return;
    case Kind::kText: row.text(from.text(column)); return;
    case Kind::kBytes: row.bytes(from.text(column)); return;
    case Kind::kFlag: row.flag(from.number(column) != 0); return;
  }
}

Wrong copy(SqliteConnection& file, const Table& table, const std::string& region,
           PostgresConnection& connection) {
  std::string columns;
  for (const Column& column : table.columns)
    columns += (columns.empty() ? "" : ", ") + std::string(column.name);
  auto select = file.prepare(("SELECT " + columns + " FROM " + table.source).c_str());
  PostgresCopy copy(connection, std::string(table.name) + " (region, " + columns + ")");
  auto row = select();
  while (row.next()) {
    PostgresParameters values;
    values.text(region);
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      add_value(values, row, static_cast<int>(i), table.columns[i].kind);
    if (const auto error = copy.add(values)) return error->sentence;
  }
  if (row.code() != SQLITE_OK)
    return std::string("it cannot be read: ") + sqlite3_errstr(row.code());
  if (const auto error = copy.finish()) return error->sentence;
  return std::nullopt;
}

// Why these are not the sends of the log.
Wrong not_of(const platform::StoreMeta& log, SqliteConnection& file) {
  if (platform::format_of(file) != kSendsFormat)
    return "it has format " + std::to_string(platform::format_of(file)) +
           ", and this program knows " + std::to_string(kSendsFormat);
  auto meta = file.prepare("SELECT log, demo FROM meta");
  auto row = meta();
  if (row.next() && row.text(0) == log.log && (row.number(1) != 0) == log.demo) return std::nullopt;
  return "it holds the sends of another site";
}

}  // namespace

platform::ImportCompanion import_sends() {
  return [](const std::filesystem::path& path, const platform::StoreMeta& log,
            PostgresConnection& connection) -> Wrong {
    auto opened = SqliteConnection::open(path, SqliteConnection::Purpose::kInspect);
    if (const auto* error = std::get_if<platform::SqliteError>(&opened)) return error->sentence;
    auto& file = std::get<SqliteConnection>(opened);
    if (auto wrong = not_of(log, file)) return wrong;
    const std::string region = log.log.substr(log.log.find('/') + 1);
    for (const Table& table : tables())
      if (auto wrong = copy(file, table, region, connection)) return wrong;
    return std::nullopt;
  };
}

}  // namespace kkr::notification
