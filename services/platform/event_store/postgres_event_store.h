// The event store on PostgreSQL: the log of one region, in the schema of its service. Many
// processes may read it; the one that holds the lease appends, and whoever lost the lease, or only
// thinks it has it, commits nothing.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "services/platform/event_store/event_store.h"
#include "services/platform/event_store/postgres_tables.h"
#include "services/platform/lease/held_lease.h"
#include "services/platform/postgres/postgres_pool.h"

namespace kkr::platform {

struct PostgresStoreOptions {
  std::string service;
  std::string region;
  bool demo = false;  // Marks a log that is created now; no meaning for one that exists.
  // The right to append. Null: always, for a tool or a test that is alone with the log.
  std::shared_ptr<const HeldLease> lease{};
  // Called once, from the thread that found it, when the log turns out to be damaged.
  std::function<void(const std::string& sentence)> on_damage{};
};

class PostgresEventStore final : public EventStore {
 public:
  // Opens the log, or creates it where there is none, and checks its last events. A damaged one
  // opens too, read-only as damage() says. The error is for a server that is out of reach, and for
  // a schema that has not been migrated. `pool`, of connections to the service's schema, must
  // outlive the store.
  static std::variant<std::unique_ptr<PostgresEventStore>, PostgresError> open(
      PostgresPool& pool, PostgresStoreOptions options);

  // The generation changes when this process begins to lead a log that PostgreSQL was promoted or
  // restored under; everything the process knows of the log must then be read anew.
  LogHead head() const override;
  bool is_demo() const override { return demo_; }
  std::uint64_t write_version() const override;
  std::optional<std::string> damage() const override;

  // Only holding the lease, as append().
  StoreResult<std::monostate> raise_write_version(std::uint64_t version) override;
  // One round trip, but for streams that have not been appended to lately. kNotHolder where the
  // lease is not held, or somebody else has appended under it.
  StoreResult<std::vector<RecordedEvent>> append(const Batch& batch) override;
  // Holding the lease: waits until what was under way has ended, makes sure that nothing more of it
  // can come, and tells where the log ends. kNotHolder: PostgreSQL is another one than before, so
  // the lease has to be taken anew. Not holding it: learns what others have appended.
  StoreResult<LogHead> recover() override;

  StoreResult<std::vector<RecordedEvent>> read(std::uint64_t from_position,
                                               std::size_t limit) override;
  StoreResult<std::vector<std::optional<RequestRecord>>> find_requests(
      const std::vector<std::string>& request_ids) override;
  StoreResult<std::optional<std::string>> document(std::string_view key) override;
  StoreResult<std::vector<DocumentWrite>> documents(std::string_view prefix, std::string_view after,
                                                    std::size_t limit) override;
  StoreResult<std::vector<Checkpoint>> checkpoints() override;
  StoreResult<std::optional<Snapshot>> snapshot() override;
  StoreResult<std::monostate> save_snapshot(const Snapshot& snapshot) override;

  const std::string& log() const { return tables_.name(); }

 private:
  // What a transaction is about to make true.
  struct Pending {
    StoredHead head;
    std::vector<RecordedEvent> events;
    std::vector<StoredRequest> requests;
    std::map<std::string, Checkpoint> checkpoints;
  };

  PostgresEventStore(PostgresPool& pool, PostgresStoreOptions options);

  std::optional<PostgresError> load(PostgresConnection& connection);
  std::optional<PostgresError> take_in(PostgresConnection& connection, const PostgresLog& log);
  std::optional<PostgresError> check_tail(PostgresConnection& connection);
  std::uint64_t epoch() const { return options_.lease ? options_.lease->epoch() : 0; }
  bool may_lead() const { return !options_.lease || options_.lease->epoch() != 0; }
  // A connection on which this store may change the log; the failure when it may not.
  std::variant<PostgresPool::Handle, StoreFailure> take_as_writer();
  std::optional<StoreFailure> become_writer(PostgresConnection& connection);
  std::optional<PostgresError> know_versions(PostgresConnection& connection, const Batch& batch);
  Pending reckon(const Batch& batch);
  StoreFailure failed(const PostgresError& error);
  void publish(const Pending& pending);
  // Of a read; may find that the log is not what it was.
  StoreFailure read_failed(const PostgresError& error, const std::string& what);
  StoreFailure unsound(PostgresConnection& connection, const std::string& sentence);
  void mark_damaged(const std::string& sentence);

  PostgresPool& pool_;
  const PostgresStoreOptions options_;
  const PostgresTables tables_;
  bool demo_ = false;  // As when opened.

  std::mutex append_mutex_;  // Guards what follows: one batch, one recovery at a time.
  PostgresWriter writer_;    // An empty token: this store may not append yet.
  std::string place_;
  std::unordered_map<std::string, std::uint64_t> versions_;  // Of streams written to lately.
  std::map<std::string, Checkpoint> checkpoints_;
  bool outcome_unknown_ = false;

  mutable std::mutex head_mutex_;  // Guards what follows; never held during I/O.
  StoreMeta meta_;
  StoredHead head_;
  std::optional<std::string> damage_;
};

// Up to which version facts may be written to the logs of the service whose schema this is.
std::variant<std::uint64_t, PostgresError> wanted_write_version(PostgresConnection& connection);

// The regions the service of this pool has logs of, in order.
std::variant<std::vector<std::string>, PostgresError> postgres_regions(PostgresPool& pool);

}  // namespace kkr::platform
