// Finds a request by its id and the end of a stream. The tables request_fingerprints and streams
// hold what is older; what came since is held in memory until there is enough of it. Then it is
// swept into the tables, in their order and a slice with every batch, so that no batch waits long.
// Opens no transaction.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

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

  // SQLITE_CORRUPT when the tables lead to what is no request of this fingerprint.
  Found<RequestRecord> request(SqliteTables& tables, const std::string& id) const;
  // Always a row, unless the read fails.
  Found<StreamEnd> stream(SqliteTables& tables, const std::string& stream) const;

  // Takes in what has been committed.
  void add(const RecordedEvent& event);
  void add(std::uint64_t sequence, const RequestRecord& request);

  // How many rows the next transaction should sweep, itself bringing `arriving` rows; 0 while no
  // sweep is due.
  std::size_t due(std::size_t arriving) const;
  // Writes the next `rows` rows. The last slice says in `head`, which the caller writes in the same
  // transaction, how far the tables tell of the log now. SQLITE_OK or the error.
  int sweep(SqliteTables& tables, std::size_t rows, StoredHead& head) const;
  // That has been committed. Call once for every transaction, after add(), also with 0 rows.
  void swept(std::size_t rows);

 private:
  struct HeldRequest {
    std::uint64_t sequence = 0;
    RequestRecord record;
  };

  struct Held {
    std::unordered_multimap<std::uint64_t, HeldRequest> requests;  // By fingerprint.
    std::unordered_map<std::string, StreamEnd> streams;
    std::uint64_t events = 0;
    std::uint64_t last_position = 0;
    std::uint64_t last_sequence = 0;
  };

  // What is being swept, with its rows in the order of the tables.
  struct Sweep {
    Held held;
    std::vector<StoredFingerprint> fingerprints;
    std::vector<StoredStream> streams;
    std::size_t written = 0;  // Rows of both, fingerprints first.

    std::size_t rows() const { return fingerprints.size() + streams.size(); }
  };

  void begin_when_due();

  const std::uint64_t sweep_every_;
  Held held_;    // Since a sweep began last.
  Sweep sweep_;  // Without rows while there is none.
};

}  // namespace kkr::platform
