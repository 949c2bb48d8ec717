// A store that hands every call on to another: what tests derive from to watch or disturb one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "services/platform/event_store/event_store.h"

namespace kkr::notebook {

class ForwardingStore : public platform::EventStore {
 public:
  template <class T>
  using Result = platform::StoreResult<T>;

  explicit ForwardingStore(platform::EventStore& store) : store_(store) {}

  platform::LogHead head() const override { return store_.head(); }
  bool is_demo() const override { return store_.is_demo(); }
  std::optional<std::string> damage() const override { return store_.damage(); }
  std::uint64_t write_version() const override { return store_.write_version(); }
  Result<std::monostate> raise_write_version(std::uint64_t version) override {
    return store_.raise_write_version(version);
  }
  Result<std::vector<platform::RecordedEvent>> append(const platform::Batch& batch) override {
    return store_.append(batch);
  }
  Result<platform::LogHead> recover() override { return store_.recover(); }
  Result<std::vector<platform::RecordedEvent>> read(std::uint64_t from,
                                                    std::size_t limit) override {
    return store_.read(from, limit);
  }
  Result<std::vector<std::optional<platform::RequestRecord>>> find_requests(
      const std::vector<std::string>& ids) override {
    return store_.find_requests(ids);
  }
  Result<std::optional<std::string>> document(std::string_view key) override {
    return store_.document(key);
  }
  Result<std::vector<platform::DocumentWrite>> documents(std::string_view prefix,
                                                         std::string_view after,
                                                         std::size_t limit) override {
    return store_.documents(prefix, after, limit);
  }
  Result<std::vector<platform::Checkpoint>> checkpoints() override { return store_.checkpoints(); }
  Result<std::optional<platform::Snapshot>> snapshot() override { return store_.snapshot(); }
  Result<std::monostate> save_snapshot(const platform::Snapshot& snapshot) override {
    return store_.save_snapshot(snapshot);
  }

 private:
  platform::EventStore& store_;
};

}  // namespace kkr::notebook
