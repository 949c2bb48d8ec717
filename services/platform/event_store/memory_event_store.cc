#include "services/platform/event_store/memory_event_store.h"

#include <algorithm>
#include <set>
#include <utility>

#include "services/platform/event_store/document_seal.h"
#include "services/platform/event_store/hash_chain.h"
#include "services/platform/uuid/uuid.h"

namespace kkr::platform {

MemoryEventStore::MemoryEventStore(Options options)
    : options_(std::move(options)), write_version_(options_.write_version) {
  head_.generation = new_uuid();
}

void MemoryEventStore::fail_next_append(StoreFailure failure, bool committed) {
  std::lock_guard lock(mutex_);
  next_failure_ = failure;
  commit_anyway_ = committed;
}

void MemoryEventStore::renew_generation() {
  const std::lock_guard lock(mutex_);
  head_.generation = new_uuid();
}

void MemoryEventStore::mark_damaged(std::string sentence) {
  std::lock_guard lock(mutex_);
  damage_ = std::move(sentence);
}

std::optional<std::string> MemoryEventStore::damage() const {
  std::lock_guard lock(mutex_);
  return damage_;
}

LogHead MemoryEventStore::head() const {
  std::lock_guard lock(mutex_);
  return head_;
}

std::uint64_t MemoryEventStore::write_version() const {
  std::lock_guard lock(mutex_);
  return write_version_;
}

StoreResult<std::monostate> MemoryEventStore::raise_write_version(std::uint64_t version) {
  std::lock_guard lock(mutex_);
  if (damage_) return StoreFailure::kDamaged;
  write_version_ = std::max(write_version_, version);
  return std::monostate();
}

StoreResult<std::vector<RecordedEvent>> MemoryEventStore::append(const Batch& batch) {
  std::lock_guard lock(mutex_);
  if (damage_) return StoreFailure::kDamaged;
  if (outcome_unknown_) return StoreFailure::kOutcomeUnknown;
  named_documents(batch);  // For its check.
  if (conflicts(batch)) return StoreFailure::kConflict;
  if (const auto failure = std::exchange(next_failure_, std::nullopt)) {
    outcome_unknown_ = *failure == StoreFailure::kOutcomeUnknown;
    if (outcome_unknown_ && commit_anyway_) commit(batch);
    return *failure;
  }
  return commit(batch);
}

bool MemoryEventStore::conflicts(const Batch& batch) const {
  if (batch.expected != head_) return true;
  std::set<std::string_view> ids;
  return std::any_of(batch.requests.begin(), batch.requests.end(), [&](const auto& request) {
    return requests_.contains(request.request_id) || !ids.insert(request.request_id).second;
  });
}

std::vector<RecordedEvent> MemoryEventStore::commit(const Batch& batch) {
  std::vector<RecordedEvent> recorded;
  recorded.reserve(batch.events.size());
  for (const auto& event : batch.events) {
    RecordedEvent row{
        head_.generation, head_.position + 1, event.stream,   ++versions_[event.stream],
        event.type,       event.payload,      event.metadata, event.recorded_at};
    row.hash = event_hash(options_.log, head_.hash, row);
    head_.position = row.position;
    head_.hash = row.hash;
    events_.push_back(row);
    recorded.push_back(std::move(row));
  }
  for (const auto& request : batch.requests) requests_.emplace(request.request_id, request);
  for (const auto& write : batch.documents) {
    if (write.value) {
      documents_.insert_or_assign(write.key, write);
    } else {
      documents_.erase(write.key);
    }
  }
  for (const auto& checkpoint : batch.checkpoints) checkpoints_[checkpoint.source] = checkpoint;
  return recorded;
}

StoreResult<LogHead> MemoryEventStore::recover() {
  std::lock_guard lock(mutex_);
  outcome_unknown_ = false;
  return head_;
}

StoreResult<std::vector<RecordedEvent>> MemoryEventStore::read(std::uint64_t from_position,
                                                               std::size_t limit) {
  std::lock_guard lock(mutex_);
  const auto begin =
      std::min<std::uint64_t>(std::max<std::uint64_t>(from_position, 1) - 1, events_.size());
  const auto count = std::min({limit, kSliceMax, events_.size() - begin});
  const auto first = events_.begin() + static_cast<std::ptrdiff_t>(begin);
  return std::vector<RecordedEvent>(first, first + static_cast<std::ptrdiff_t>(count));
}

StoreResult<std::vector<std::optional<RequestRecord>>> MemoryEventStore::find_requests(
    const std::vector<std::string>& request_ids) {
  std::lock_guard lock(mutex_);
  std::vector<std::optional<RequestRecord>> found;
  for (const auto& id : request_ids) {
    const auto request = requests_.find(id);
    found.push_back(request == requests_.end() ? std::nullopt : std::optional(request->second));
  }
  return found;
}

StoreResult<std::optional<std::string>> MemoryEventStore::document(std::string_view key) {
  std::lock_guard lock(mutex_);
  const auto document = documents_.find(key);
  return document == documents_.end() ? std::nullopt : document->second.value;
}

StoreResult<std::vector<DocumentWrite>> MemoryEventStore::documents(std::string_view prefix,
                                                                    std::string_view after,
                                                                    std::size_t limit) {
  std::lock_guard lock(mutex_);
  std::vector<DocumentWrite> found;
  auto document = after < prefix ? documents_.lower_bound(prefix) : documents_.upper_bound(after);
  for (; document != documents_.end() && found.size() < std::min(limit, kSliceMax); ++document) {
    if (!document->first.starts_with(prefix)) break;
    found.push_back(document->second);
  }
  return found;
}

StoreResult<std::vector<Checkpoint>> MemoryEventStore::checkpoints() {
  std::lock_guard lock(mutex_);
  std::vector<Checkpoint> all;
  for (const auto& [source, checkpoint] : checkpoints_) all.push_back(checkpoint);
  return all;
}

StoreResult<std::optional<Snapshot>> MemoryEventStore::snapshot() {
  std::lock_guard lock(mutex_);
  return snapshot_;
}

StoreResult<std::monostate> MemoryEventStore::save_snapshot(const Snapshot& snapshot) {
  std::lock_guard lock(mutex_);
  snapshot_ = snapshot;
  return std::monostate();
}

}  // namespace kkr::platform
