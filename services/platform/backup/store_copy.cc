#include "services/platform/backup/store_copy.h"

#include <filesystem>
#include <system_error>

namespace kkr::platform {
namespace {

constexpr int kPagesASlice = 64;

}  // namespace

StoreCopy::StoreCopy(SqliteEventStore& store, const std::string& path)
    : store_(store), path_(path) {}

StoreCopy::~StoreCopy() {
  store_.when_idle([&](SqliteConnection*) {
    sqlite3_backup_finish(backup_);
    backup_ = nullptr;
  });
  sqlite3_close(target_);
}

std::optional<std::string> StoreCopy::run() {
  int code = begin();
  while (code == SQLITE_OK) code = step();
  if (code == SQLITE_DONE) return std::nullopt;
  return "the copy " + path_ + " cannot be written: " + sqlite3_errstr(code);
}

// The copy is flushed as a whole when it is finished, so its connection need not.
int StoreCopy::begin() {
  const int opened =
      sqlite3_open_v2(path_.c_str(), &target_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  if (opened != SQLITE_OK) return opened;
  std::error_code ignored;  // As with the store itself.
  std::filesystem::permissions(path_, std::filesystem::perms::others_all,
                               std::filesystem::perm_options::remove, ignored);
  const int set = sqlite3_exec(target_, "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF",
                               nullptr, nullptr, nullptr);
  if (set != SQLITE_OK) return set;
  return store_.when_idle([&](SqliteConnection* connection) {
    if (connection == nullptr) return SQLITE_MISUSE;
    backup_ = sqlite3_backup_init(target_, "main", connection->raw(), "main");
    return backup_ == nullptr ? sqlite3_errcode(target_) : SQLITE_OK;
  });
}

int StoreCopy::step() {
  return store_.when_idle([&](SqliteConnection*) {
    const int stepped = sqlite3_backup_step(backup_, kPagesASlice);
    if (stepped != SQLITE_DONE) return stepped;
    // Still in the same turn: nothing has been committed since the last page.
    head_ = store_.stored_head();
    generation_ = store_.head().generation;
    const int finished = sqlite3_backup_finish(backup_);
    backup_ = nullptr;
    return finished == SQLITE_OK ? SQLITE_DONE : finished;
  });
}

}  // namespace kkr::platform
