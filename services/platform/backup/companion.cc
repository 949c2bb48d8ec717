#include "services/platform/backup/companion.h"

#include <algorithm>
#include <system_error>

#include "services/platform/event_store/sqlite_connection.h"

namespace kkr::platform {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> copy_closed(const fs::path& from, const fs::path& to) {
  auto opened = SqliteConnection::open(from, SqliteConnection::Purpose::kInspect);
  if (const auto* error = std::get_if<SqliteError>(&opened)) return error->sentence;
  sqlite3* target = nullptr;
  int code =
      sqlite3_open_v2(to.c_str(), &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  std::error_code ignored;  // As with a store.
  fs::permissions(to, fs::perms::others_all, fs::perm_options::remove, ignored);
  if (code == SQLITE_OK) {
    sqlite3_backup* backup =
        sqlite3_backup_init(target, "main", std::get<SqliteConnection>(opened).raw(), "main");
    code = backup == nullptr ? sqlite3_errcode(target) : sqlite3_backup_step(backup, -1);
    if (backup != nullptr) sqlite3_backup_finish(backup);
  }
  sqlite3_close(target);
  if (code == SQLITE_DONE) return std::nullopt;
  return "the copy " + to.string() + " cannot be written: " + sqlite3_errstr(code);
}

}  // namespace

std::vector<Companion> companions_in(const fs::path& site, const fs::path& beside) {
  std::vector<Companion> companions;
  std::error_code ignored;  // A log without companions has no such folder.
  for (fs::directory_iterator file(site / beside, ignored), end; file != end;
       file.increment(ignored)) {
    if (file->path().extension() != ".db") continue;
    companions.push_back(
        {(beside / file->path().filename()).string(),
         [from = file->path()](const fs::path& to) { return copy_closed(from, to); }});
  }
  std::sort(companions.begin(), companions.end(),
            [](const Companion& left, const Companion& right) { return left.file < right.file; });
  return companions;
}

std::optional<std::string> fault_in_companion(const fs::path& file) {
  auto opened = SqliteConnection::open(file, SqliteConnection::Purpose::kInspect);
  if (const auto* error = std::get_if<SqliteError>(&opened)) return error->sentence;
  auto check = std::get<SqliteConnection>(opened).prepare("PRAGMA integrity_check(1)");
  auto row = check();
  if (!row.next()) return std::string("it cannot be read");
  if (row.text(0) == "ok") return std::nullopt;
  return std::string(row.text(0));
}

}  // namespace kkr::platform
