// A copy of an open store in the making.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "services/platform/event_store/sqlite_event_store.h"

namespace kkr::platform {

// Copies page by page; what commands change meanwhile, SQLite carries over, because they use the
// same connection. All calls from one thread; the store may be used from others.
class StoreCopy {
 public:
  // `path` must not exist.
  StoreCopy(SqliteEventStore& store, const std::string& path);
  ~StoreCopy();
  StoreCopy(const StoreCopy&) = delete;
  StoreCopy& operator=(const StoreCopy&) = delete;

  // Copies until done, a slice at a time. nullopt, or what went wrong.
  std::optional<std::string> run();
  // What the finished copy ends with.
  const StoredHead& head() const { return head_; }
  const std::string& generation() const { return generation_; }

 private:
  int begin();
  int step();

  SqliteEventStore& store_;
  const std::string path_;
  sqlite3* target_ = nullptr;
  sqlite3_backup* backup_ = nullptr;
  StoredHead head_;
  std::string generation_;
};

}  // namespace kkr::platform
