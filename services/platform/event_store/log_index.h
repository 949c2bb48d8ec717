// Finds a request by its id and the end of a stream. The tables request_ids and streams hold what
// is older; what came since is held in memory until there is enough of it to be written in one
// sorted sweep. Opens no transaction.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "services/platform/event_store/sqlite_tables.h"

namespace kkr::platform {

// Where a stream ends; all 0 for a stream without events.
struct StreamEnd {
  std::uint64_t version = 0;
  std::uint64_t position = 0;
};

class LogIndex {
 public:
  // `sweep_every`: so many requests or events are held before a sweep is due.
  explicit LogIndex(std::uint64_t sweep_every) : sweep_every_(sweep_every) {}

  // Starts over with what stands in the log beyond the tables. SQLITE_OK or the error.
  int load(SqliteTables& tables, const StoredHead& head);

  // The request; its row is checked to carry the id, else SQLITE_CORRUPT.
  Found<RequestRecord> request(SqliteTables& tables, const std::string& id) const;
  // Always a row, unless the read fails.
  Found<StreamEnd> stream(SqliteTables& tables, const std::string& stream) const;

  // Takes in what has been committed.
  void add(const RecordedEvent& event);
  void add(std::uint64_t sequence, const RequestRecord& request);

  bool sweep_is_due() const;
  // Writes what is held and says so in `head`, which the caller writes in the same transaction.
  // SQLITE_OK or the error.
  int sweep(SqliteTables& tables, StoredHead& head) const;
  // The sweep has been committed.
  void swept();

 private:
  struct HeldRequest {
    std::uint64_t sequence = 0;
    RequestRecord record;
  };

  const std::uint64_t sweep_every_;
  std::unordered_map<std::string, HeldRequest> requests_;
  std::unordered_map<std::string, StreamEnd> streams_;
  std::uint64_t events_held_ = 0;
};

}  // namespace kkr::platform
