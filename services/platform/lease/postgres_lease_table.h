// The lease table on PostgreSQL: rows in the schema of the service, and the database's clock for
// who lives. Appends check the row they rely on, so a holder that was stopped or cut off commits
// nothing once its successor has raised the epoch.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <string>

#include "services/platform/lease/lease_table.h"
#include "services/platform/postgres/postgres_connection.h"

namespace kkr::platform {

// What every session of the process with this instance must be called, for its successor to end
// them.
std::string postgres_session_name(const std::string& instance);

class PostgresLeaseTable final : public LeaseTable {
 public:
  // `settings` name the schema of the service. Connects when it is first asked, and again when the
  // connection was lost.
  explicit PostgresLeaseTable(PostgresSettings settings);

  std::optional<LeaseView> renew(const Replica& self,
                                 std::chrono::milliseconds time_to_live) override;
  // Ends the sessions of the holder before, so that a transaction it has left open holds up nobody.
  std::optional<std::uint64_t> take(const Replica& self, const std::string& region,
                                    std::uint64_t seen) override;
  bool hand_over(const Replica& self, const std::string& region, std::uint64_t epoch,
                 const std::string& successor) override;
  void leave(const Replica& self) override;
  // Hears of what was told while nobody waited, too. From one thread at a time.
  LeaseNews wait(std::chrono::milliseconds at_most) override;
  void interrupt() override { interrupted_ = true; }

 private:
  // Null when there is no way to the database now.
  PostgresConnection* connected(std::optional<PostgresConnection>& connection);
  bool listen();

  const PostgresSettings settings_;
  std::mutex calls_mutex_;  // Guards what follows.
  std::optional<PostgresConnection> calls_;
  bool place_is_known_ = false;  // Whether what is led here was begun where `calls_` leads to.
  std::optional<PostgresConnection> listening_;  // Of the thread that waits.
  std::atomic<bool> interrupted_ = false;
};

}  // namespace kkr::platform
