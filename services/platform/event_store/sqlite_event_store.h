// The event store on SQLite: one file and exactly one connection for one log. Never appends to a
// log it can no longer vouch for: a damaged one is read-only until it has been restored.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "services/platform/event_store/event_store.h"
#include "services/platform/event_store/log_check.h"
#include "services/platform/event_store/log_index.h"
#include "services/platform/event_store/sqlite_connection.h"
#include "services/platform/event_store/sqlite_tables.h"
#include "services/platform/event_store/turns.h"

namespace kkr::platform {

struct SqliteStoreOptions {
  std::string path;   // Created when missing; its folder must exist.
  std::string log;    // `{service}/{region}`
  bool demo = false;  // Marks a store that is created now; no meaning for one that exists.
  std::string vfs{};  // SQLite's name of the file system to use; empty for the system's.
  // After so many requests or events the tables to find them by are brought up to date.
  std::uint64_t sweep_every = 8192;
  // Called once, from the thread that found it, when the store turns out to be damaged.
  std::function<void(const std::string& sentence)> on_damage{};
};

class SqliteEventStore final : public EventStore {
 public:
  // Opens or creates the store and checks its last events and requests. A damaged one opens too,
  // read-only as damage() says, even when nothing in it can be read. The error is for files that
  // are out of reach, hold another log, are used by another process, or are a newer kkr's.
  static std::variant<std::unique_ptr<SqliteEventStore>, SqliteError> open(
      SqliteStoreOptions options);
  ~SqliteEventStore() override;

  LogHead head() const override;
  bool is_demo() const override { return meta_.demo; }
  std::uint64_t write_version() const override;
  std::optional<std::string> damage() const override;
  StoreResult<std::monostate> raise_write_version(std::uint64_t version) override;
  StoreResult<std::vector<RecordedEvent>> append(const Batch& batch) override;
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

  const std::string& log() const { return options_.log; }
  const std::string& path() const { return options_.path; }
  // Where both chains end, as of the last commit. Never blocks on I/O.
  StoredHead stored_head() const;

  // Checks the next slice of the whole store when nobody else uses it; damage found makes the
  // store read-only. Returns false when a pass has come to its end; the next call begins another.
  bool scrub_slice();

  // Runs `slice` on the connection when no command waits for it: for backup. Must be short. The
  // connection is null in a store that could not be opened.
  template <class Slice>
  auto when_idle(Slice slice) {
    const auto turn = turns_.take_when_idle();
    return slice(connection_.get());
  }

 private:
  // What a transaction is about to make true.
  struct Pending {
    StoredHead head;
    std::unordered_map<std::string, std::uint64_t> versions;  // Of the streams it extends.
    std::map<std::string, Checkpoint> checkpoints;
    std::vector<RecordedEvent> events;
    std::size_t swept = 0;  // Rows of the index.
  };

  explicit SqliteEventStore(SqliteStoreOptions options);

  std::optional<SqliteError> connect();
  std::optional<SqliteError> load_meta();
  std::optional<SqliteError> create();
  void load_head();
  void check_tail();
  // SQLITE_OK or the error; the caller rolls back.
  int write(const Batch& batch, Pending& pending);
  int write_events(const Batch& batch, Pending& pending);
  int write_requests(const Batch& batch, Pending& pending);
  int write_documents(const Batch& batch);
  Found<std::uint64_t> version_of(const std::string& stream, const Pending& pending);
  int write_checkpoints(const Batch& batch, Pending& pending);
  StoreFailure roll_back(int code);
  StoreFailure commit_failed(int code);
  StoreFailure read_failed(int code, const std::string& what);
  StoreFailure not_open() const;
  void publish(const Batch& batch, const Pending& pending);
  void fold_wal();
  void mark_damaged(const std::string& sentence);

  const SqliteStoreOptions options_;
  StoreMeta meta_;  // As when opened, but for its write version, which head_mutex_ guards.

  Turns turns_;  // Guards the connection and everything down to the next comment.
  std::unique_ptr<SqliteConnection> connection_;
  std::unique_ptr<SqliteTables> tables_;
  LogIndex index_;
  // Of the ids last looked for, those without a request: what is looked for is mostly appended
  // next.
  std::unordered_set<std::string> unknown_;
  std::map<std::string, Checkpoint> checkpoints_;
  std::unique_ptr<LogCheck> scrub_;
  bool outcome_unknown_ = false;
  std::uint64_t page_bytes_ = 0;   // Of the file.
  int wal_frames_ = 0;             // In the WAL since it was last folded in.
  bool wal_holds_erased_ = false;  // Of the WAL's frames, some hold what has been erased since.

  mutable std::mutex head_mutex_;  // Guards what follows; never held during I/O.
  StoredHead head_;
  std::optional<std::string> damage_;
};

}  // namespace kkr::platform
