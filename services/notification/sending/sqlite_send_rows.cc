#include "services/notification/sending/sqlite_send_rows.h"

namespace kkr::notification {
namespace {

std::string text(const platform::Query& row, int column) { return std::string(row.text(column)); }

}  // namespace

Send read_send(const platform::Query& row) {
  Send send;
  send.number = static_cast<std::int64_t>(row.number(0));
  send.id = text(row, 1);
  send.planned.key = {text(row, 2), text(row, 3), text(row, 4), text(row, 5)};
  send.planned.municipality = text(row, 6);
  send.planned.due_at = instant(row.number(7));
  send.planned.facts = text(row, 8);
  send.state = state_in(row, 9);
  send.reason = text(row, 10);
  send.gap = text(row, 11);
  send.changed_at = instant(row.number(12));
  send.attempts = static_cast<int>(row.number(13));
  send.message_id = text(row, 14);
  if (!row.is_null(23)) {
    send.letter = Letter{text(row, 15), text(row, 16), text(row, 17), text(row, 18), text(row, 19),
                         text(row, 20), text(row, 21), text(row, 22), text(row, 23)};
  }
  send.planned.round = text(row, 24);
  if (send.state == SendState::kDeferred && row.number(25) > 0)
    send.next_attempt_at = instant(row.number(25));
  send.code = static_cast<int>(row.number(26));
  send.detail = text(row, 27);
  return send;
}

SendState state_in(const platform::Query& row, int column) {
  return parse_send_state(row.text(column)).value_or(SendState::kFailed);
}

std::uint64_t micros(std::optional<absl::Time> instant) {
  return instant ? static_cast<std::uint64_t>(absl::ToUnixMicros(*instant)) : 0;
}

absl::Time instant(std::uint64_t micros) {
  return absl::FromUnixMicros(static_cast<std::int64_t>(micros));
}

platform::Statement list_query(platform::SqliteConnection& connection, const SendFilter& filter) {
  std::string sql = std::string(kSelectSend) + " WHERE (?7 = 0 OR number < ?7)";
  if (!filter.occasion.empty()) sql += " AND occasion = ?1";
  // '0' follows upon '/'.
  if (!filter.subject.empty())
    sql += " AND (subject = ?2 OR subject > ?2 || '/' AND subject < ?2 || '0')";
  if (!filter.municipality.empty()) sql += " AND municipality = ?3";
  if (!filter.step.empty()) sql += " AND step = ?4";
  if (!filter.channel.empty()) sql += " AND channel = ?5";
  if (filter.state) sql += " AND sends.state = ?6";
  if (filter.gaps_only) sql += " AND gap <> ''";
  return connection.prepare((sql + " ORDER BY number DESC LIMIT ?8").c_str());
}

}  // namespace kkr::notification
