// How a send stands in a row of its PostgreSQL table.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "services/notification/sending/send_table.h"
#include "services/platform/postgres/postgres_values.h"

namespace kkr::notification {

// Of a row that holds the columns of KKR_SEND_COLUMNS and its last transition's words.
Send read_send(const platform::PostgresRows& rows, int row);
std::vector<Send> read_sends(const platform::PostgresRows& rows);
SendState state_in(const platform::PostgresRows& rows, int row, int column);

// Microseconds since 1970; 0 for none.
std::uint64_t postgres_micros(std::optional<absl::Time> instant);
absl::Time instant_in(const platform::PostgresRows& rows, int row, int column);

// Behind the region: the sends of a dispatch by columns, and when they were put in.
void add_planned(platform::PostgresParameters& parameters, const std::string& region,
                 const std::vector<const PlannedSend*>& sends, absl::Time site_now);
// Behind region and holder.
void add_letters(platform::PostgresParameters& parameters,
                 const std::vector<SendTable::Written>& letters);
void add_outcomes(platform::PostgresParameters& parameters, const std::vector<Outcome>& outcomes);

}  // namespace kkr::notification
