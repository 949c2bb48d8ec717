// Opening a log: creating it, or finding out where it ends and whether its end is sound.
#include "services/platform/event_store/hash_chain.h"
#include "services/platform/event_store/postgres_event_store.h"
#include "services/platform/event_store/postgres_statements.h"
#include "services/platform/postgres/postgres_schema.h"
#include "services/platform/uuid/uuid.h"

namespace kkr::platform {

PostgresEventStore::PostgresEventStore(PostgresPool& pool, PostgresStoreOptions options)
    : pool_(pool),
      options_(std::move(options)),
      tables_(options_.service + "/" + options_.region, options_.region) {}

std::variant<std::unique_ptr<PostgresEventStore>, PostgresError> PostgresEventStore::open(
    PostgresPool& pool, PostgresStoreOptions options) {
  auto taken = pool.take();
  if (auto* error = std::get_if<PostgresError>(&taken)) return std::move(*error);
  PostgresConnection& connection = *std::get<PostgresPool::Handle>(taken);
  if (auto error = not_migrated(connection, options.service, platform_migrations()))
    return std::move(*error);
  std::unique_ptr<PostgresEventStore> store(new PostgresEventStore(pool, std::move(options)));
  if (auto error = store->load(connection)) return std::move(*error);
  store->demo_ = store->meta_.demo;
  if (!store->damage()) {
    if (auto error = store->check_tail(connection)) return std::move(*error);
  }
  return store;
}

std::optional<PostgresError> PostgresEventStore::load(PostgresConnection& connection) {
  auto found = tables_.log(connection);
  auto* log = std::get_if<std::optional<PostgresLog>>(&found);
  if (log != nullptr && !*log) {
    auto wanted = wanted_write_version(connection);
    if (auto* error = std::get_if<PostgresError>(&wanted)) return std::move(*error);
    const StoreMeta meta{tables_.name(), new_uuid(), options_.demo, std::get<0>(wanted)};
    const auto created = tables_.create(connection, meta, StoredHead());
    if (const auto* error = std::get_if<PostgresError>(&created)) return *error;
    found = tables_.log(connection);
    log = std::get_if<std::optional<PostgresLog>>(&found);
  }
  if (log == nullptr) return std::move(std::get<PostgresError>(found));
  if (!*log) return PostgresError{"02000", "the log vanished while it was being opened"};
  return take_in(connection, **log);
}

std::optional<PostgresError> PostgresEventStore::take_in(PostgresConnection& connection,
                                                         const PostgresLog& log) {
  auto found = tables_.checkpoints(connection);
  if (auto* error = std::get_if<PostgresError>(&found)) return std::move(*error);
  checkpoints_.clear();
  for (auto& checkpoint : std::get<std::vector<Checkpoint>>(found)) {
    const std::string source = checkpoint.source;
    checkpoints_.insert_or_assign(source, std::move(checkpoint));
  }
  versions_.clear();
  place_ = log.place_now;
  {
    const std::lock_guard lock(head_mutex_);
    meta_ = log.meta;
    head_ = log.head;
  }
  if (!log.sound) mark_damaged("the row that says where it ends does not match its checksum");
  return std::nullopt;
}

// The last slice of events; the whole log is for `verify`. Others may be appending meanwhile, so
// nothing behind the head is looked at.
std::optional<PostgresError> PostgresEventStore::check_tail(PostgresConnection& connection) {
  const StoredHead head = head_;
  if (head.position == 0) return std::nullopt;
  const std::uint64_t first = head.position > kSliceMax ? head.position - kSliceMax + 1 : 1;
  const auto found = tables_.events(connection, first, head.position - first + 1);
  if (const auto* error = std::get_if<PostgresError>(&found)) return *error;
  Hash previous{};
  std::uint64_t next = first;
  for (const auto& event : std::get<std::vector<RecordedEvent>>(found)) {
    const bool trusted = next == first && first > 1;  // The one before it is not here.
    if (event.position != next ||
        (!trusted && event.hash != event_hash(tables_.name(), previous, event))) {
      mark_damaged("event " + std::to_string(next) + " is missing or does not match its hash");
      return std::nullopt;
    }
    previous = event.hash;
    ++next;
  }
  if (next != head.position + 1 || previous != head.hash)
    mark_damaged("its last event is not the one its head names");
  return std::nullopt;
}

PostgresFound<std::uint64_t> wanted_write_version(PostgresConnection& connection) {
  auto result = connection.run(kWantedWriteVersion);
  if (auto* error = std::get_if<PostgresError>(&result)) return std::move(*error);
  return std::get<PostgresRows>(result).number(0, 0);
}

std::variant<std::vector<std::string>, PostgresError> postgres_regions(PostgresPool& pool) {
  auto taken = pool.take();
  if (auto* error = std::get_if<PostgresError>(&taken)) return std::move(*error);
  auto result = std::get<PostgresPool::Handle>(taken)->run(kRegions);
  if (auto* error = std::get_if<PostgresError>(&result)) return std::move(*error);
  const auto& rows = std::get<PostgresRows>(result);
  std::vector<std::string> regions;
  for (int row = 0; row < rows.size(); ++row) regions.emplace_back(rows.text(row, 0));
  return regions;
}

}  // namespace kkr::platform
