// A file system for SQLite that fails when told to: what a disk does once in ten years, on demand.
// It passes everything else on to the system's own. For tests; one at a time.
#pragma once

#include <sqlite3.h>

#include <atomic>
#include <string>

namespace kkr::platform {

class FaultyFiles {
 public:
  FaultyFiles();
  ~FaultyFiles();
  FaultyFiles(const FaultyFiles&) = delete;
  FaultyFiles& operator=(const FaultyFiles&) = delete;

  // To be given to SQLite as the name of the file system.
  const char* name() const { return vfs_.zName; }

  // The next flush of a write-ahead log returns `code`; what was written stays written, as with a
  // disk that reports the failure of a delayed write.
  void fail_next_flush(int code) { flush_code_ = code; }
  // The next write to a write-ahead log writes nothing and returns `code`.
  void fail_next_write(int code) { write_code_ = code; }
  // The next file is not opened and SQLite is told `code`.
  void fail_next_open(int code) { open_code_ = code; }
  // Flushes of write-ahead logs asked for so far.
  int flushes() const { return flushes_; }

  // For the file system's own functions.
  sqlite3_vfs& real() const { return real_; }
  int before_open() { return open_code_.exchange(SQLITE_OK); }
  int before_write() { return write_code_.exchange(SQLITE_OK); }
  int before_flush() {
    ++flushes_;
    return flush_code_.exchange(SQLITE_OK);
  }

 private:
  sqlite3_vfs& real_;
  sqlite3_vfs vfs_;
  std::atomic<int> flush_code_ = SQLITE_OK;
  std::atomic<int> write_code_ = SQLITE_OK;
  std::atomic<int> open_code_ = SQLITE_OK;
  std::atomic<int> flushes_ = 0;
};

}  // namespace kkr::platform
