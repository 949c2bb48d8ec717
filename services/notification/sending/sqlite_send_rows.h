// How a send stands in a row of its SQLite table.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "services/notification/sending/send_table.h"
#include "services/platform/event_store/sqlite_connection.h"

namespace kkr::notification {

// The columns read_send() expects; a condition can follow.
inline constexpr char kSelectSend[] =
    "SELECT number, id, occasion, subject, recipient, step, municipality, due_at, facts,"
    " sends.state, sends.reason, gap, changed_at, attempts, message_id, channel, person, address, "
    "name, language,"
    " letter_subject, letter_text, letter_html, message, round, ready_at, t.code, t.detail"
    " FROM sends JOIN transitions t ON t.send = number AND t.turn ="
    " (SELECT max(turn) FROM transitions WHERE send = number)";

// Of the row the query stands at.
Send read_send(const platform::Query& row);
SendState state_in(const platform::Query& row, int column);

// Microseconds since 1970; 0 for none.
std::uint64_t micros(std::optional<absl::Time> instant);
absl::Time instant(std::uint64_t micros);

// The statement that lists sends; its parameters are the filter's fields in order, before and
// limit. What the filter leaves open is not asked.
platform::Statement list_query(platform::SqliteConnection& connection, const SendFilter& filter);

}  // namespace kkr::notification
