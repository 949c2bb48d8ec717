#include "services/platform/event_store/sqlite_connection.h"

#include <filesystem>
#include <system_error>

namespace kkr::platform {
namespace {

// SQLite 3.40 can lose a WAL reset with several connections to one file: exclusive locking keeps
// it to one, and needs no shared-memory file. Erased rows are overwritten with zeros.
constexpr char kServeSettings[] =
    "PRAGMA locking_mode = EXCLUSIVE;"
    "PRAGMA page_size = 8192;"  // Of a new file: a submitted answer with its texts fits a page.
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA mmap_size = 0;"
    "PRAGMA secure_delete = ON;"
    "PRAGMA cache_size = -32768;"  // KiB: random request ids touch a page each.
    "PRAGMA foreign_keys = ON;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA wal_autocheckpoint = 0;"  // The store folds the WAL in between batches.
    "BEGIN IMMEDIATE; COMMIT;";       // Takes the lock now rather than at the first command.

constexpr char kInspectSettings[] =
    "PRAGMA locking_mode = EXCLUSIVE;"
    "PRAGMA mmap_size = 0;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA wal_autocheckpoint = 0;"
    "PRAGMA query_only = ON;"
    "SELECT count(*) FROM sqlite_schema;";

// A killed process left frames that closing would fold into the file.
bool has_frames(const std::string& wal) {
  std::error_code missing;
  const auto size = std::filesystem::file_size(wal, missing);
  return !missing && size > 0;
}

// A store holds names: SQLite would let every user of the machine read it. The write-ahead log gets
// the permissions of the file, which exists from here on.
void keep_from_strangers(const std::string& path) {
  std::error_code ignored;  // Where permissions are unknown, the folder decides.
  std::filesystem::permissions(path, std::filesystem::perms::others_all,
                               std::filesystem::perm_options::remove, ignored);
}

std::string sentence_for(int code, const std::string& path, const char* words) {
  const int primary = code & 0xff;
  if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED)
    return "another kkr process uses the store " + path;
  return "SQLite cannot open the store " + path + ": " + words;
}

}  // namespace

StoreFailure failure_for(int code) {
  switch (code) {
    case SQLITE_IOERR_DATA:
    case SQLITE_IOERR_CORRUPTFS:
    case SQLITE_IOERR_SHORT_READ: return StoreFailure::kDamaged;
    default: break;
  }
  switch (code & 0xff) {
    case SQLITE_FULL: return StoreFailure::kStorageFull;
    case SQLITE_CONSTRAINT: return StoreFailure::kConflict;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_ERROR:  // A table or column that ought to be there is not.
      return StoreFailure::kDamaged;
    default: return StoreFailure::kUnavailable;
  }
}

Query::~Query() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

bool Query::next() {
  if (code_ != SQLITE_OK) return false;
  const int stepped = sqlite3_step(statement_);
  if (stepped == SQLITE_ROW) return true;
  if (stepped != SQLITE_DONE) code_ = stepped;
  return false;
}

int Query::run() {
  while (next()) {
  }
  return code_;
}

bool Query::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::uint64_t Query::number(int column) const {
  return static_cast<std::uint64_t>(sqlite3_column_int64(statement_, column));
}

std::string_view Query::text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return bytes == nullptr ? std::string_view()
                          : std::string_view(static_cast<const char*>(bytes), size);
}

Hash Query::hash(int column) const {
  Hash hash{};
  from_bytes(text(column), hash);
  return hash;
}

void Query::bind(int parameter, std::string_view text) {
  if (code_ != SQLITE_OK) return;
  const char* begin = text.data() == nullptr ? "" : text.data();
  code_ =
      sqlite3_bind_text64(statement_, parameter, begin, text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

void Query::bind(int parameter, Blob blob) {
  if (code_ != SQLITE_OK) return;
  const char* begin = blob.bytes.data() == nullptr ? "" : blob.bytes.data();
  code_ = sqlite3_bind_blob64(statement_, parameter, begin, blob.bytes.size(), SQLITE_STATIC);
}

void Query::bind(int parameter, std::uint64_t number) {
  if (code_ != SQLITE_OK) return;
  code_ = sqlite3_bind_int64(statement_, parameter, static_cast<sqlite3_int64>(number));
}

void Query::bind_null(int parameter) {
  if (code_ == SQLITE_OK) code_ = sqlite3_bind_null(statement_, parameter);
}

Statement::Statement(sqlite3* connection, const char* sql) {
  sqlite3_stmt* statement = nullptr;
  code_ = sqlite3_prepare_v3(connection, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  statement_.reset(statement);
}

std::variant<SqliteConnection, SqliteError> SqliteConnection::open(const std::string& path,
                                                                   Purpose purpose,
                                                                   const std::string& vfs) {
  const bool serve = purpose == Purpose::kServe;
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (serve) flags |= SQLITE_OPEN_CREATE;
  sqlite3* opened = nullptr;
  int code = sqlite3_open_v2(path.c_str(), &opened, flags, vfs.empty() ? nullptr : vfs.c_str());
  SqliteConnection connection;
  connection.connection_.reset(opened);
  if (code == SQLITE_OK && serve) keep_from_strangers(path);
  if (code == SQLITE_OK && !serve && has_frames(path + "-wal"))
    code = sqlite3_db_config(opened, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  if (code == SQLITE_OK) code = connection.execute(serve ? kServeSettings : kInspectSettings);
  if (code != SQLITE_OK) return SqliteError{code, sentence_for(code, path, sqlite3_errmsg(opened))};
  return connection;
}

int SqliteConnection::execute(const std::string& sql) {
  return sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr);
}

std::uint64_t SqliteConnection::page_bytes() {
  Statement statement = prepare("PRAGMA page_size");
  Query query = statement();
  return query.next() ? query.number(0) : 0;
}

SqliteError SqliteConnection::error(int code) const {
  return {code, std::string("SQLite reports: ") + sqlite3_errmsg(connection_.get())};
}

}  // namespace kkr::platform
