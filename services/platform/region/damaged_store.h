// Stands for a log whose store could not be opened: holds nothing, takes nothing, and gives the
// reason. Lets the other regions of the service go on as if nothing had happened.
#pragma once

#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

class DamagedStore final : public EventStore {
 public:
  explicit DamagedStore(StoreFailure why) : why_(why) {}

  LogHead head() const override { return {}; }
  bool is_demo() const override { return false; }
  std::uint64_t write_version() const override { return 1; }
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
  const StoreFailure why_;
};

}  // namespace kkr::platform
