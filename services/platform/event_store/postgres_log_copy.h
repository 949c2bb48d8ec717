// The rows of a whole log on their way into PostgreSQL, as they were written elsewhere: hashes,
// generations and erased documents with them. For a log that nobody serves yet.
#pragma once

#include <optional>
#include <string>

#include "services/platform/event_store/event_store.h"
#include "services/platform/event_store/stored_rows.h"
#include "services/platform/postgres/postgres_copy.h"

namespace kkr::platform {

class PostgresLogCopy {
 public:
  // `connection` works in the schema of the log's service and must outlive this.
  PostgresLogCopy(PostgresConnection& connection, std::string region);

  // Each error may be that of an earlier row; the transaction must then be given up.
  std::optional<PostgresError> add(const RecordedEvent& event);
  std::optional<PostgresError> add(const StoredRequest& request);
  std::optional<PostgresError> add(const StoredDocument& document);
  std::optional<PostgresError> add(const Checkpoint& checkpoint);
  // Sends what is still held.
  std::optional<PostgresError> finish();

  std::uint64_t events() const { return events_.rows(); }
  std::uint64_t requests() const { return requests_.rows(); }

 private:
  PostgresParameters keyed() const { return std::move(PostgresParameters().text(region_)); }

  const std::string region_;
  PostgresCopy events_;
  PostgresCopy requests_;
  PostgresCopy documents_;
  PostgresCopy checkpoints_;
};

}  // namespace kkr::platform
