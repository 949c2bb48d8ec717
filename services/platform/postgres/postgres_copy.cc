#include "services/platform/postgres/postgres_copy.h"

namespace kkr::platform {
namespace {

// The signature, no flags, no extension; and what stands where the next row would begin.
constexpr std::string_view kHeading{"PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19};
constexpr std::string_view kEnd{"\377\377", 2};

}  // namespace

PostgresCopy::PostgresCopy(PostgresConnection& connection, const std::string& table)
    : connection_(connection), copy_("COPY " + table + " FROM STDIN (FORMAT binary)") {}

std::optional<PostgresError> PostgresCopy::add(const PostgresParameters& row) {
  if (chunk_.empty()) chunk_ = kHeading;
  row.append_row(chunk_);
  ++rows_;
  return chunk_.size() < kChunkBytes ? std::nullopt : finish();
}

std::optional<PostgresError> PostgresCopy::finish() {
  if (chunk_.empty()) return std::nullopt;
  chunk_.append(kEnd);
  auto error = connection_.copy_in(copy_, chunk_);
  chunk_.clear();
  return error;
}

}  // namespace kkr::platform
