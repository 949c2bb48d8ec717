// The event store's in-memory twin: the same contract without a disk. For tests; nothing in it
// survives the process. Fails on demand, so that callers can be tested against every failure.
#pragma once

#include <map>
#include <mutex>
#include <unordered_map>

#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

class MemoryEventStore final : public EventStore {
 public:
  struct Options {
    std::string log = "test/hovedstaden";  // `{service}/{region}`
    bool demo = false;
    std::uint64_t write_version = 1;
  };
  MemoryEventStore() : MemoryEventStore(Options()) {}
  explicit MemoryEventStore(Options options);

  // The next append fails so. kOutcomeUnknown: it is committed or not as `committed` says, and
  // every later append fails likewise until recover().
  void fail_next_append(StoreFailure failure, bool committed = false);

  // As after a restore or a promotion: events keep the generation they were written in.
  void renew_generation();

  // From now on damage() says so and appends fail with kDamaged.
  void mark_damaged(std::string sentence);

  LogHead head() const override;
  bool is_demo() const override { return options_.demo; }
  std::optional<std::string> damage() const override;
  std::uint64_t write_version() const override;
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

 private:
  bool conflicts(const Batch& batch) const;
  std::vector<RecordedEvent> commit(const Batch& batch);

  const Options options_;
  mutable std::mutex mutex_;  // Guards all below.
  std::uint64_t write_version_;
  LogHead head_;
  std::vector<RecordedEvent> events_;
  std::unordered_map<std::string, std::uint64_t> versions_;
  std::unordered_map<std::string, RequestRecord> requests_;
  std::map<std::string, DocumentWrite, std::less<>> documents_;
  std::map<std::string, Checkpoint> checkpoints_;
  std::optional<Snapshot> snapshot_;
  std::optional<StoreFailure> next_failure_;
  bool commit_anyway_ = false;
  bool outcome_unknown_ = false;
  std::optional<std::string> damage_;
};

}  // namespace kkr::platform
