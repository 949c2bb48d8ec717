// The one connection to a store's file, and its statements. Knows SQLite and the settings KKR
// trusts it with; knows no table. Never opens a file that another connection holds.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

// SQLite's extended result code, and what happened in a sentence.
struct SqliteError {
  int code = SQLITE_OK;
  std::string sentence;
};

// What a result code means to a caller of the store, for every call but COMMIT.
StoreFailure failure_for(int code);

// To be bound as BLOB rather than as TEXT.
struct Blob {
  std::string_view bytes;
};

// One run of a statement; the statement can run again when this is gone. Bound and returned views
// live as long as the run, returned ones until the next row.
class Query {
 public:
  template <class... Args>
  Query(sqlite3_stmt* statement, int code, const Args&... args)
      : statement_(statement), code_(code) {
    int parameter = 0;
    (bind(++parameter, args), ...);
  }
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  // True when there is a row to look at. False: no more rows, or an error, as code() tells.
  bool next();
  // Runs to the end, ignoring rows; returns code().
  int run();
  // SQLITE_OK or the error that ended the run.
  int code() const { return code_; }

  bool is_null(int column) const;
  std::uint64_t number(int column) const;
  std::string_view text(int column) const;  // TEXT or BLOB.
  // All zero when the column does not hold 32 bytes.
  Hash hash(int column) const;

  void bind(int parameter, std::string_view text);
  void bind(int parameter, Blob blob);
  void bind(int parameter, const Hash& hash) { bind(parameter, Blob{as_bytes(hash)}); }
  void bind(int parameter, std::uint64_t number);
  void bind_null(int parameter);

 private:
  sqlite3_stmt* statement_;
  int code_;
};

// A prepared statement. Not preparing (a table is missing) shows when it is run.
class Statement {
 public:
  Statement() = default;
  Statement(sqlite3* connection, const char* sql);

  // Binds the arguments from the first parameter on.
  template <class... Args>
  Query operator()(const Args&... args) {
    return Query(statement_.get(), code_, args...);
  }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int code_ = SQLITE_MISUSE;
};

class SqliteConnection {
 public:
  enum class Purpose {
    kServe,    // Creates the file when missing; folds the log in when closed.
    kInspect,  // Changes nothing in the file, not even when closed.
  };
  // Opens `path` with locking_mode=EXCLUSIVE, WAL, synchronous=FULL and without mmap, and holds the
  // file from then on. `vfs`: empty for the system's files.
  static std::variant<SqliteConnection, SqliteError> open(const std::string& path, Purpose purpose,
                                                          const std::string& vfs = "");

  // Runs one or more statements that return no rows. SQLITE_OK or the error.
  int execute(const std::string& sql);
  Statement prepare(const char* sql) { return Statement(connection_.get(), sql); }
  // SQLite's words for `code`, the result of the last call.
  SqliteError error(int code) const;
  // Of a page of the file; 0 when it cannot be read.
  std::uint64_t page_bytes();
  bool in_transaction() const { return sqlite3_get_autocommit(connection_.get()) == 0; }
  sqlite3* raw() const { return connection_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
  };
  std::unique_ptr<sqlite3, Close> connection_;
};

}  // namespace kkr::platform
