#include "services/platform/region/damaged_store.h"

namespace kkr::platform {

StoreResult<std::monostate> DamagedStore::raise_write_version(std::uint64_t) { return why_; }
StoreResult<std::vector<RecordedEvent>> DamagedStore::append(const Batch&) { return why_; }
StoreResult<LogHead> DamagedStore::recover() { return why_; }
StoreResult<std::vector<RecordedEvent>> DamagedStore::read(std::uint64_t, std::size_t) {
  return why_;
}
StoreResult<std::vector<std::optional<RequestRecord>>> DamagedStore::find_requests(
    const std::vector<std::string>&) {
  return why_;
}
StoreResult<std::optional<std::string>> DamagedStore::document(std::string_view) { return why_; }
StoreResult<std::vector<DocumentWrite>> DamagedStore::documents(std::string_view, std::string_view,
                                                                std::size_t) {
  return why_;
}
StoreResult<std::vector<Checkpoint>> DamagedStore::checkpoints() { return why_; }
StoreResult<std::optional<Snapshot>> DamagedStore::snapshot() { return why_; }
StoreResult<std::monostate> DamagedStore::save_snapshot(const Snapshot&) { return why_; }

}  // namespace kkr::platform
