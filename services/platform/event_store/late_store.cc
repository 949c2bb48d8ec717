#include "services/platform/event_store/late_store.h"

namespace kkr::platform {

std::shared_ptr<EventStore> LateStore::opened() const {
  const std::lock_guard lock(mutex_);
  return opened_;
}

LogHead LateStore::head() const {
  const auto store = opened();
  return store == nullptr ? LogHead{} : store->head();
}

bool LateStore::is_demo() const {
  const auto store = opened();
  return store != nullptr && store->is_demo();
}

std::optional<std::string> LateStore::damage() const {
  const auto store = opened();
  return store == nullptr ? std::nullopt : store->damage();
}

StoreResult<LogHead> LateStore::recover() {
  const std::lock_guard opening(opening_);
  if (const auto store = opened()) return store->recover();
  const auto store = open_();
  if (store == nullptr) return StoreFailure::kUnavailable;
  auto recovered = store->recover();
  const std::lock_guard lock(mutex_);
  opened_ = store;
  return recovered;
}

std::uint64_t LateStore::write_version() const {
  const auto store = opened();
  return store == nullptr ? 1 : store->write_version();
}

StoreResult<std::monostate> LateStore::raise_write_version(std::uint64_t version) {
  const auto store = opened();
  if (store == nullptr) return StoreFailure::kUnavailable;
  return store->raise_write_version(version);
}

StoreResult<std::vector<RecordedEvent>> LateStore::append(const Batch& batch) {
  const auto store = opened();
  if (store == nullptr) return StoreFailure::kUnavailable;
  return store->append(batch);
}

StoreResult<std::vector<RecordedEvent>> LateStore::read(std::uint64_t from_position,
                                                        std::size_t limit) {
  const auto store = opened();
  if (store == nullptr) return StoreFailure::kUnavailable;
  return store->read(from_position, limit);
}

StoreResult<std::vector<std::optional<RequestRecord>>> LateStore::find_requests(
    const std::vector<std::string>& request_ids) {
  const auto store = opened();
  if (store == nullptr) return StoreFailure::kUnavailable;
  return store->find_requests(request_ids);
}

StoreResult<std::optional<std::string>> LateStore::document(std::string_view key) {
  const auto store = opened();
  if (store == nullptr) return StoreFailure::kUnavailable;
  return store->document(key);
}

StoreResult<std::vector<DocumentWrite>> LateStore::documents(std::string_view prefix,
                                                             std::string_view after,
                                                             std::size_t limit) {
  const auto store = opened();
  if (store == nullptr) return StoreFailure::kUnavailable;
  return store->documents(prefix, after, limit);
}

StoreResult<std::vector<Checkpoint>> LateStore::checkpoints() {
  const auto store = opened();
  if (store == nullptr) return StoreFailure::kUnavailable;
  return store->checkpoints();
}

StoreResult<std::optional<Snapshot>> LateStore::snapshot() {
  const auto store = opened();
  if (store == nullptr) return StoreFailure::kUnavailable;
  return store->snapshot();
}

StoreResult<std::monostate> LateStore::save_snapshot(const Snapshot& snapshot) {
  const auto store = opened();
  if (store == nullptr) return StoreFailure::kUnavailable;
  return store->save_snapshot(snapshot);
}

}  // namespace kkr::platform
