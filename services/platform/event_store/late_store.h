// Stands for a store that cannot be reached yet: opens it when it is asked to recover, and is that
// store from then on. Until then it holds nothing and every call fails with kUnavailable.
#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

class LateStore final : public EventStore {
 public:
  // Null when it cannot be opened now. Called by one thread at a time.
  using Open = std::function<std::shared_ptr<EventStore>()>;

  explicit LateStore(Open open) : open_(std::move(open)) {}

  LogHead head() const override;
  bool is_demo() const override;
  // None until it is open.
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
  std::shared_ptr<EventStore> opened() const;

  const Open open_;
  std::mutex opening_;
  mutable std::mutex mutex_;
  std::shared_ptr<EventStore> opened_;
};

}  // namespace kkr::platform
