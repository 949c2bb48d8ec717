// The sends of a region in PostgreSQL, in the schema of the notification service. Several processes
// may work on them: a send is one holder's at a time, by its row.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/notification/send_tables.h"
#include "services/notification/sending/send_table.h"
#include "services/platform/postgres/postgres_pool.h"
#include "services/platform/postgres/postgres_schema.h"

namespace kkr::notification {

// Beside those of the platform, in the schema of the service.
const platform::PostgresMigrations& sends_migrations();

class PostgresSendTable final : public SendTable {
 public:
  // `pool`, of connections to the service's schema, must outlive the table.
  PostgresSendTable(platform::PostgresPool& pool, std::string region)
      : pool_(pool), region_(std::move(region)) {}

  TableResult<std::optional<DispatchedTo>> dispatched_to() override;
  TableResult<std::size_t> dispatch(const std::vector<Dispatch>& dispatches,
                                    absl::Time site_now) override;
  TableResult<std::vector<Send>> lease(const LeaseTerms& terms) override;
  // For the process that leads the log of the region: whoever led it before may still be sending.
  TableResult<std::size_t> end_leases() override;
  TableResult<std::vector<std::string>> write_letters(const std::string& holder,
                                                      const std::vector<Written>& letters) override;
  TableResult<std::size_t> settle(const std::string& holder,
                                  const std::vector<Outcome>& outcomes) override;
  TableResult<Wakes> next_wakes() override;
  TableResult<bool> has_untried(absl::Time site_instant) override;
  TableResult<std::optional<absl::Time>> oldest_unsent(absl::Time site_now) override;
  TableResult<std::optional<Send>> retry(const std::string& id, absl::Time site_now) override;
  TableResult<std::optional<Send>> find(const std::string& id) override;
  TableResult<std::vector<Transition>> transitions(const std::string& id) override;
  TableResult<std::vector<Send>> list(const SendFilter& filter, std::int64_t before,
                                      std::size_t limit) override;
  TableResult<std::vector<Send>> gaps(const std::string& after, std::size_t limit) override;
  TableResult<std::vector<SendCount>> count(const std::string& round) override;
  TableResult<std::map<std::string, Contacted>> contacted(const std::string& round) override;
  TableResult<std::vector<KeptLetter>> letters_of(const std::string& person) override;
  TableResult<std::vector<KeptLetter>> letters_ended(absl::Time ended_before,
                                                     std::size_t limit) override;
  // `thoroughly` writes the tables of all regions anew. What PostgreSQL keeps beside its tables,
  // its write-ahead log and the backups made of it, goes when their own time is up.
  TableResult<std::monostate> erase(const std::vector<KeptLetter>& letters,
                                    bool thoroughly) override;

 private:
  using Rows = std::vector<platform::PostgresRows>;

  TableResult<platform::PostgresRows> run(const char* sql,
                                          const platform::PostgresParameters& parameters);
  // One transaction; what its statements returned, in order.
  TableResult<Rows> run_all(
      std::vector<std::pair<const char*, platform::PostgresParameters>> statements);
  platform::PostgresParameters keyed() const;
  TableResult<std::vector<KeptLetter>> letters(const char* sql,
                                               const platform::PostgresParameters& parameters);

  platform::PostgresPool& pool_;
  const std::string region_;
};

// The tables of all regions of one site.
class PostgresSendTables final : public SendTables {
 public:
  explicit PostgresSendTables(platform::PostgresPool& pool) : pool_(pool) {}

  std::unique_ptr<SendTable> open(const std::string& region) override {
    return std::make_unique<PostgresSendTable>(pool_, region);
  }

 private:
  platform::PostgresPool& pool_;
};

}  // namespace kkr::notification
