// One process's way to a store that others append to as well: what it knows of the head is of its
// last append or recovery, and it appends only under the epoch it holds.
#pragma once

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/platform/event_store/memory_event_store.h"
#include "services/platform/lease/held_lease.h"
#include "services/platform/lease/memory_lease_table.h"
#include "tests/notebook/forwarding_store.h"

namespace kkr::notebook {

class ReplicaStore final : public platform::EventStore {
 public:
  ReplicaStore(platform::MemoryEventStore& shared, platform::MemoryLeaseRows& rows,
               const platform::HeldLease& lease, std::string region = "hovedstaden")
      : shared_(&shared),
        rows_(rows),
        lease_(lease),
        region_(std::move(region)),
        head_(shared.head()),
        write_version_(shared.write_version()) {}

  // The log was restored to what this store holds.
  void restore(platform::MemoryEventStore& restored) { shared_ = &restored; }
  // The outcome of the next append is unknown. It is committed or not; `meanwhile` happens, if
  // given, before the process can ask.
  void lose_next_append(
      bool committed, std::function<void()> meanwhile = [] {}) {
    const std::lock_guard lock(mutex_);
    lost_ = Lost{committed, std::move(meanwhile)};
  }

  // The store is out of reach for so many reads of events.
  void miss_reads(int count) { missed_reads_ = count; }

  platform::LogHead head() const override {
    const std::lock_guard lock(mutex_);
    return head_;
  }
  platform::StoreResult<std::vector<platform::RecordedEvent>> append(
      const platform::Batch& batch) override {
    if (const auto lost = take_lost()) {
      if (lost->committed) append_as_holder(batch);
      lost->meanwhile();
      return platform::StoreFailure::kOutcomeUnknown;
    }
    auto appended = append_as_holder(batch);
    if (const auto* events = std::get_if<0>(&appended); events != nullptr && !events->empty()) {
      const std::lock_guard lock(mutex_);
      head_.position = events->back().position;
      head_.hash = events->back().hash;
      rows_.set_log({region_, head_.generation, head_.position, write_version_});
    }
    return appended;
  }
  platform::StoreResult<platform::LogHead> recover() override {
    auto recovered = shared()->recover();
    const std::lock_guard lock(mutex_);
    head_ = std::get<0>(recovered);
    write_version_ = shared()->write_version();
    return recovered;
  }
  std::uint64_t write_version() const override {
    const std::lock_guard lock(mutex_);
    return write_version_;
  }
  platform::StoreResult<std::monostate> raise_write_version(std::uint64_t version) override {
    const bool holds =
        rows_.with_epoch(region_, lease_.epoch(), [&] { shared()->raise_write_version(version); });
    if (!holds) return platform::StoreFailure::kNotHolder;
    const std::lock_guard lock(mutex_);
    write_version_ = std::max(write_version_, version);
    rows_.set_log({region_, head_.generation, head_.position, write_version_});
    return std::monostate();
  }

  bool is_demo() const override { return shared()->is_demo(); }
  platform::StoreResult<std::vector<platform::RecordedEvent>> read(std::uint64_t from,
                                                                   std::size_t limit) override {
    if (missed_reads_ > 0 && missed_reads_-- > 0) return platform::StoreFailure::kUnavailable;
    return shared()->read(from, limit);
  }
  platform::StoreResult<std::vector<std::optional<platform::RequestRecord>>> find_requests(
      const std::vector<std::string>& ids) override {
    return shared()->find_requests(ids);
  }
  platform::StoreResult<std::optional<std::string>> document(std::string_view key) override {
    return shared()->document(key);
  }
  platform::StoreResult<std::vector<platform::DocumentWrite>> documents(
      std::string_view prefix, std::string_view after, std::size_t limit) override {
    return shared()->documents(prefix, after, limit);
  }
  platform::StoreResult<std::vector<platform::Checkpoint>> checkpoints() override {
    return shared()->checkpoints();
  }
  platform::StoreResult<std::optional<platform::Snapshot>> snapshot() override {
    return shared()->snapshot();
  }
  platform::StoreResult<std::monostate> save_snapshot(const platform::Snapshot& saved) override {
    return shared()->save_snapshot(saved);
  }

 private:
  struct Lost {
    bool committed;
    std::function<void()> meanwhile;
  };
  platform::MemoryEventStore* shared() const { return shared_.load(); }
  platform::StoreResult<std::vector<platform::RecordedEvent>> append_as_holder(
      const platform::Batch& batch) {
    platform::StoreResult<std::vector<platform::RecordedEvent>> appended =
        platform::StoreFailure::kNotHolder;
    const std::uint64_t epoch = lease_.epoch();
    if (epoch == 0) return appended;
    rows_.with_epoch(region_, epoch, [&] { appended = shared()->append(batch); });
    return appended;
  }
  std::optional<Lost> take_lost() {
    const std::lock_guard lock(mutex_);
    return std::exchange(lost_, std::nullopt);
  }

  std::atomic<platform::MemoryEventStore*> shared_;
  std::atomic<int> missed_reads_ = 0;
  platform::MemoryLeaseRows& rows_;
  const platform::HeldLease& lease_;
  const std::string region_;
  mutable std::mutex mutex_;  // Guards what follows.
  platform::LogHead head_;
  std::uint64_t write_version_;
  std::optional<Lost> lost_;
};

}  // namespace kkr::notebook
