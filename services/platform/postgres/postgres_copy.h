// Rows on their way into one table by COPY, in PostgreSQL's binary format: many times as fast as
// INSERT. Holds a chunk of them, whatever the size of the table. Knows no table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "services/platform/postgres/postgres_connection.h"

namespace kkr::platform {

class PostgresCopy {
 public:
  static constexpr std::size_t kChunkBytes = 1024 * 1024;

  // `table` with its columns, `events (region, position)`. The connection must outlive this, and is
  // free for other statements between any two calls.
  PostgresCopy(PostgresConnection& connection, const std::string& table);

  // Adds a row: a value for each column, in order. The error may be that of an earlier row; the
  // chunk they stood in is not in the table then.
  std::optional<PostgresError> add(const PostgresParameters& row);
  // Sends what is still held.
  std::optional<PostgresError> finish();

  std::uint64_t rows() const { return rows_; }

 private:
  PostgresConnection& connection_;
  const std::string copy_;
  std::string chunk_;  // Empty, or rows behind their heading.
  std::uint64_t rows_ = 0;
};

}  // namespace kkr::platform
