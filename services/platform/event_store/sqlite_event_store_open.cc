// Opening a store: creating it, or finding out where it ends and whether its end is sound.
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "services/platform/event_store/sqlite_event_store.h"
#include "services/platform/event_store/sqlite_schema.h"
#include "services/platform/uuid/uuid.h"

namespace kkr::platform {
namespace {

constexpr std::uint64_t kTailRows = 1000;

// A file is there for good only once its folder has been flushed.
void flush_folder_of(const std::string& path) {
  const auto folder = std::filesystem::absolute(path).parent_path();
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

std::uint64_t tail_start(std::uint64_t last) { return last > kTailRows ? last - kTailRows + 1 : 1; }

}  // namespace

SqliteEventStore::SqliteEventStore(SqliteStoreOptions options)
    : options_(std::move(options)), index_(options_.sweep_every) {}

SqliteEventStore::~SqliteEventStore() = default;

std::variant<std::unique_ptr<SqliteEventStore>, SqliteError> SqliteEventStore::open(
    SqliteStoreOptions options) {
  std::unique_ptr<SqliteEventStore> store(new SqliteEventStore(std::move(options)));
  if (auto error = store->connect()) {
    if (failure_for(error->code) != StoreFailure::kDamaged) return *error;
    store->mark_damaged(error->sentence);
    return store;
  }
  if (auto error = store->load_meta()) return *error;
  store->load_head();
  if (!store->damage()) store->check_tail();
  return store;
}

std::optional<SqliteError> SqliteEventStore::connect() {
  auto opened =
      SqliteConnection::open(options_.path, SqliteConnection::Purpose::kServe, options_.vfs);
  if (auto* error = std::get_if<SqliteError>(&opened)) return *error;
  connection_ = std::make_unique<SqliteConnection>(std::move(std::get<SqliteConnection>(opened)));
  if (auto error = migrate(*connection_)) {
    connection_.reset();
    return error;
  }
  tables_ = std::make_unique<SqliteTables>(*connection_);
  page_bytes_ = connection_->page_bytes();
  wal_frames_ = 0;
  sqlite3_wal_hook(
      connection_->raw(),
      [](void* frames, sqlite3*, const char*, int count) {
        *static_cast<int*>(frames) = count;
        return SQLITE_OK;
      },
      &wal_frames_);
  return std::nullopt;
}

std::optional<SqliteError> SqliteEventStore::load_meta() {
  const auto meta = tables_->meta();
  if (meta.row) {
    meta_ = *meta.row;
    if (meta_.log == options_.log) return std::nullopt;
    return SqliteError{SQLITE_MISMATCH, "the store " + options_.path + " holds the log " +
                                            meta_.log + ", not " + options_.log};
  }
  const bool empty =
      meta.code == SQLITE_OK && !tables_->head().row && !tables_->last_position().row;
  if (empty) return create();
  mark_damaged("the row that says what the store is does not match its checksum");
  const auto last = tables_->last_position();
  const auto event = tables_->event(last.row.value_or(0));
  meta_ = {options_.log, event.row ? event.row->generation : "", false, 0};
  return std::nullopt;
}

std::optional<SqliteError> SqliteEventStore::create() {
  meta_ = {options_.log, new_uuid(), options_.demo, 1};
  int code = connection_->execute("BEGIN IMMEDIATE");
  if (code == SQLITE_OK) code = tables_->put_meta(meta_);
  if (code == SQLITE_OK) code = tables_->put_head(StoredHead());
  if (code == SQLITE_OK) code = connection_->execute("COMMIT");
  if (code != SQLITE_OK) return connection_->error(code);
  flush_folder_of(options_.path);
  return std::nullopt;
}

void SqliteEventStore::load_head() {
  auto found = tables_->head();
  if (!found.row) {
    mark_damaged("the head of the log is missing or does not match its checksum");
    found.row.emplace();
    const auto last = tables_->event(tables_->last_position().row.value_or(0));
    if (last.row) {
      found.row->position = last.row->position;
      found.row->hash = last.row->hash;
    }
  }
  checkpoints_.clear();
  tables_->checkpoints([&](Checkpoint checkpoint) {
    checkpoints_.insert_or_assign(checkpoint.source, checkpoint);
    return true;
  });
  if (!damage() && index_.load(*tables_, *found.row) != SQLITE_OK) {
    mark_damaged("the events and requests at the end of the log cannot be read");
  }
  std::lock_guard lock(head_mutex_);
  head_ = *found.row;
}

void SqliteEventStore::check_tail() {
  const auto head = stored_head();
  LogCheck::Scope scope;
  scope.from_position = tail_start(head.position);
  scope.from_sequence = tail_start(head.request_sequence);
  scope.documents = false;
  scope.index = false;
  scope.snapshot = false;
  LogCheck check(*tables_, options_.log, scope);
  while (check.step()) {
  }
  if (check.damage()) mark_damaged(check.damage()->sentence);
}

}  // namespace kkr::platform
